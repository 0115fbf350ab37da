package krr_test

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"liksom/sandbox"
	"liksom/sandbox/krr"
)

// manyPersons makes n persons with both channels, a mailbox and a language.
func manyPersons(t testing.TB, n int) []sandbox.Person {
	t.Helper()
	now := sandbox.WindowAt(conformanceClock).Now
	var out []sandbox.Person
	for day := (sandbox.Date{Year: 1970, Month: 1, Day: 1}); len(out) < n; day = day.AddDays(1) {
		for individual := 0; individual < 500 && len(out) < n; individual += 7 {
			id, ok := sandbox.MakePersonID(day, individual, false, sandbox.SeriesTenor)
			if !ok {
				continue
			}
			i := sandbox.Instant(len(out))
			out = append(out, sandbox.Person{
				ID: id, FirstName: "Test", LastName: "Testesen", Birth: day, Status: sandbox.Active, ReservationUpdated: now - 9e7 - i,
				Email:    sandbox.Channel{Value: fmt.Sprintf("test.testesen%d@example.test", i), Updated: now - 8e7 - i, Confirmed: now - 1e7 - i, Validated: now - 7e7 - i},
				Mobile:   sandbox.Channel{Value: fmt.Sprintf("+47999%05d", i), Updated: now - 8e7 - i, Confirmed: now - 1e7 - i, Validated: now - 7e7 - i},
				Mailbox:  sandbox.Mailbox{Address: fmt.Sprintf("test.testesen#%04d", i), Provider: sandbox.Digipost},
				Language: sandbox.Bokmaal, LanguageUpdated: now - 6e7 - i,
			})
		}
	}
	return out
}

// discard is a response writer that only counts.
type discard struct {
	header http.Header
	bytes  int
}

func (d *discard) Header() http.Header         { return d.header }
func (d *discard) WriteHeader(int)             {}
func (d *discard) Write(b []byte) (int, error) { d.bytes += len(b); return len(b), nil }

func BenchmarkLookup1(b *testing.B)    { benchmarkLookup(b, 1) }
func BenchmarkLookup1000(b *testing.B) { benchmarkLookup(b, 1000) }

func benchmarkLookup(b *testing.B, count int) {
	people := shuffledPersons(b)
	var ids []string
	for _, p := range people[:count] {
		ids = append(ids, p.ID.Digits())
	}
	benchmark(b, people, v1, `{"personidentifikatorer":["`+strings.Join(ids, `","`)+`"]}`)
}

func BenchmarkFeed1000(b *testing.B) {
	benchmark(b, shuffledPersons(b), feed, `{"fraEndringsId":200004000}`)
}

func shuffledPersons(b *testing.B) []sandbox.Person {
	people := manyPersons(b, 10_000)
	random := rand.New(rand.NewPCG(1, 1))
	random.Shuffle(len(people), func(i, j int) { people[i], people[j] = people[j], people[i] })
	return people
}

// benchmark compares an operation with an echo handler that reads the same body
// and writes the same bytes, made beforehand.
func benchmark(b *testing.B, people []sandbox.Person, path, text string) {
	body := []byte(text)
	long := "-----BEGIN CERTIFICATE-----\n" + strings.Repeat(strings.Repeat("MIIB", 16)+"\n", 20) + "-----END CERTIFICATE-----\n"
	api, _ := newAPI(b, people, func(c *krr.Config) {
		c.Certificate = func(sandbox.Provider, sandbox.CertificateState) string { return long }
		c.Explain = nil
	})
	rec := httptest.NewRecorder()
	api.ServeHTTP(rec, request("POST", path, text, "Authorization:", "Authorization: Bearer FEED"))
	if rec.Code != http.StatusOK {
		b.Fatal(rec.Body)
	}
	static := echo.New()
	static.POST(path, func(c echo.Context) error {
		if _, err := io.Copy(io.Discard, c.Request().Body); err != nil {
			return err
		}
		return c.Blob(http.StatusOK, plain, rec.Body.Bytes())
	})
	for name, h := range map[string]http.Handler{"krr": api, "static": static} {
		b.Run(name, func(b *testing.B) {
			r := request("POST", path, "", "Authorization:", "Authorization: Bearer FEED")
			r.ContentLength = int64(len(body))
			reader, w := bytes.NewReader(body), &discard{header: http.Header{}}
			b.ReportAllocs()
			b.SetBytes(int64(rec.Body.Len()))
			for b.Loop() {
				reader.Reset(body)
				r.Body = io.NopCloser(reader)
				h.ServeHTTP(w, r)
			}
			if w.bytes%rec.Body.Len() != 0 {
				b.Fatal("an answer differs in length")
			}
		})
	}
}
