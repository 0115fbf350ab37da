package idporten

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/ory/fosite"

	"liksom/fakeauth"
)

// push answers /par.
func (s *Server) push(c echo.Context) error {
	hr := c.Request()
	hr.Body = http.MaxBytesReader(c.Response(), hr.Body, maxForm)
	issuer := s.cfg.Issuer(hr)
	ctx := withIssuer(hr.Context(), issuer)
	if err := onlyForm(hr); err != nil {
		return s.refuseToken(c, "", err)
	}
	if err := requestObject(hr.Form); err != nil {
		return s.refuseToken(c, hr.Form.Get("client_id"), err)
	}
	ar, err := s.provider.NewPushedAuthorizeRequest(withRedirect(ctx, hr.Form.Get("redirect_uri")), hr)
	if err = ownWords(err, hr.Form); err != nil {
		return s.refuseToken(c, hr.Form.Get("client_id"), err)
	}
	r, err := s.newRequest(ar, issuer)
	if err == nil && !r.client.accepts(r.redirect) {
		err = pageFault(nil, r)
	}
	if err != nil {
		return s.refuseToken(c, r.client.ID, err)
	}
	uri := requestURIPrefix + random(32)
	if err := s.store.CreatePARSession(ctx, uri, ar); err != nil {
		return err
	}
	s.conclude(ctx, fakeauth.Verdict{Client: r.client.ID, Reason: "kept a pushed request"})
	return c.JSON(http.StatusCreated, map[string]any{"request_uri": uri, "expires_in": int(pushedLifetime.Seconds())})
}

// onlyForm reads a form of a body, where a query means nothing.
func onlyForm(r *http.Request) error {
	if r.Method != http.MethodPost {
		return fosite.ErrInvalidRequest.WithHintf("The method is %s and must be POST.", r.Method)
	}
	r.URL.RawQuery = ""
	if err := r.ParseForm(); err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return fosite.ErrInvalidRequest.WithHintf("The body has more than %d bytes.", maxForm)
		}
		return fosite.ErrInvalidRequest.WithHint("The form cannot be read.")
	}
	if name := repeated(r.PostForm); name != "" {
		return fosite.ErrInvalidRequest.WithHintf("The parameter %s is given more than once.", name)
	}
	return nil
}

// onlyPushed refuses parameters beside a pushed request, and one that is not to be
// had. Source: Digdir, "PAR"; that the second is an error page is a guess.
func (s *Server) onlyPushed(ctx context.Context, form url.Values) error {
	if form.Get("client_id") == "" {
		return fosite.ErrInvalidRequest.WithHint("With request_uri the parameter client_id must be sent too.")
	}
	if !strings.HasPrefix(form.Get("request_uri"), requestURIPrefix) {
		return fosite.ErrInvalidRequestURI.WithHintf("request_uri must be one that /par gave; it begins with %s.", requestURIPrefix)
	}
	for name := range form {
		if name != "request_uri" && name != "client_id" {
			return fosite.ErrInvalidRequest.WithHintf("Beside request_uri only client_id may be sent, not %s.", clip(name))
		}
	}
	if _, err := s.store.GetPARSession(ctx, form.Get("request_uri")); err != nil {
		return fosite.ErrInvalidRequestURI.WithHintf("The request_uri is not one that /par gave here, or it has been used or ran out: it is good once, for %d seconds.", int(pushedLifetime.Seconds()))
	}
	return nil
}
