package demo

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"liksom/sandbox/relying"
)

// begin sends the browser to ID-porten.
func (s *service) begin(v *visit) error {
	asked := v.r.URL.Query()
	ask := relying.Ask{Level: asked.Get("nivaa"), UILocales: v.words.Code()}
	if asked.Get("prompt") == "login" {
		ask.Prompt = "login"
	}
	target, err := v.Begin(ask)
	if err != nil {
		return err
	}
	endpoint, query, _ := strings.Cut(target, "?")
	sent, err := url.ParseQuery(query)
	if err != nil {
		return fmt.Errorf("reading where ID-porten is: %w", err)
	}
	v.noted.add(exchange{Title: "sent.authorize", Sent: "GET " + endpoint + "\n\n" + spelt(sent), Status: http.StatusFound})
	v.Kept.sent = nil
	v.keep()
	http.Redirect(v.w, v.r, target, http.StatusFound)
	return nil
}

// callback takes ID-porten's answer, which the page shows beside what the browser
// was sent with.
func (s *service) callback(v *visit) error {
	_, err := v.Callback()
	if q := v.r.URL.Query(); !errors.Is(err, relying.ErrForeign) && !q.Has("error") && len(v.Kept.sent) > 0 {
		v.Kept.sent = slices.Clone(v.Kept.sent)
		v.Kept.sent[len(v.Kept.sent)-1].Answer = "Location: " + s.Base(v.r) + v.r.URL.Path + "\n\n" + spelt(q)
	}
	if err != nil {
		return err
	}
	return s.ask(v)
}

// leave logs the citizen out here and everywhere.
func (s *service) leave(v *visit) error {
	http.Redirect(v.w, v.r, v.Leave(), http.StatusSeeOther)
	return nil
}
