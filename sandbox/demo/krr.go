package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
)

// ask gets what the service may know of the citizen, and ends the request: from
// KRR, or as userinfo where the client has no scope for KRR.
func (s *service) ask(v *visit) error {
	url := s.Base(v.r) + s.Register + "/v1/person"
	if s.scopes == "" {
		url = v.session.idporten.Userinfo
	}
	return s.call(v, http.MethodGet, url, "")
}

// again asks once more, with a fresh token where the old one has run out.
func (s *service) again(v *visit) error {
	if v.session == nil {
		return v.home()
	}
	return s.ask(v)
}

// chooseLanguage changes the language in the register, and asks again.
func (s *service) chooseLanguage(v *visit) error {
	language := v.r.PostFormValue("spraak")
	if v.session == nil || s.scopes == "" || !slices.Contains([]string{"nb", "nn", "en", "se", ""}, language) {
		return v.home()
	}
	body, err := json.Marshal(map[string]string{"spraak": language})
	if err != nil {
		return fmt.Errorf("writing the language: %w", err)
	}
	return s.call(v, http.MethodPatch, s.Base(v.r)+s.Register+"/v1/person", string(body))
}

// call sends one request to the register, after a change the question too, and
// sends the browser to the page.
func (s *service) call(v *visit, method, url, body string) error {
	ctx, sent := s.sending(v.r.Context())
	one, err := s.renewed(ctx, sent, *v.session)
	if err == nil && body != "" {
		_, _, err = s.fetch(ctx, sent, one, method, url, body)
	}
	if err == nil {
		one.told, one.status, err = s.fetch(ctx, sent, one, http.MethodGet, url, "")
	}
	v.sent = append(slices.Clone(v.sent), sent.sent...)
	if err != nil {
		return err
	}
	v.session = &one
	v.keep()
	return v.home()
}

func (s *service) fetch(ctx context.Context, sent *recorder, one session, method, url, body string) ([]byte, int, error) {
	r, err := http.NewRequestWithContext(ctx, method, url, strings.NewReader(body))
	if err != nil {
		return nil, 0, fmt.Errorf("asking the register: %w", err)
	}
	r.Header.Set("Authorization", "Bearer "+one.tokens.AccessToken)
	r.Header.Set("Accept", "application/json")
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	answer, err := sent.client().Do(r)
	if err != nil {
		return nil, 0, fmt.Errorf("asking the register: %w", err)
	}
	defer func() { _ = answer.Body.Close() }() // the recorder has read it
	told, err := io.ReadAll(answer.Body)
	return told, answer.StatusCode, err
}
