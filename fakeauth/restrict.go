package fakeauth

import (
	"encoding/json"
	"net/url"
)

// checkPID takes the person that a token is to be for. Digdir, "End-user-
// restricted tokens".
func (x *exchange) checkPID() error {
	pid := x.assertion.claims.pid
	if pid == "" {
		return nil
	}
	if err := x.server.cfg.CheckPID(pid); err != nil {
		return refuse(malformed, "pid is not accepted: %s; it must be a synthetic identity number of 11 digits", clip(err.Error()))
	}
	x.pid = pid
	return nil
}

// checkResource takes the API that a token is to be for. Digdir, "audience-
// restricted tokens", documents a list; real clients send a string too
// (observed). Each value must be a URI and nothing else is checked.
func (x *exchange) checkResource() error {
	if x.server.cfg.Guesses.UnspecifiedAudience {
		x.audience = "unspecified"
	}
	raw := x.assertion.claims.resource
	if raw == nil {
		return nil
	}
	var values []string
	var one string
	isText := json.Unmarshal(raw, &one) == nil
	if isText {
		values = []string{one}
	} else if json.Unmarshal(raw, &values) != nil || len(values) == 0 {
		return x.badResource("resource is %s; it must be a URI or a list of them", quote(string(raw)))
	}
	for _, value := range values {
		if u, err := url.Parse(value); err != nil || u.Scheme == "" || u.Host == "" && u.Opaque == "" && u.Path == "" {
			return x.badResource("resource %s is not a URI; write it with its scheme, for example https://api.example.test", quote(value))
		}
	}
	x.audience = values
	if isText || x.server.cfg.Guesses.FlatAudience && len(values) == 1 {
		x.audience = values[0]
	}
	return nil
}

func (x *exchange) badResource(format string, args ...any) error {
	r := refuse(badResource, format, args...)
	if x.server.cfg.Guesses.ResourceIsInvalidRequest {
		r.err = "invalid_request"
	}
	return r
}
