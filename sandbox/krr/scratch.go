package krr

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"hash/maphash"
	"io"
	"net/http"
	"sync"
	"unicode/utf8"

	"liksom/sandbox"
)

// scratch is the memory of one request, used again by the next.
type scratch struct {
	body     bytes.Buffer
	limited  io.LimitedReader // the body as it comes
	verdict  Verdict
	question question
	ids      []sandbox.PersonID
	records  []sandbox.Record
	seen     [2 * 1024]uint16 // a hash table of the texts that were seen: their places plus one
	searched bool             // whether seen has been used
	out      []byte
	signed   bool  // whether the answer is asked for as application/jose
	status   int   // of the answer, when it is not 200
	failed   error // why there is no answer after all
	zipped   bytes.Buffer
	zipper   *gzip.Writer // nil until the first answer in gzip
}

var scratches = sync.Pool{New: func() any { return new(scratch) }}

func borrowScratch() *scratch { return scratches.Get().(*scratch) }

// release gives the memory back.
func (s *scratch) release() {
	s.forget()
	scratches.Put(s)
}

// forget keeps nothing of the population, and no body or answer of uncommon size:
// those of a few callers would stay for good, since the pool hands them round.
func (s *scratch) forget() {
	const commonBody, commonAnswer = 64 << 10, 8 << 20
	if s.body.Cap() > commonBody {
		s.body = bytes.Buffer{}
	}
	if cap(s.out) > commonAnswer {
		s.out = nil
	}
	if s.zipped.Cap() > commonAnswer {
		s.zipped, s.zipper = bytes.Buffer{}, nil
	}
	s.signed, s.status, s.failed = false, 0, nil
	s.limited, s.verdict = io.LimitedReader{}, Verdict{}
	s.body.Reset()
	s.ids, s.out = s.ids[:0], s.out[:0]
	clear(s.question.ids)
	clear(s.records)
	if s.searched { // as large as all else of a small look-up
		clear(s.seen[:])
		s.searched = false
	}
}

// maxBody is far above what a thousand numbers take.
const maxBody = 1 << 20

// read takes the whole body in, which must be UTF-8.
func (s *scratch) read(r *http.Request) *refusal {
	if r.ContentLength > maxBody {
		return bodyTooLarge()
	}
	s.limited = io.LimitedReader{R: r.Body, N: maxBody + 1}
	_, err := s.body.ReadFrom(&s.limited)
	switch {
	case err != nil:
		return &refusal{kind: unreadableBody, detail: "the body broke off", reason: "The body broke off before its end."}
	case s.body.Len() > maxBody:
		return bodyTooLarge()
	case !utf8.Valid(s.body.Bytes()):
		return &refusal{kind: unreadableBody, detail: "the body is not UTF-8", reason: "The body is not UTF-8; JSON is sent in that encoding only."}
	case bytes.HasPrefix(s.body.Bytes(), byteOrderMark):
		s.body.Next(len(byteOrderMark))
	}
	return nil
}

// byteOrderMark is what some clients on Windows begin a body with. It may be
// overlooked, as the usual Java parser does. Source: RFC 8259 section 8.1.
var byteOrderMark = []byte("\ufeff")

// unreadable refuses a body with a fault in the JSON itself, whose place is 0 or
// more, and one that is no object; good is one that would do.
func (s *scratch) unreadable(fault int, object bool, good string) *refusal {
	switch {
	case fault >= 0:
		where := fmt.Sprintf("the fault is after %d of %d bytes", fault, s.body.Len())
		return &refusal{
			kind:   unreadableBody,
			detail: "the body is not JSON; " + where,
			reason: "The body is not JSON (" + where + "); send " + good + ".",
		}
	case !object:
		return &refusal{kind: unreadableBody, detail: "the body must be a JSON object", reason: "The body is JSON but no object; send " + good + "."}
	}
	return nil
}

func bodyTooLarge() *refusal {
	return &refusal{
		kind:   tooLarge,
		detail: fmt.Sprintf("the body may hold at most %d bytes", maxBody),
		reason: fmt.Sprintf("The body is larger than %d bytes; the largest that is of use, with a thousand identifiers, takes some 14 000.", maxBody),
	}
}

// repeated tells whether the text of identifier i was seen before.
func (s *scratch) repeated(i int) bool {
	s.searched = true
	text := s.question.ids[i]
	at := maphash.Bytes(hashSeed, text) % uint64(len(s.seen))
	for ; s.seen[at] != 0; at = (at + 1) % uint64(len(s.seen)) {
		if bytes.Equal(s.question.ids[s.seen[at]-1], text) {
			return true
		}
	}
	s.seen[at] = uint16(i + 1)
	return false
}

// hashSeed keeps callers from choosing texts that collide.
var hashSeed = maphash.MakeSeed()
