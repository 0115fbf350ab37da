package ui

import (
	"strings"
	"testing"

	"liksom/sandbox"
)

func TestPerson_says_the_right_words_for_each_state(t *testing.T) {
	t.Parallel()
	s := castStage(t)
	for word, wants := range map[string][]string{
		"fresh":        {"Kan varsles – på SMS og e-post Begge kanalene er ferske.", "Begge kanalene er ferske: KAN_VARSLES.", "86 år"},
		"sms":          {"Kan varsles – bare på SMS E-posten utgikk 11. sep. 2026 og skal ikke brukes til varsel.", "E-post er utgått. Nyeste dato er bekreftet 11. mars 2025. Den måtte vært etter 22. mai 2025.", "18-månedersregelen, eForvaltningsforskriften § 32 andre ledd", "Mobil er fersk til 19. feb. 2028.", "Én fersk kanal er nok: KAN_VARSLES.", "mottakeren må selv la være å bruke e-posten.", "mann · Bergen ·", "Kommune 4601 Bergen", "Antakelse: kildene sier ikke"},
		"mobile":       {"Kan varsles – bare på SMS E-post mangler i registeret.", "E-post mangler. Registeret har ingen verdi."},
		"expired":      {"Kan ikke varsles – utgått E-posten utgikk 11. sep. 2026", "Ingen fersk kanal: KAN_IKKE_VARSLES.", "holdes tilbake under kontakt-scopet", "kontaktinformasjon , digital_post , sertifikat (alle kanaler er utgått)"},
		"expiring":     {"Kan varsles – på SMS og e-post E-posten går ut 20. des. 2026.", "E-post går snart ut: 20. des. 2026."},
		"reserved":     {"Kan ikke varsles – reservert Personen reserverte seg 22. juli 2023", "reservasjon JA siden 22. juli 2023", "avgjør ikke : E-post er fersk", "digital_post , sertifikat (personen er reservert)"},
		"deleted":      {"Kan ikke varsles – slettet", "SLETTET", "(statusen er SLETTET)"},
		"unregistered": {"Kan ikke varsles – ikke registrert", "v2 utelater personen fra svaret, fordi statusen er IKKE_REGISTRERT."},
		"contact":      {"Kan ikke varsles – ingen kontaktinfo", "kildene sier ikke hva som gjelder for den som ikke har noen kanal"},
		"d-number":     {"D-nummer (Tenor-serie, måned +80)", "e-Boks"},
		"inactive":     {"Digipost, ikke i bruk", "digital_post , sertifikat (postkassen er ikke i bruk)"},
		"certificate":  {"Sertifikat utløpt", "e-Boks, tidligere org.nr."},
		"shared":       {"person1@example.test", ", delt", "Sertifikat mangler"},
		"long":         {"annemargretheelisabeth.trekkfuglstad50@example.test"},
		"hostile":      {`<script>alert(1)</script>"'&`, "E-posten har ingen dato som teller"},
	} {
		t.Run(word, func(t *testing.T) {
			t.Parallel()
			w := s.get(t, "/person/"+s.ids[word].Digits())
			text := strings.ReplaceAll(read(w), " :", ":")
			if w.Code != 200 {
				t.Fatalf("status %d", w.Code)
			}
			for _, want := range wants {
				if !strings.Contains(text, strings.ReplaceAll(want, " :", ":")) {
					t.Errorf("no %q in %q", want, text)
				}
			}
			if strings.Contains(w.Body.String(), "<script>alert") || strings.Contains(w.Body.String(), "<img/") {
				t.Error("a value of the register became markup")
			}
		})
	}
}

func TestPerson_shows_the_answer_that_the_URL_asks_for(t *testing.T) {
	t.Parallel()
	s := castStage(t)
	page := "/person/" + s.ids["sms"].Digits()
	for query, wants := range map[string][]string{
		"":                                 {`"version": 2`, `"scopes": 3`, "/rest/v2/personer", "krr:global/kontaktinformasjon.read krr:global/digitalpost.read"},
		"?ver=v1&scope=post":               {`"version": 1`, `"scopes": 2`, "/rest/v1/personer", "varslingsstatus , kontaktinformasjon , spraak (krever scope krr:global/kontaktinformasjon.read)"},
		"?scope=kontakt":                   {`"scopes": 1`, "digital_post , sertifikat (krever scope krr:global/digitalpost.read)"},
		"?ver=v3&scope=<b>&q=sindig+trekk": {`"version": 2`, `"scopes": 3`},
	} {
		w := s.get(t, page+strings.ReplaceAll(query, "<b>", "%3Cb%3E"))
		body := read(w) + strings.NewReplacer("&#34;", `"`, "&#39;", "'").Replace(w.Body.String())
		for _, want := range wants {
			if !strings.Contains(body, want) && !strings.Contains(strings.ReplaceAll(body, `": `, `" : `), want) && !strings.Contains(strings.ReplaceAll(body, `" :`, `":`), want) {
				t.Errorf("%s: no %q", query, want)
			}
		}
	}
}

func TestCurl_fetches_a_token_and_then_the_person(t *testing.T) {
	t.Parallel()
	id, _ := numberFor(sandbox.Date{Year: 1952, Month: 3, Day: 14}, 0, false)
	got := curl("http://127.0.0.1:8080", id, 2, []string{contactScopeName})
	want := `TOKEN=$(curl -s -H 'Accept: text/plain' --json '{"client_id":"demo","scope":"krr:global/kontaktinformasjon.read"}' http://127.0.0.1:8080/sandbox/v1/tokens)
curl -s -H "Authorization: Bearer $TOKEN" --json '{"personidentifikatorer":["` + id.Digits() + `"]}' http://127.0.0.1:8080/rest/v2/personer
`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestJSON_is_whole_save_for_long_values(t *testing.T) {
	t.Parallel()
	text := "{\n  \"a\": \"b\",\n  \"c\": \"" + strings.Repeat("å", 300) + "\",\n  \"d\": \"\u202e\"\n}"
	parts, shortened := jsonParts(text)
	var got strings.Builder
	var keys []string
	for _, p := range parts {
		got.WriteString(p.Text)
		if p.Key {
			keys = append(keys, p.Text)
		}
	}
	want := "{\n  \"a\": \"b\",\n  \"c\": \"" + strings.Repeat("å", longest/2-8) + "…\",\n  \"d\": \"\\u202e\"\n}"
	if got.String() != want || !shortened || strings.Join(keys, " ") != `"a" "c" "d"` {
		t.Errorf("got %q with keys %v, want %q", got.String(), keys, want)
	}
}
