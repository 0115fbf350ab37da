package tenor

import (
	"slices"
	"strings"
)

// choose leaves in a document what the caller wants to see: what vis names; the
// key information, which is all that lies flat, when it is asked for; and the number
// when nothing is. Source: public clients and what they say of the answers.
func (p parameters) choose(d document) document {
	show := p.show
	if p.keyInformation {
		for name := range d {
			if name != "tenorMetadata" && name != "tenorRelasjoner" {
				show = append(show[:len(show):len(show)], name)
			}
		}
	}
	if len(p.show) == 0 {
		show = append(show[:len(show):len(show)], "tenorMetadata.id")
	}
	kept, ok := keep(show, p.hide, "", map[string]any(d)).(map[string]any)
	if !ok {
		return document{}
	}
	return kept
}

// keep gives what is left of the value at a path, nil when nothing is.
func keep(show, hide []string, path string, value any) any {
	if path != "" && matchesAny(hide, path) {
		return nil
	}
	switch v := value.(type) {
	case map[string]any:
		out := map[string]any{}
		for name, member := range v {
			if left := keep(show, hide, join(path, name), member); left != nil {
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
			if left := keep(show, hide, path, member); left != nil {
				out = append(out, left)
			}
		}
		if len(out) == 0 && len(v) > 0 {
			return nil
		}
		return out
	}
	if !shows(show, path) {
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

// matchesAny tells whether a pattern is the path: part by part, where * is any part.
func matchesAny(patterns []string, path string) bool {
	parts := strings.Split(path, ".")
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		return slices.EqualFunc(strings.Split(pattern, "."), parts, func(want, part string) bool { return want == "*" || want == part })
	})
}
