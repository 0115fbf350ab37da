package fakeauth

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"net/http"
	"net/http/httptest"
	"testing"
)

// BenchmarkToken measures a token from form to answer. Beside it stands what RSA
// alone costs on the same machine: one signature made and one checked.
func BenchmarkToken(b *testing.B) {
	r := newRig(b)
	rsaCost := rawRSA(b)
	assertions := make([]string, 0, 1<<10)
	// Distinct assertions are made beforehand; the replay memory is emptied each
	// time they have all been used.
	for range cap(assertions) {
		assertions = append(assertions, formOf(byA(b, nil)).Encode())
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		if i == len(assertions) {
			i = 0
			r.replays = replays{}
		}
		w := httptest.NewRecorder()
		r.handler.ServeHTTP(w, formRequest(assertions[i]))
		if w.Code != http.StatusOK {
			b.Fatalf("got %d %s", w.Code, w.Body)
		}
		r.verdicts = r.verdicts[:0]
		i++
	}
	perToken := float64(b.Elapsed().Nanoseconds()) / float64(b.N)
	b.ReportMetric(rsaCost, "rsa-ns/op")
	b.ReportMetric(100*rsaCost/perToken, "%-of-rsa")
}

// rawRSA returns the nanoseconds of one signature and one verification.
func rawRSA(b *testing.B) float64 {
	b.Helper()
	const rounds = 300
	digest := sha256.Sum256([]byte("x"))
	b.ResetTimer()
	for range rounds {
		signature, err := rsa.SignPKCS1v15(rand.Reader, issuerKey(), crypto.SHA256, digest[:])
		if err != nil {
			b.Fatal(err)
		}
		if err := rsa.VerifyPKCS1v15(&issuerKey().PublicKey, crypto.SHA256, digest[:], signature); err != nil {
			b.Fatal(err)
		}
	}
	return float64(b.Elapsed().Nanoseconds()) / rounds
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
