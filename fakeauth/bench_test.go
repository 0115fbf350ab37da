package fakeauth

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// BenchmarkToken measures a token from form to answer. Beside it stands what RSA
// alone costs, one signature made and one checked: it is measured in between, so
// that both feel the same machine.
func BenchmarkToken(b *testing.B) {
	const stretch = 64
	r := newRig(b)
	assertions := make([]string, 1<<10)
	// Distinct assertions are made beforehand; the replay memory is emptied each
	// time they have all been used.
	for i := range assertions {
		assertions[i] = formOf(byA(b, nil)).Encode()
	}
	var rsaTime time.Duration
	var rsaRounds int
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		if n%stretch == 0 {
			b.StopTimer()
			rsaTime += rawRSA(b, stretch)
			rsaRounds += stretch
			r.verdicts = nil
			if n%len(assertions) == 0 {
				r.replays = replays{}
			}
			b.StartTimer()
		}
		w := httptest.NewRecorder()
		r.handler.ServeHTTP(w, formRequest(assertions[n%len(assertions)]))
		if w.Code != http.StatusOK {
			b.Fatalf("got %d %s", w.Code, w.Body)
		}
		n++
	}
	token := float64(b.Elapsed()) / float64(n)
	bare := float64(rsaTime) / float64(rsaRounds)
	b.ReportMetric(1e9/token, "tokens/s")
	b.ReportMetric(1e9/bare, "rsa/s")
	b.ReportMetric(100*bare/token, "%-of-rsa")
}

// rawRSA takes the time of a number of signatures, each made and checked.
func rawRSA(b *testing.B, rounds int) time.Duration {
	b.Helper()
	digest := sha256.Sum256([]byte("x"))
	begun := time.Now()
	for range rounds {
		signature, err := rsa.SignPKCS1v15(rand.Reader, issuerKey(), crypto.SHA256, digest[:])
		if err != nil {
			b.Fatal(err)
		}
		if err := rsa.VerifyPKCS1v15(&issuerKey().PublicKey, crypto.SHA256, digest[:], signature); err != nil {
			b.Fatal(err)
		}
	}
	return time.Since(begun)
}

// BenchmarkVerify measures a token that comes again, as in a look-up.
func BenchmarkVerify(b *testing.B) {
	r := newRig(b)
	answer, err := r.Mint(b.Context(), issuer, MintRequest{ClientID: "ca"})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := r.Verify(b.Context(), answer.AccessToken); err != nil {
			b.Fatal(err)
		}
	}
}
