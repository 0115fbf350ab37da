package catalogue

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"

	"liksom/sandbox"
)

// Read reads scenarios/*.json, one group in each file, and the word lists that
// persons are named with. It is strict, and reports the faults of all entries
// together.
func Read(files fs.FS) (*Catalogue, error) {
	paths, err := fs.Glob(files, "scenarios/*.json")
	if err != nil {
		return nil, err
	}
	c := &Catalogue{}
	if c.names, err = readNames(files); err != nil {
		return nil, err
	}
	r := reader{slugs: map[string]bool{}, ids: map[sandbox.PersonID]bool{}}
	for _, path := range paths {
		b, err := fs.ReadFile(files, path)
		if err != nil {
			return nil, fmt.Errorf("reading the catalogue: %w", err)
		}
		c.Groups = append(c.Groups, r.group(&faults{where: path}, b))
	}
	if len(r.all) > 0 {
		return nil, errors.Join(r.all...)
	}
	return c, nil
}

// reader is what entries may not have in common, and all faults.
type reader struct {
	number int
	slugs  map[string]bool
	ids    map[sandbox.PersonID]bool
	all    []error
}

// faults collects what is wrong in one place.
type faults struct {
	where string
	all   []error
}

func (f *faults) add(format string, args ...any) {
	f.all = append(f.all, fmt.Errorf("%s: %w", f.where, fmt.Errorf(format, args...)))
}

func (f *faults) need(member, text string) {
	if text == "" {
		f.add("%s is missing", member)
	}
}

type groupLine struct {
	Letter  string            `json:"gruppe"`
	Title   string            `json:"tittel"`
	Entries []json.RawMessage `json:"oppfoeringer"`
}

type entryLine struct {
	Slug     string            `json:"slug"`
	Title    string            `json:"tittel"`
	Purpose  string            `json:"formaal"`
	Source   string            `json:"kilde"`
	Doubt    string            `json:"usikkert"`
	Guesses  []string          `json:"brytere"`
	Persons  []json.RawMessage `json:"personer"`
	Expected *expectedLine     `json:"forventet"` // of every person that says nothing else
	Requests []json.RawMessage `json:"kall"`
}

// strict decodes without passing over what it does not know.
func strict(b []byte, into any) error {
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		return err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows the end")
	}
	return nil
}

func (r *reader) group(f *faults, b []byte) Group {
	defer func() { r.all = append(r.all, f.all...) }()
	var line groupLine
	if err := strict(b, &line); err != nil {
		f.add("%w", err)
		return Group{}
	}
	f.need("gruppe", line.Letter)
	f.need("tittel", line.Title)
	g := Group{Letter: line.Letter, Title: line.Title}
	for i, entry := range line.Entries {
		g.Entries = append(g.Entries, r.entry(fmt.Sprintf("%s, entry %d", f.where, i+1), entry))
	}
	return g
}

var slugIs = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func (r *reader) entry(where string, b []byte) Entry {
	f := &faults{where: where}
	defer func() { r.all = append(r.all, f.all...) }()
	r.number++
	var line entryLine
	if err := strict(b, &line); err != nil {
		f.add("%w", err)
		return Entry{}
	}
	if !slugIs.MatchString(line.Slug) || len(line.Slug) > 30 {
		f.add("slug %q is not small letters and digits with hyphens between, 30 characters at most", line.Slug)
	}
	f.where += " (" + line.Slug + ")"
	if r.slugs[line.Slug] {
		f.add("another entry has this slug")
	}
	r.slugs[line.Slug] = true
	f.need("tittel", line.Title)
	f.need("formaal", line.Purpose)
	f.need("kilde", line.Source)
	e := Entry{
		Number: r.number, Slug: line.Slug, Title: line.Title, Purpose: line.Purpose, Source: line.Source,
		Doubt: line.Doubt, Guesses: line.Guesses,
	}
	for i, person := range line.Persons {
		e.actors = append(e.actors, r.persons(f, person, line, len(e.actors), i)...)
	}
	for _, a := range e.actors {
		for _, other := range a.relatives {
			if other.person < 0 || other.person >= len(e.actors) {
				f.add("there is no person %d to be related to", other.person+1)
			}
		}
	}
	for i, request := range line.Requests {
		var l requestLine
		f := &faults{where: fmt.Sprintf("%s, call %d", f.where, i+1)}
		if err := strict(request, &l); err != nil {
			f.add("%w", err)
		} else {
			e.Requests = append(e.Requests, l.request(f))
		}
		r.all = append(r.all, f.all...)
	}
	return e
}
