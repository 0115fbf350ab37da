package admin

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"liksom/sandbox"
)

// pemType is the type that PEM files are served with by custom.
const pemType = "application/x-pem-file"

type certificateRequest struct {
	Orgno string `json:"orgno" required:"true" pattern:"^[0-9]{9}$" description:"whose certificate it is"`
	State string `json:"state" enum:"valid,expired,not_yet_valid,revoked,production" default:"valid" description:"production: issued for the other environment"`
}

// pemText is certificates and a private key, one after the other.
type pemText string

type keysAnswer struct {
	Keys []string `json:"keys" required:"true" nullable:"false" description:"kid of the key that signs, of the next one, and of those before"`
}

var (
	enterpriseStates = []string{"valid", "expired", "not_yet_valid", "revoked", "production"}
	orgShape         = regexp.MustCompile(`^[0-9]{9}$`)
)

func (a *api) makeCertificate(c echo.Context) error {
	r := certificateRequest{State: enterpriseStates[0]}
	if err := readJSON(c.Request(), maxBody, &r); err != nil {
		return err
	}
	if !orgShape.MatchString(r.Orgno) {
		return invalid("certificate.orgno", fmt.Sprintf(`orgno is %q; it must be nine digits: {"orgno":"310000019"}`, sandbox.Short(r.Orgno)))
	}
	if !slices.Contains(enterpriseStates, r.State) {
		return invalid("certificate.state", fmt.Sprintf("state is %q; it must be one of %s", sandbox.Short(r.State), strings.Join(enterpriseStates, ", ")))
	}
	made, err := a.c.Certificate(r.Orgno, r.State)
	if err != nil {
		return err
	}
	return c.Blob(http.StatusOK, pemType, made)
}

func (a *api) rotateKeys(c echo.Context) error {
	keys, err := a.c.RotateKeys()
	if err != nil {
		return err
	}
	return writeJSON(c, keysAnswer{keys})
}
