package app

import (
	"encoding/json"
	"encoding/pem"
	"net/http"
)

type certCommand struct {
	serverFlag
	Org   string `default:"310000019" placeholder:"NUMBER" help:"Organisation whose certificate it is (${default}); another than the client's own is refused."`
	State string `default:"valid" enum:"valid,expired,not_yet_valid,revoked,production" placeholder:"STATE" help:"${enum} (${default}); all but valid are refused."`
	Part  string `default:"all" enum:"all,chain,leaf,key" placeholder:"PART" help:"What to print: ${enum} (${default})."`
}

// Run prints an enterprise certificate that the sandbox makes.
func (c *certCommand) Run(s streams) error {
	body, err := json.Marshal(map[string]string{"orgno": c.Org, "state": c.State})
	if err != nil {
		return err
	}
	answer, err := c.call(s.ctx, http.MethodPost, "/sandbox/v1/certificates", "*/*", body)
	if err != nil {
		return err
	}
	_, err = s.out.Write(partOf(answer, c.Part))
	return err
}

// partOf picks blocks of a PEM text: chain is every certificate, leaf the first.
func partOf(text []byte, part string) []byte {
	var out []byte
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		isKey := block.Type != "CERTIFICATE"
		if part == "all" || isKey == (part == "key") && (part != "leaf" || out == nil) {
			out = append(out, pem.EncodeToMemory(block)...)
		}
	}
	return out
}
