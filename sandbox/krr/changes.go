package krr

import (
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"

	"liksom/sandbox"
)

// maxFeedPage is the most changes that one answer of the feed holds. Source: the
// SOAP service's documentation; that the limit is the same today is a guess.
const maxFeedPage = 1000

// changes is POST hentEndringer. Sources: "Lokal kopi" (Digdir) for scope, numbers
// and that age filters nobody; path and body as observed.
func (a *API) changes(r *http.Request, s *scratch, v *Verdict) *refusal {
	_, scopes, f := a.admit(r, s, v, needFeed)
	if f != nil {
		return f
	}
	from, f := s.parseFrom()
	if f != nil {
		return f
	}
	a.answerChanges(from, s, scopes, v)
	return nil
}

// parseFrom reads which change the body asks from.
func (s *scratch) parseFrom() (uint64, *refusal) {
	var q feedQuestion
	fault := q.parse(s.body.Bytes())
	if f := s.unreadable(fault, q.object, `{"fraEndringsId": 0}`); f != nil {
		return 0, f
	}
	if q.wrong {
		detail := fmt.Sprintf("fraEndringsId must be an integer from 0 to %d", math.MaxInt64)
		return 0, &refusal{
			kind: wrongType, detail: detail, pointer: "/fraEndringsId",
			reason: "The value at /fraEndringsId is not a number of a change; " + detail + ".",
		}
	}
	return q.from, nil
}

// answerChanges asks the register for a page and appends it to s.out.
func (a *API) answerChanges(from uint64, s *scratch, scopes sandbox.Scopes, v *Verdict) {
	after := from
	if a.guesses.FeedInclusive && after > 0 {
		after--
	}
	page := a.register.Feed(after, a.feedPage)
	w := sandbox.WindowAt(page.At)
	v.IDs = len(page.Entries)
	if after > page.Last {
		v.Rule = "feed.beyond"
		v.Reason = fmt.Sprintf("fraEndringsId is %d and the last change is %d, so there is nothing to tell; a number that was kept from another register must be thrown away.", from, page.Last)
	}
	s.out = append(s.out, `{"list":[`...)
	for _, entry := range page.Entries {
		if !entry.ID.Synthetic() {
			continue // none should be kept, and none is told
		}
		if v.Found++; v.Found > 1 {
			s.out = append(s.out, ',')
		}
		s.out = a.encoder.appendChange(s.out, entry, w, scopes)
	}
	s.out = strconv.AppendUint(append(s.out, `],"fraEndringsId":`...), from, 10)
	s.out = strconv.AppendUint(append(s.out, `,"tilEndringsId":`...), lastTold(page), 10)
	s.out = strconv.AppendUint(append(s.out, `,"sisteEndringsId":`...), page.Last, 10)
	s.out = append(s.out, '}')
}

// lastTold is the number to go on from. On an empty page it is not below the
// register's last, so that whoever follows a register without persons comes to
// an end.
func lastTold(page sandbox.FeedPage) uint64 {
	if len(page.Entries) == 0 {
		return max(page.To, page.Last)
	}
	return page.To
}

// feedQuestion is the body of a question to the feed: [ChangesRequest], with
// what is needed to refuse it well.
type feedQuestion struct {
	from   uint64 // at most [math.MaxInt64]; 0 when it is missing or null (a guess)
	object bool   // whether the body is an object at all
	wrong  bool   // whether fraEndringsId was anything else than such a number
}

// parse reads a whole body, as question.parse does.
func (q *feedQuestion) parse(body []byte) (fault int) {
	s := scanner{text: body}
	q.object, fault = s.document(func(key []byte) bool {
		if string(key) != "fraEndringsId" {
			return s.skip(1)
		}
		kind, start := s.next(), s.at
		ok := s.skip(1)
		if q.from = 0; kind != 'n' {
			n, err := parseInteger(string(s.text[start:s.at]))
			q.wrong = q.wrong || err != nil || n < 0
			q.from = uint64(max(n, 0))
		}
		return ok
	})
	return fault
}

// parseInteger reads a JSON number that is an integer, also one spelt 23.0, as some
// languages do. One with an exponent is refused, which no client is known to
// send (a guess). Source: JSON Schema 2020-12, "Data Model": 1.0 is an integer.
func parseInteger(text string) (int64, error) {
	whole, fraction, _ := strings.Cut(text, ".")
	if strings.Trim(fraction, "0") == "" {
		text = whole
	}
	return strconv.ParseInt(text, 10, 64)
}
