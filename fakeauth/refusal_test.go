package fakeauth

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

func TestTableOfRefusalsIsComplete(t *testing.T) {
	t.Parallel()
	if int(internalFault) != len(refusals)-1 {
		t.Fatalf("the table has %d rows, the last fault is %d", len(refusals), internalFault)
	}
	var (
		code  = regexp.MustCompile(`^MP-[0-9]{3}$`)
		legal = regexp.MustCompile(`^[\x20-\x21\x23-\x5b\x5d-\x7e]+$`) // RFC 6749, 5.2
		pages = map[string]int{}
	)
	for f := range fault(len(refusals)) {
		r := f.row()
		if r.status < 400 || r.err == "" || !legal.MatchString(r.text) {
			t.Errorf("row %d is not complete: %+v", f, r)
		}
		if r.code == "" && r.page == nil {
			continue
		}
		if !code.MatchString(r.code) {
			t.Errorf("row %d has code %q", f, r.code)
		}
		if r.page == nil {
			pages[r.code] += 0
			continue
		}
		pages[r.code]++
		if r.page.Title == "" || r.page.Wrong == "" || r.page.Remedy == "" {
			t.Errorf("the page of %s is not complete", r.code)
		}
	}
	for _, code := range []string{"MP-011", "MP-012", "MP-100", "MP-110", "MP-120", "MP-121", "MP-122", "MP-123", "MP-124", "MP-130", "MP-200", "MP-201", "MP-250", "MP-251", "MP-301", "MP-302", "MP-303"} {
		if pages[code] != 1 {
			t.Errorf("%s has %d pages, want 1", code, pages[code])
		}
		delete(pages, code)
	}
	if len(pages) != 0 {
		t.Errorf("these codes are in the table, but not in this test: %v", pages)
	}
}

func TestRefusalsAreMadeFresh(t *testing.T) {
	t.Parallel()
	for _, scope := range []string{"a:b", "c:d"} {
		want := "Token request contains invalid scopes for client, " + scope
		if got := refuse(invalidScope, "x").naming(scope).shown(); got != want {
			t.Errorf("text is %q, want %q", got, want)
		}
	}
}

func TestUnknownErrorIsAnInternalFaultWithItsCause(t *testing.T) {
	t.Parallel()
	cause := errors.New("the disk is on fire")
	got := asRefusal(fmt.Errorf("sign: %w", cause))
	if got.status != http.StatusInternalServerError || got.err != "server_error" || !errors.Is(got, cause) {
		t.Errorf("got %+v", got)
	}
	if strings.Contains(got.text, "fire") {
		t.Errorf("the caller is shown the cause: %q", got.text)
	}
}

// What was seen of the real server is no guess, and what no source has is one.
func TestGuessedRefusalsSaySo(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	for assertion, want := range map[string]bool{
		byA(t, members{"aud": "x"}):              false,
		byA(t, members{"exp": nil}):              true,
		byA(t, members{"resource": "not a uri"}): true,
	} {
		for _, s := range r.ExplainAssertion(issuer, assertion) {
			if s.Outcome == Failed && s.Guessed != want {
				t.Errorf("%+v: a guess is %t", s, want)
			}
		}
		r.post(t, assertion)
		if v := r.lastVerdict(t); v.Guessed != want {
			t.Errorf("%+v: a guess is %t", v, want)
		}
	}
}
