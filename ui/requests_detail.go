package ui

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"liksom/sandbox/journal"
	spoken "liksom/sandbox/words"
)

// requestView is one request, and why it was refused.
type requestView struct {
	Nr             uint64
	Method, Target string
	When           string
	OK             bool
	Lead, Text     string
	Told           string // what the answer itself says, where no code explains it; or a hint
	CodePage       link   // about the code
	Checked, Do    string
	Found, Wanted  string // as the journal has them
	Spoken         string // the language of those
	Guess          bool   // nobody has seen the real system answer so
	Explain        bool   // whether the page that explains assertions helps
	Facts          []fact
	Client         link // to all of the client's requests
	Answer         []jsonPart
	Curl, Secrets  string // the call again, and what it leaves to be filled in
	Back           string // the list without a request
}

func (w words) requestView(e *journal.Entry, u requestsURL, base string) requestView {
	v := requestView{
		Nr: e.Nr, Method: e.Method, Target: visible(target(e)), OK: e.Verdict == journal.VerdictOK,
		When: w.day(e.Time) + nbsp + w.second(e.Time) + " · " + w.took(e), Curl: curlOf(e, base),
	}
	v.Secrets = w.T("requests.secrets", strings.Join(placeholders(v.Curl), ", "))
	if len(placeholders(v.Curl)) == 0 {
		v.Secrets = ""
	}
	back := u
	back.nr = 0
	v.Back = back.String()
	if e.Client != "" {
		v.Client = link{requestsURL{client: e.Client}.String(), visible(e.Client)}
	}
	v.Facts = w.requestFacts(e)
	v.Answer = coloured(indented(e.Answer))
	if v.OK {
		v.Lead, v.Text = w.T("requests.answered", strconv.Itoa(e.Status)), w.okText(e)
		if e.Code != "" { // answered, but with something to say to the caller
			v.Told = visible(e.Reason)
		}
		return v
	}
	v.refused(w, e)
	return v
}

// refused explains a refusal as far as its code and the journal's sentence do.
func (v *requestView) refused(w words, e *journal.Entry) {
	const guessed = " (that the real Maskinporten answers just so is a guess)"
	reason, guess := strings.CutSuffix(e.Reason, guessed)
	v.Guess = guess
	v.Found, v.Wanted = splitReason(visible(reason))
	v.Spoken = spoken.English.Code()
	if e.Surface == surfaceTenor {
		v.Spoken = spoken.Bokmaal.Code()
	}
	v.Lead = w.T("requests.refused.status", strconv.Itoa(e.Status), http.StatusText(e.Status))
	var told struct {
		Error       string
		Description string `json:"error_description"`
	}
	if json.Unmarshal([]byte(e.Answer), &told) == nil && told.Error != "" {
		v.Lead, v.Told = w.T("requests.refused.status", strconv.Itoa(e.Status), visible(told.Error)), visible(told.Description)
	}
	if w.knows(e.Code) {
		v.Told = ""
		v.Lead = w.T("requests.refused", w.refusedAs(e.Code))
		v.Checked, v.Do = w.T("cause."+e.Code+".checked"), w.T("cause."+e.Code+".do")
	}
	if strings.HasPrefix(e.Code, "MP-") {
		v.CodePage = link{"/maskinporten/errors/" + url.PathEscape(e.Code), e.Code}
	}
	v.Explain = e.Surface == surfaceMaskinporten && e.Method == http.MethodPost || e.Code == "token.invalid"
}

// knows tells whether there are texts about a code.
func (w words) knows(code string) bool {
	_, ok := texts["cause."+code+".title"]
	return ok
}

// refusedAs is what a code says, with Maskinporten's codes in front.
func (w words) refusedAs(code string) string {
	title := w.T("cause." + code + ".title")
	if strings.HasPrefix(code, "MP-") {
		return code + " " + title
	}
	return title
}

func (w words) okText(e *journal.Entry) string {
	switch {
	case e.IDs > 0:
		return w.T("requests.found.of", w.number(e.Found), w.number(e.IDs))
	case e.Surface == surfaceMaskinporten && e.Method == http.MethodPost:
		return w.T("requests.token.text")
	}
	return w.T("requests.bytes", w.number(int(e.Bytes)))
}

func (w words) requestFacts(e *journal.Entry) []fact {
	facts := []fact{{Label: w.T("requests.nr"), Value: strconv.FormatUint(e.Nr, 10)}, {Label: w.T("requests.surface"), Value: e.Surface}}
	if _, ok := texts["surface."+e.Surface]; ok {
		facts[1].Value = w.T("surface." + e.Surface)
	}
	facts = append(facts, fact{Label: w.T("requests.status"), Value: strings.TrimSpace(strconv.Itoa(e.Status) + " " + http.StatusText(e.Status))})
	if e.IDs > 0 {
		facts = append(facts, fact{Label: w.T("requests.persons"), Value: w.T("requests.found.of", w.number(e.Found), w.number(e.IDs))})
	}
	facts = append(facts, fact{Label: w.T("requests.size"), Value: w.T("requests.bytes", w.number(int(e.Bytes)))})
	if e.Code != "" {
		facts = append(facts, fact{Label: w.T("requests.code"), Value: visible(e.Code)})
	}
	if e.TraceID != "" {
		facts = append(facts, fact{Label: w.T("requests.trace"), Value: e.TraceID})
	}
	return facts
}

// splitReason takes a sentence of the journal apart into what was found and what
// would be right. Quoted values are left whole, and so is a sentence that goes on
// about "the" thing that it found. One that begins with what to send tells only that.
func splitReason(s string) (found, wanted string) {
	if strings.HasPrefix(s, "Send ") {
		return "", s
	}
	quoted := false
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && quoted:
			i++
		case s[i] == '"':
			quoted = !quoted
		case quoted:
		default:
			for _, by := range []string{" but must be ", ", but must be ", "; it must be ", "; they must be ", " is refused: ", "; "} {
				if rest, ok := strings.CutPrefix(s[i:], by); ok && rest != "" && (by != "; " || !strings.HasPrefix(rest, "the ")) {
					return s[:i], rest
				}
			}
		}
	}
	return s, ""
}

// indented is JSON made readable; a text that is none stays as it is.
func indented(s string) string {
	var b bytes.Buffer
	if json.Indent(&b, []byte(s), "", "  ") != nil {
		return s
	}
	return b.String()
}
