package krr

import (
	"compress/gzip"
	"mime"
	"net/http"
	"strconv"
	"strings"
)

// checkAccept finds in which form the caller takes the answer: signed, where
// the operation signs, or plain. Of two that are wanted alike the one that is
// named counts, and of two names the first. Source: RFC 9110 section 12.5.1; the
// order among equals is a guess.
func (s *scratch) checkAccept(h http.Header, signs bool) *refusal {
	accept := strings.Join(h.Values("Accept"), ",")
	if accept == "" || accept == contentJSON || accept == "*/*" {
		return nil
	}
	plain, signed := wish(accept, contentJSON), preference{}
	if signs {
		signed = wish(accept, contentJOSE)
		signed.ranges(3) // others than its name mean JSON
	}
	switch s.signed = signed.over(plain); {
	case s.signed || plain.q > 0:
		return nil
	case signs:
		return unacceptable(accept, "the answer is application/json or application/jose")
	}
	return unacceptable(accept, "the answer is application/json")
}

func unacceptable(accept, detail string) *refusal {
	return &refusal{kind: impossibleAccept, detail: detail, reason: "The Accept header is " + quoted(accept) + "; " + detail + "."}
}

// preference is how much a media type is wanted.
type preference struct {
	q     float64
	rank  int // of the range that decides: 1 for any, 2 for any application, 3 for the name
	place int // among the ranges
}

// ranges forgets a preference whose range is less particular.
func (p *preference) ranges(least int) {
	if p.rank < least {
		*p = preference{}
	}
}

func (p preference) over(other preference) bool {
	switch {
	case p.q != other.q:
		return p.q > other.q
	case p.q == 0: // neither is wanted
		return false
	case p.rank != other.rank:
		return p.rank > other.rank
	}
	return p.place < other.place
}

// wish finds the most particular range that a media type fits.
func wish(accept, kind string) (best preference) {
	place := 0
	for one := range strings.SplitSeq(accept, ",") {
		place++
		got, params, err := mime.ParseMediaType(one)
		if err != nil {
			continue
		}
		if rank := rankOf(got, kind); rank > best.rank {
			best = preference{quality(params["q"]), rank, place}
		}
	}
	return best
}

func rankOf(got, kind string) int {
	switch got {
	case kind:
		return 3
	case "application/*":
		return 2
	case "*/*":
		return 1
	}
	return 0
}

// quality is what a q says; one that says nothing readable is 1.
func quality(q string) float64 {
	if f, err := strconv.ParseFloat(q, 64); err == nil {
		return f
	}
	return 1
}

// takesGzip tells whether the caller asks for answers in gzip.
// Source: RFC 9110 section 12.5.3.
func takesGzip(h http.Header) bool {
	for one := range strings.SplitSeq(h.Get("Accept-Encoding"), ",") {
		name, params, _ := strings.Cut(one, ";")
		if name = strings.TrimSpace(name); strings.EqualFold(name, "gzip") {
			q, given := strings.CutPrefix(strings.TrimSpace(params), "q=")
			return !given || quality(q) > 0
		}
	}
	return false
}

// worthGzip is the length from which an answer is compressed, as is usual in
// Java services (a guess).
const worthGzip = 2048

// compress makes the gzip form of an answer in s.zipped.
func (s *scratch) compress(body []byte) ([]byte, error) {
	s.zipped.Reset()
	if s.zipper == nil {
		var err error
		if s.zipper, err = gzip.NewWriterLevel(&s.zipped, gzip.BestSpeed); err != nil {
			return nil, err
		}
	} else {
		s.zipper.Reset(&s.zipped)
	}
	if _, err := s.zipper.Write(body); err != nil {
		return nil, err
	}
	err := s.zipper.Close()
	return s.zipped.Bytes(), err
}
