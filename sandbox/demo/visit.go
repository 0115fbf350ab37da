package demo

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"liksom/sandbox/relying"
	"liksom/sandbox/words"
)

// kept is what a service keeps of a visitor. What its slices lead to is never
// changed.
type kept struct {
	notice string // key of a text to show once
	fault  string // what ID-porten or KRR said, beside the notice
	sent   []exchange
	told   []byte // by KRR, or as userinfo where there is no scope for KRR
}

// visit is one request of a visitor.
type visit struct {
	*relying.Visit[kept]
	w       http.ResponseWriter
	r       *http.Request
	words   words.Words
	service *service
	noted   noted
}

// action answers a visit, or gives an error for the page to show.
type action func(*visit) error

// keep remembers the visitor, with what was sent for them.
func (v *visit) keep() {
	v.Kept.sent = append(slices.Clone(v.Kept.sent), v.noted.take()...)
	v.Keep()
}

// home sends the browser to the page.
func (v *visit) home() error {
	http.Redirect(v.w, v.r, v.service.path+"/", http.StatusSeeOther)
	return nil
}

var crossOrigin = http.NewCrossOriginProtection()

// serve finds the visitor, and keeps an error for the page that the browser is
// sent to.
func (s *service) serve(do action) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := crossOrigin.Check(r); err != nil {
			http.Error(w, "This form was sent by another site.", http.StatusForbidden)
			return
		}
		v := &visit{w: w, words: words.Words{Language: languageOf(r), Table: texts}, service: s}
		v.r = r.WithContext(context.WithValue(r.Context(), notedKey{}, &v.noted))
		v.r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
		v.Visit = s.client.Visit(w, v.r)
		err := do(v)
		if err == nil {
			return
		}
		s.Log.WarnContext(r.Context(), "demo", "service", s.path, "cause", err)
		if v.Kept.notice, v.Kept.fault = "failed", err.Error(); !errors.Is(err, relying.ErrForeign) {
			v.Session = nil // but no other site can end it with an answer of its own
		}
		var refused relying.RefusedError
		if errors.As(err, &refused) && refused.Code == "access_denied" {
			v.Kept.notice, v.Kept.fault = "cancelled", ""
		}
		v.keep()
		_ = v.home() // it only redirects
	}
}
