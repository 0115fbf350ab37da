package relying

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
)

// metadata is what a client reads of ID-porten's discovery document.
type metadata struct {
	Issuer        string `json:"issuer"`
	Authorization string `json:"authorization_endpoint"`
	Token         string `json:"token_endpoint"`
	Userinfo      string `json:"userinfo_endpoint"`
	Keys          string `json:"jwks_uri"`
	EndSession    string `json:"end_session_endpoint"`
}

// Levels are the levels of login that can be asked for, lowest first.
var Levels = []string{"idporten-loa-substantial", "idporten-loa-high"}

// Ask is how a service wants its visitor logged in. The zero value asks for the
// lowest level and for nothing else.
type Ask struct {
	Level     string // of Levels, or empty
	Prompt    string // "login" wants a new login in spite of single sign-on
	UILocales string // language of the login pages: nb, nn or en
	LoginHint string // who it is, for a login without pages
	Return    string // where to come back to, below the client's Path; empty is its page
}

// Session is a citizen who has logged in.
type Session struct {
	Claims
	Userinfo string // address where ID-porten tells who it is
	idToken  string
	tokens   tokens
	until    time.Time // when the access token runs out
	idporten metadata
}

// Claims are what the id_token says of the citizen and the login.
type Claims struct {
	PID      string   `json:"pid"`
	ACR      string   `json:"acr"`       // one of Levels
	AMR      []string `json:"amr"`       // means of login
	AuthTime int64    `json:"auth_time"` // seconds since 1970; before IssuedAt with single sign-on
	IssuedAt int64    `json:"iat"`
	SID      string   `json:"sid"` // names the session when ID-porten tells of a log-out
	Nonce    string   `json:"nonce"`
}

// mostAttempts is how many logins of one browser may be under way: one in each tab.
const mostAttempts = 5

// attempt is a login that waits for the answer of ID-porten.
type attempt struct {
	state, nonce, verifier string
	level                  string
	redirect               string
	back                   string
	idporten               metadata
}

// Begin remembers that a login is under way, and gives the address at ID-porten to
// send the browser to.
func (v *Visit[K]) Begin(ask Ask) (target string, err error) {
	c, base := v.client, v.client.Base(v.r)
	try := attempt{state: rand.Text(), nonce: rand.Text(), verifier: rand.Text() + rand.Text(), redirect: base + c.Path + "/callback", level: Levels[0], back: c.Path + "/"}
	if slices.Contains(Levels, ask.Level) {
		try.level = ask.Level
	}
	if ask.Return != "" {
		if try.back = ask.Return; !strings.HasPrefix(ask.Return, c.Path+"/") {
			return "", fmt.Errorf("coming back to %q, which is not below %s/", ask.Return, c.Path)
		}
	}
	provider, err := oidc.NewProvider(v.context(), base+c.Issuer)
	if err != nil {
		return "", fmt.Errorf("asking who ID-porten is: %w", err)
	}
	if err := provider.Claims(&try.idporten); err != nil {
		return "", fmt.Errorf("reading who ID-porten is: %w", err)
	}
	v.attempts = append(slices.Clone(v.attempts[max(0, len(v.attempts)-mostAttempts+1):]), &try)
	v.Keep()
	return try.idporten.Authorization + "?" + c.authorization(try, ask).Encode(), nil
}

// authorization is the request that the browser carries to ID-porten.
func (c *Client[K]) authorization(try attempt, ask Ask) url.Values {
	digest := sha256.Sum256([]byte(try.verifier))
	q := url.Values{
		"response_type": {"code"}, "client_id": {c.ClientID}, "redirect_uri": {try.redirect}, "scope": {strings.Join(append([]string{"openid", "profile"}, c.Scopes...), " ")},
		"state": {try.state}, "nonce": {try.nonce}, "code_challenge": {base64.RawURLEncoding.EncodeToString(digest[:])}, "code_challenge_method": {"S256"},
		"acr_values": {try.level},
	}
	for name, value := range map[string]string{"ui_locales": ask.UILocales, "prompt": ask.Prompt, "login_hint": ask.LoginHint} {
		if value != "" {
			q.Set(name, value)
		}
	}
	return q
}

// ErrForeign is an answer that the service has not asked for. It says nothing of
// the visitor: any site can send a browser with it.
var ErrForeign = errors.New("the answer does not belong to a login that was begun in this browser")

// RefusedError is an answer of ID-porten that is no login, or no token.
type RefusedError struct{ Code, Description string }

func (e RefusedError) Error() string { return e.Code + ": " + e.Description }

// Callback takes ID-porten's answer, which logs the visitor in, and gives the path
// that Begin was to come back to; after a refusal too, but not after [ErrForeign].
func (v *Visit[K]) Callback() (back string, err error) {
	q := v.r.URL.Query()
	i := slices.IndexFunc(v.attempts, func(a *attempt) bool {
		return subtle.ConstantTimeCompare([]byte(q.Get("state")), []byte(a.state)) == 1
	})
	if i < 0 || q.Get("iss") != v.attempts[i].idporten.Issuer {
		return "", ErrForeign
	}
	try := v.attempts[i]
	v.attempts = slices.Delete(slices.Clone(v.attempts), i, i+1)
	session, err := v.answered(try, q)
	if err != nil {
		v.Keep()
		return try.back, err
	}
	v.Session = session
	v.move()
	return try.back, nil
}

// answered turns a code into a session, when the id_token is in order.
func (v *Visit[K]) answered(try *attempt, q url.Values) (*Session, error) {
	if code := q.Get("error"); code != "" {
		return nil, RefusedError{code, q.Get("error_description")}
	}
	c := v.client
	got, err := v.token(try.idporten, url.Values{
		"grant_type": {"authorization_code"}, "code": {q.Get("code")}, "redirect_uri": {try.redirect}, "code_verifier": {try.verifier},
	})
	if err != nil {
		return nil, err
	}
	ctx := v.context()
	verifier := oidc.NewVerifier(try.idporten.Issuer, oidc.NewRemoteKeySet(ctx, try.idporten.Keys), &oidc.Config{ClientID: c.ClientID, Now: c.Now})
	checked, err := verifier.Verify(ctx, got.IDToken)
	if err != nil {
		return nil, fmt.Errorf("checking the id_token: %w", err)
	}
	one := &Session{Userinfo: try.idporten.Userinfo, idToken: got.IDToken, tokens: got, until: got.until(c.Now()), idporten: try.idporten}
	if err := checked.Claims(&one.Claims); err != nil {
		return nil, fmt.Errorf("reading the id_token: %w", err)
	}
	switch {
	case one.Nonce != try.nonce:
		return nil, errors.New("the id_token has another nonce")
	case slices.Index(Levels, one.ACR) < slices.Index(Levels, try.level):
		return nil, fmt.Errorf("the login is at %q, lower than was asked for", one.ACR)
	}
	return one, nil
}
