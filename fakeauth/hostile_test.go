package fakeauth

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// TestHostileInputsGetAnAnswer sends what nobody should send, by default some
// thousands of it; HOSTILE says how many. Every answer must be JSON with both
// error strings, and every rule must survive, also those behind one that fails.
// The inputs are the same in each run.
func TestHostileInputsGetAnAnswer(t *testing.T) {
	t.Parallel()
	count := 2000
	if text := os.Getenv("HOSTILE"); text != "" {
		var err error
		if count, err = strconv.Atoi(text); err != nil {
			t.Fatal(err)
		}
	}
	good := byA(t, nil)
	chain := certificate(t, clientKey(), seid2(orgA), nil)
	workers := runtime.GOMAXPROCS(0)
	var all sync.WaitGroup
	for w := range workers {
		all.Go(func() {
			r := newRig(t) // its own, since lastVerdict is compared with the answer
			for i := w; i < count && !t.Failed(); i += workers {
				h := hostile{rand.New(rand.NewPCG(1, uint64(i))), good, chain}
				assertion := h.assertion()
				h.send(t, r, assertion)
				for _, s := range r.ExplainAssertion(issuer, assertion) {
					if s.Status >= http.StatusInternalServerError || identityNumber.MatchString(s.Reason) {
						t.Errorf("input %d: %+v", i, s)
					}
				}
				r.verdicts = r.verdicts[:0]
			}
		})
	}
	all.Wait()
}

// hostile makes one bad input after the other.
type hostile struct {
	*rand.Rand
	good, chain string
}

// send puts an assertion into a request, mostly one that a client would make.
func (h hostile) send(t *testing.T, r *rig, assertion string) {
	t.Helper()
	body := formOf(assertion).Encode()
	if h.IntN(4) == 0 {
		body = string(h.spoil([]byte(body)))
	}
	request := formRequest(body)
	if h.IntN(8) == 0 {
		request.Header.Set("Content-Type", pick(h, "application/json", "", formType+"; charset=x", "multipart/form-data; boundary=a", "\x00"))
	}
	if h.IntN(8) == 0 {
		request.URL.RawQuery = string(h.spoil([]byte(body)))
	}
	if h.IntN(8) == 0 {
		request.Header.Set("consumer_org", fmt.Sprint(h.value(0)))
	}
	neverBreaks(t, r, request)
}

// assertion is a spoilt good one, or one of parts that were made up.
func (h hostile) assertion() string {
	if h.IntN(3) == 0 {
		return string(h.spoil([]byte(h.good)))
	}
	parts := []string{h.part(h.header()), h.part(h.claims()), strings.Split(h.good, ".")[2]}
	if h.IntN(10) == 0 {
		parts = parts[:1+h.IntN(3)]
	}
	return strings.Join(parts, ".")
}

// part encodes an object, now and then wrongly.
func (h hostile) part(members members) string {
	text, err := json.Marshal(members)
	if err != nil {
		panic(err) // every value can be written
	}
	if h.IntN(4) == 0 {
		text = h.spoil(text)
	}
	encoding := base64.RawURLEncoding
	if h.IntN(20) == 0 {
		encoding = base64.StdEncoding
	}
	return encoding.EncodeToString(text)
}

func (h hostile) header() members {
	return h.change(members{"alg": "RS256", "kid": "k1"}, "alg", "kid", "x5c", "typ", "crit", "b64", "jwk", "x5t", "zip", "jku")
}

func (h hostile) claims() members {
	claims := goodClaims().with(members{"iss": pick(h, "ca", "cb", "cs", "cc", "cv", "login"), "scope": pick(h, "demo:read", "demo:delegert", "demo:open")})
	return h.change(claims, "iss", "aud", "scope", "iat", "exp", "jti", "consumer_org", "iss_onbehalfof", "pid", "resource", "authorization_details", "sub", "nbf")
}

// change gives up to three members a value of any kind.
func (h hostile) change(m members, names ...string) members {
	for range h.IntN(4) {
		m[pick(h, names...)] = h.value(0)
	}
	return m
}

// value is anything that JSON can hold, and much that looks like something here.
func (h hostile) value(depth int) any {
	switch h.IntN(10 - min(depth, 4)) {
	case 0:
		return pick(h, "", " ", "05848998356", "0192:"+orgC, orgC, orgD, issuer, issuer+"x", "https://x y", "urn:x", "\x00\u2028\xff", "none", "HS256", "PS256", "__proto__", strings.Repeat("a", 3000))
	case 1:
		return []any{nil, true, false, -1, 0, 1.5, 1e308, -1e308, uint64(1 << 63), int64(-1 << 63)}[h.IntN(10)]
	case 2:
		return start.Unix() + int64(h.IntN(400)) - 200
	case 3:
		return []string{string(h.spoil([]byte(h.chain)))}
	case 4:
		return []string{h.chain, h.chain}
	case 5:
		return members{"type": pick(h, systemUserType, "urn:altinn:consent", ""), "systemuser_org": h.value(depth + 1), "externalRef": h.value(depth + 1)}
	case 6, 7:
		list := make([]any, h.IntN(4))
		for i := range list {
			list[i] = h.value(depth + 1)
		}
		return list
	case 8:
		return members{pick(h, "authority", "ID", "type", "x"): h.value(depth + 1), "ID": h.value(depth + 1)}
	}
	return orgID(pick(h, orgC, orgD, "1", ""))
}

// spoil changes some bytes, cuts or doubles.
func (h hostile) spoil(b []byte) []byte {
	b = append([]byte(nil), b...)
	for range 1 + h.IntN(4) {
		if len(b) == 0 {
			return b
		}
		at := h.IntN(len(b))
		switch h.IntN(5) {
		case 0:
			b[at] = byte(h.IntN(256))
		case 1:
			b = b[:at]
		case 2:
			b = append(b[:at:at], append([]byte(pick(h, "\n", " ", "=", "+", "%", "&", "\x00", "🙂", `","`, "{", "[[[[")), b[at:]...)...)
		case 3:
			b = append(b[:at:at], b[min(at+1+h.IntN(8), len(b)):]...)
		case 4:
			b = append(b, b[at:]...)
		}
	}
	return b
}

func pick(h hostile, from ...string) string { return from[h.IntN(len(from))] }
