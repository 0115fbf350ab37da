package idporten

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/ory/fosite"
)

// request is a checked request for a login.
type request struct {
	client     *client
	issuer     string
	redirect   string
	state      string
	mode       fosite.ResponseModeType
	scopes     []string
	nonce      string
	challenge  string
	levels     []string // acr_values; empty asks for substantial
	prompt     []string
	resource   string
	onBehalfOf string
	hint       string
	locales    string
}

// newRequest reads what fosite does not, and says what is wrong with it. It is nil
// where not even the client is known.
func (s *Server) newRequest(ar fosite.AuthorizeRequester, issuer string) (*request, error) {
	c, ok := ar.GetClient().(*client)
	if !ok {
		return nil, nil
	}
	form := ar.GetRequestForm()
	r := &request{
		client: c, issuer: issuer, redirect: form.Get("redirect_uri"), state: form.Get("state"), mode: ar.GetResponseMode(),
		scopes: ar.GetRequestedScopes(), nonce: form.Get("nonce"), challenge: form.Get("code_challenge"),
		levels: strings.Fields(form.Get("acr_values")), prompt: strings.Fields(form.Get("prompt")), resource: form.Get("resource"),
		onBehalfOf: form.Get("onbehalfof"), hint: form.Get("login_hint"), locales: form.Get("ui_locales"),
	}
	if err := r.check(form); err != nil {
		return r, err
	}
	if s.cfg.Guesses.StateDemanded && (r.state == "" || r.nonce == "") {
		return r, fosite.ErrInvalidRequest.WithHint("state and nonce are both demanded (--guess login_state=demanded).")
	}
	return r, s.checkScopes(r)
}

var challengeShape = regexp.MustCompile(`^[A-Za-z0-9_-]{43}$`)

func (r *request) check(form url.Values) error {
	bad := func(hint string, args ...any) error { return fosite.ErrInvalidRequest.WithHintf(hint, args...) }
	method := form.Get("code_challenge_method")
	switch {
	case len(r.scopes) == 0:
		return bad("scope is missing; for a login it is openid, or openid and more.")
	case r.challenge == "" && (r.client.needsChallenge() || method != ""):
		return bad("code_challenge is missing; the client must use PKCE.")
	case r.challenge != "" && method != "S256":
		return bad("code_challenge_method is %q; only S256 is accepted.", clip(method))
	case r.challenge != "" && !challengeShape.MatchString(r.challenge):
		return bad("code_challenge must be the 43 characters of a SHA-256 in base64url, without padding.")
	case r.client.IsPublic() && r.state == "":
		return bad("state is missing; a public client must send it.")
	case !r.promptKnown():
		return bad("prompt is %q; there are login, consent and none, and none stands alone.", clip(form.Get("prompt")))
	}
	if u, err := url.Parse(r.resource); r.resource != "" && (err != nil || !u.IsAbs()) {
		return bad("resource is %q, which is not a URI.", clip(r.resource))
	}
	if len(r.levels) > 0 && !slices.ContainsFunc(r.levels, func(l string) bool { _, ok := rank(l); return ok }) {
		return bad("acr_values names no level that there is; the levels are %s.", join(acrs)) // a guess: nothing says what is answered
	}
	return nil
}

// promptKnown tells whether prompt is a list that means something. Source: the
// discovery document; OpenID Connect Core 3.1.2.1 for the list.
func (r *request) promptKnown() bool {
	for _, one := range r.prompt {
		if !slices.Contains([]string{"login", "consent", "none"}, one) || one == "none" && len(r.prompt) > 1 {
			return false
		}
	}
	return true
}

// lowest is the lowest level that will do.
func (r *request) lowest() string {
	best, least := levelSubstantial, -1
	for _, l := range r.levels {
		if n, ok := rank(l); ok && (least < 0 || n < least) {
			best, least = acrs[n], n
		}
	}
	return best
}

// testIDLevels are those that TestID has, lowest first. No means of login is at level
// low today. Source: Digdir, "Sikkerhetsnivå".
var testIDLevels = []string{levelSubstantial, levelHigh}

// offered is the lowest level of TestID that will do.
func (r *request) offered() string {
	for _, l := range testIDLevels {
		if r.satisfiedBy(l) {
			return l
		}
	}
	return levelHigh
}

// satisfiedBy tells whether a level will do: the one asked for, or a higher one.
func (r *request) satisfiedBy(acr string) bool {
	have, _ := rank(acr)
	need, _ := rank(r.lowest())
	return have >= need
}
