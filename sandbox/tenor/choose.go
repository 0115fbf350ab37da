package tenor

import "strings"

// choose leaves in a document what the caller wants to see.
func (p parameters) choose(d document) document {
	if len(p.show) == 0 && len(p.hide) == 0 {
		return d
	}
	kept, ok := p.keep("", map[string]any(d)).(map[string]any)
	if !ok {
		return document{}
	}
	return kept
}

// keep gives what is left of the value at a path, nil when nothing is.
func (p parameters) keep(path string, value any) any {
	if path != "" && matchesAny(p.hide, path) {
		return nil
	}
	switch v := value.(type) {
	case map[string]any:
		out := map[string]any{}
		for name, member := range v {
			if left := p.keep(join(path, name), member); left != nil {
				out[name] = left
			}
		}
		if len(out) == 0 && path != "" {
			return nil
		}
		return out
	case []map[string]any:
		out := []any{}
		for _, member := range v {
			if left := p.keep(path, member); left != nil {
				out = append(out, left)
			}
		}
		if len(out) == 0 && len(v) > 0 {
			return nil
		}
		return out
	}
	if len(p.show) > 0 && !shows(p.show, path) {
		return nil
	}
	return value
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// shows tells whether a value, or an object that it lies in, is asked for.
func shows(patterns []string, path string) bool {
	for at := path; at != ""; {
		if matchesAny(patterns, at) {
			return true
		}
		end := strings.LastIndexByte(at, '.')
		if end < 0 {
			break
		}
		at = at[:end]
	}
	return false
}

// matchesAny tells whether a pattern is the path: part by part, where * is any
// part. Public clients write the last part alone, as id for tenorMetadata.id.
func matchesAny(patterns []string, path string) bool {
	parts := strings.Split(path, ".")
	for _, pattern := range patterns {
		if want := strings.Split(pattern, "."); matches(want, parts) || len(want) == 1 && matches(want, parts[len(parts)-1:]) {
			return true
		}
	}
	return false
}

func matches(want, parts []string) bool {
	if len(want) != len(parts) {
		return false
	}
	for i, w := range want {
		if w != "*" && w != parts[i] {
			return false
		}
	}
	return true
}
