package fakeauth

import (
	"crypto/x509"
	"errors"
	"time"
)

// exchange is one assertion on its way to a token: what is known beforehand, and
// what the rules find out one after the other.
type exchange struct {
	server     *Server
	registered *snapshot // of the moment when the request came
	issuer     string    // that the request was addressed to
	at         time.Time // the one reading of the clock
	raw        string    // the assertion as sent
	misplaced  []string  // parameters that were sent beside the assertion and belong into it
	trial      bool      // the assertion is only looked at and not used up

	assertion   *assertion // nil until its shape is known to be good
	client      *Client    // nil until it is known
	chain       []*x509.Certificate
	key         ClientKey // the key of the client or of the certificate; none until it is known
	amr         string    // client_amr
	tokenIssuer string    // as the assertion named it
	onBehalf    bool      // consumer is another organisation than the client's
	consumer    string    // organisation number; empty until it is known
	names       []string  // scopes as asked for
	scopes      []*Scope  // all of them; nil until all are known
	pid         string
	audience    any // aud of the token: a string, a list or nil
	details     []systemUserDetail
	notes       []string // what is no reason to refuse, but hardly meant so
}

// rule is one check of an assertion.
type rule struct {
	name  string               // stable, for programs
	after func(*exchange) bool // whether what the rule works on is known; nil: always
	check func(*exchange) error
}

// rules are all rules in the order in which they refuse. No source tells the
// real order, so all of it is a guess.
var rules = []rule{
	{"shape", nil, (*exchange).checkShape},
	{"algorithm", parsed, (*exchange).checkAlgorithm},
	{"x5c", parsed, (*exchange).checkX5C},
	{"client", parsed, (*exchange).checkClient},
	{"key", knowsClient, (*exchange).checkKey},
	{"certificate", knowsKey, (*exchange).checkCertificate},
	{"key_age", knowsKey, (*exchange).checkKeyAge},
	{"signature", knowsKey, (*exchange).checkSignature},
	{"aud", parsed, (*exchange).checkAudience},
	{"exp", parsed, (*exchange).checkExpiry},
	{"iat", parsed, (*exchange).checkIssuedAt},
	{"lifetime", parsed, (*exchange).checkLifetime},
	{"single_use", parsed, (*exchange).checkSingleUse},
	{"grant_type", knowsClient, (*exchange).checkGrant},
	{"consumer_org", knowsClient, (*exchange).checkConsumer},
	{"scope", knowsClient, (*exchange).checkScopes},
	{"integration_type", knowsScopes, (*exchange).checkIntegrationType},
	{"access", knowsScopesAndConsumer, (*exchange).checkAccess},
	{"delegation", knowsScopesAndConsumer, (*exchange).checkDelegation},
	{"pid", parsed, (*exchange).checkPID},
	{"resource", parsed, (*exchange).checkResource},
	{"authorization_details", knowsClient, (*exchange).checkDetails},
}

func parsed(x *exchange) bool      { return x.assertion != nil }
func knowsClient(x *exchange) bool { return x.client != nil }
func knowsKey(x *exchange) bool    { return x.key.JWK.Key != nil }
func knowsScopes(x *exchange) bool { return x.scopes != nil }
func knowsScopesAndConsumer(x *exchange) bool {
	return x.scopes != nil && x.consumer != ""
}

// begin starts an exchange.
func (s *Server) begin(issuer string) *exchange {
	return &exchange{server: s, registered: s.registered.now.Load(), issuer: issuer, at: s.cfg.Now()}
}

// judge applies the rules up to the first that is broken. An assertion that
// passes the rules before single_use is used up even if one after it refuses,
// which is a guess (refused_assertion).
func (x *exchange) judge() error {
	for _, r := range rules {
		if err := r.check(x); err != nil {
			return err
		}
	}
	if x.server.cfg.Guesses.FreeWhenRefused {
		return x.useUp()
	}
	return nil
}

// Step is what one rule says of an assertion.
type Step struct {
	Name    string // of the rule, stable for programs: "signature"
	Outcome Outcome
	// The rest is what the token endpoint would answer if this were the first
	// rule that is broken; empty unless the outcome is Failed.
	Status int
	Code   string // "MP-110"; empty if there is none, or none that is known
	Error  string // OAuth error code
	Text   string // error_description, without trace id
	Reason string // one English sentence that helps; identity numbers are masked
	// Guessed tells that the real server was never seen to answer just so.
	Guessed bool
}

// Outcome is how a rule ended.
type Outcome string

// The outcomes.
const (
	Passed  Outcome = "pass"
	Failed  Outcome = "fail"
	Skipped Outcome = "skipped" // what the rule works on is not known, since another one failed
)

// ExplainAssertion applies every rule to an assertion as if it had been sent to
// an issuer of ours, and goes on where the token endpoint would stop. The first
// step that failed is what the token endpoint would answer. The assertion is not
// used up, and nothing is written to the log.
func (s *Server) ExplainAssertion(issuer, assertion string) []Step {
	x := s.begin(issuer)
	x.raw, x.trial = assertion, true
	steps := make([]Step, len(rules))
	for i, r := range rules {
		steps[i] = Step{Name: r.name, Outcome: Skipped}
		if r.after != nil && !r.after(x) {
			continue
		}
		steps[i].judge(r.check(x))
	}
	return steps
}

func (s *Step) judge(err error) {
	s.Outcome = Passed
	var r *refusal
	if errors.As(err, &r) {
		s.Outcome, s.Status, s.Code, s.Error, s.Text, s.Reason, s.Guessed = Failed, r.status, r.code, r.err, r.shown(), r.reason, r.guess
	}
}
