package idporten

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"time"
)

// accessClaims is the payload of an access token. Sources: Digdir, "Access token";
// client_onbehalfof is observed in code that reads it (2022).
type accessClaims struct {
	Issuer     string   `json:"iss"`
	Subject    string   `json:"sub"`
	PID        string   `json:"pid,omitempty"`
	ACR        string   `json:"acr"`
	Scope      string   `json:"scope"`
	ClientID   string   `json:"client_id"`
	ClientAMR  string   `json:"client_amr"`
	Consumer   consumer `json:"consumer"`
	Audience   string   `json:"aud,omitempty"` // resource; without one it is left out (a guess: the pages differ)
	OnBehalfOf string   `json:"client_onbehalfof,omitempty"`
	IssuedAt   int64    `json:"iat"`
	Expires    int64    `json:"exp"`
	ID         string   `json:"jti"`
}

// consumer is the client's organisation, by ISO 6523: 0192 is the Norwegian
// register.
type consumer struct {
	Authority string `json:"authority"`
	ID        string `json:"ID"`
}

// accessToken is a JWT, or an opaque text where a scope demands that.
func (s *Server) accessToken(g *grant, claims accessClaims) (string, error) {
	if s.opaque(g.scopes) {
		return random(32), nil
	}
	return s.sign(claims)
}

func (s *Server) accessClaims(c *client, g *grant, now time.Time, lifetime time.Duration) accessClaims {
	return accessClaims{
		Issuer: g.issuer, Subject: s.subject(c, g.login.pid), PID: s.shownPID(g), ACR: g.login.acr, Scope: join(g.scopes), ClientID: c.ID,
		ClientAMR: c.clientAMR(), Consumer: consumer{"iso6523-actorid-upis", "0192:" + c.Org}, Audience: g.resource, OnBehalfOf: g.onBehalfOf,
		IssuedAt: now.Unix(), Expires: now.Add(lifetime).Unix(), ID: random(32),
	}
}

// idClaims is the payload of an id_token. Sources: Digdir, "ID-token" and "OnBehalfOf".
type idClaims struct {
	Issuer     string   `json:"iss"`
	Subject    string   `json:"sub"`
	Audience   string   `json:"aud"`
	PID        string   `json:"pid,omitempty"`
	ACR        string   `json:"acr"`
	AMR        []string `json:"amr"`
	AuthTime   int64    `json:"auth_time"`
	IssuedAt   int64    `json:"iat"`
	Expires    int64    `json:"exp"`
	Nonce      string   `json:"nonce,omitempty"`
	Locale     string   `json:"locale"`
	ID         string   `json:"jti"`
	Session    string   `json:"sid,omitempty"`
	OnBehalfOf string   `json:"client_onbehalfof,omitempty"`
}

func (s *Server) idToken(c *client, g *grant, now time.Time) (string, error) {
	claims := idClaims{
		Issuer: g.issuer, Subject: s.subject(c, g.login.pid), Audience: c.ID, PID: s.shownPID(g), ACR: g.login.acr, AMR: []string{"TestID"},
		AuthTime: g.login.at.Unix(), IssuedAt: now.Unix(), Expires: now.Add(idTokenLifetime).Unix(),
		Nonce: g.nonce, Locale: g.login.locale, ID: random(32), OnBehalfOf: g.onBehalfOf,
	}
	if c.SessionRequired {
		claims.Session = g.sid
	}
	return s.sign(claims)
}

// subject is another for each client, and the same each time.
func (*Server) subject(c *client, pid string) string {
	mac := hmac.New(sha256.New, []byte("pairwise subject of a sandbox, no secret"))
	_, _ = mac.Write([]byte(c.ID + "\x00" + pid))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}
