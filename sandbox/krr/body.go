package krr

import "fmt"

// maxIDs is the most that one look-up may ask for.
// Source: "Oppslagstjenesten REST".
const maxIDs = 1000

// question is the body of a look-up: [PersonsRequest], with what is needed to
// refuse it well.
type question struct {
	ids      [][]byte // the first maxIDs of them, not yet checked; they lie in the body
	count    int      // of all of them
	include  bool     // inkluderIkkeRegistrerte
	included bool     // whether it is there and not null
	object   bool     // whether the body is an object at all
	wrong    string   // pointer to the first value of the wrong type
}

// parse reads a whole body. Keys that it does not know are skipped, the last of
// two equal keys counts, and keys differ by case, all as in the usual Java
// services. (encoding/json folds case, cannot say which element is of the wrong
// type, and takes several times as long.) It gives the place of the first fault in
// the JSON itself, or -1. inkluderIkkeRegistrerte is a known key when filters.
func (q *question) parse(body []byte, filters bool) (fault int) {
	*q = question{ids: q.ids[:0]}
	s := scanner{text: body}
	q.object, fault = s.document(func(key []byte) bool {
		switch {
		case string(key) == "personidentifikatorer":
			return q.parseIDs(&s)
		case string(key) == "inkluderIkkeRegistrerte" && filters:
			return q.parseInclude(&s)
		}
		return s.skip(1)
	})
	return fault
}

func (q *question) parseIDs(s *scanner) bool {
	q.ids, q.count = q.ids[:0], 0
	switch s.next() {
	case '[':
		return s.elements(1, func(i int) bool {
			if s.next() != '"' {
				q.setWrong(fmt.Sprintf("/personidentifikatorer/%d", i))
				return s.skip(2)
			}
			id, ok := s.str()
			q.count++
			if len(q.ids) < maxIDs {
				q.ids = append(q.ids, id)
			}
			return ok
		})
	case 'n': // null is as good as absent
	default:
		q.setWrong("/personidentifikatorer")
	}
	return s.skip(1)
}

func (q *question) parseInclude(s *scanner) bool {
	q.include, q.included = false, false
	switch c := s.next(); c {
	case 't', 'f':
		q.include, q.included = c == 't', true
	case 'n':
	default:
		q.setWrong("/inkluderIkkeRegistrerte")
	}
	return s.skip(1)
}

func (q *question) setWrong(pointer string) {
	if q.wrong == "" {
		q.wrong = pointer
	}
}
