package demo

import (
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
	if !s.first {
		url = v.Session.Userinfo
	}
	return s.call(v, http.MethodGet, url, "")
}

// again asks once more, with a fresh token where the old one has run out.
func (s *service) again(v *visit) error {
	if v.Session == nil {
		return v.home()
	}
	return s.ask(v)
}

// chooseLanguage changes the language in the register, and asks again.
func (s *service) chooseLanguage(v *visit) error {
	language := v.r.PostFormValue("spraak")
	if v.Session == nil || !s.first || !slices.Contains([]string{"nb", "nn", "en", "se", ""}, language) {
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
	token, err := v.AccessToken()
	if err == nil && body != "" {
		_, err = s.fetch(v.r, token, method, url, body)
	}
	if err == nil {
		v.Kept.told, err = s.fetch(v.r, token, http.MethodGet, url, "")
	}
	if err != nil {
		return err
	}
	v.keep()
	return v.home()
}

// fetch sends one request in the course of another.
func (s *service) fetch(of *http.Request, token, method, url, body string) ([]byte, error) {
	r, err := http.NewRequestWithContext(of.Context(), method, url, strings.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("asking the register: %w", err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Accept", "application/json")
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	answer, err := (&http.Client{Transport: s.Send}).Do(r)
	if err != nil {
		return nil, fmt.Errorf("asking the register: %w", err)
	}
	defer func() { _ = answer.Body.Close() }() // the recorder has read it
	return io.ReadAll(answer.Body)
}
