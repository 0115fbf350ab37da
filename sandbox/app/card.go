package app

import (
	"fmt"
	"io"
	"time"

	"liksom/generator"
	"liksom/sandbox"
)

// card is what the program says when it is ready.
type card struct {
	base    string
	persons int
	took    time.Duration
	clock   sandbox.ClockState
	data    string // the data folder, or ""
	profile *generator.Profile
	phones  generator.Phones
	guarded bool // whether the control API asks for the admin token
}

// cardPerson is among the persons of every sandbox: a published test number of
// Skatteetaten whose contact data is always fresh.
const cardPerson = "05840399895"

// phonesWarning says what the mobile numbers are.
var phonesWarning = [...]string{
	generator.PhonesRealistic:  "Mobilnumrene er gyldige og kan tilhøre noen: ikke send noe til dem.",
	generator.PhonesUnassigned: "Mobilnumrene er fra serier som ikke er tildelt noen, utenom katalogens, som kan tilhøre noen: ikke send noe til dem.",
	generator.PhonesForeign:    "Mobilnumrene er svenske og satt av til dikting, utenom katalogens, som kan tilhøre noen: ikke send noe til dem.",
}

// printCard prints the start card. The commands on it can be pasted as they are.
func printCard(w io.Writer, c card) error {
	clock := "følger ekte tid"
	switch {
	case !c.clock.Frozen.IsZero():
		clock = "står stille på " + sandbox.InstantOf(c.clock.Frozen).Wire()
	case c.clock.Ahead != 0:
		clock = "er flyttet " + c.clock.Ahead.Round(time.Second).String()
	}
	admin := ""
	if c.guarded {
		admin = ` -u ":$LIKSOM_ADMIN_TOKEN"`
	}
	data := "bare i minnet; ta vare på dem med --data MAPPE"
	if c.data != "" {
		data = "i " + c.data
	}
	_, err := fmt.Fprintf(w, `
  Liksom er klar etter %d ms. %s syntetiske personer, ingen av dem ekte.

  Søk i testdata     %[3]s/
  KRR                %[3]s/rest/v2/personer
  Maskinporten       %[3]s/maskinporten/.well-known/oauth-authorization-server
  ID-porten          %[3]s/idporten/.well-known/openid-configuration
  MinProfil          %[3]s/minprofil/
  Demotjeneste       %[3]s/demo/
  Styring            %[3]s/sandbox/v1/openapi.json
  Profil             %[9]s
  Registerklokken    %[4]s
  Endringer          %[6]s

  Prøv:
TOKEN=$(curl -s%[7]s -H 'Accept: text/plain' --json '{"client_id":"demo","scope":"krr:global/kontaktinformasjon.read krr:global/digitalpost.read"}' %[3]s/sandbox/v1/tokens)
curl -s -H "Authorization: Bearer $TOKEN" --json '{"personidentifikatorer":["%[5]s"]}' %[3]s/rest/v2/personer

  %[8]s Stopp med Ctrl+C.

`, c.took.Milliseconds(), thousands(c.persons), c.base, clock, cardPerson, data, admin, phonesWarning[c.phones], profileWord(c.profile))
	return err
}
