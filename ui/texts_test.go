package ui

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Texts that are rightly the same in nynorsk or English as in bokmål.
var (
	sameInNynorsk = strings.Fields(`
		menu.language theme.auto theme.light theme.dark copied copy.number copy.json copy.curl copy.call clock and
		age.today age.day age.months age.future years axis search.button search.hits search.of search.next col.person col.notice col.mailbox
		error.again email mobile the.email the.mobile fresh expiring expired shared updated validated none cert.valid cert.last certificate certificate.valid certificate.last
		by.both not.reserved not.contact not.expired because.expiring because.reserved because.reserved.at because.contact rule.passed
		rule.reserved rule.reserved.text rule.fresh rule.expired rule.missing.text rule.expiring source.status
		timeline timeline.limit timeline.limit.at timeline.until key status reservation born civil sex sex.1 sex.2 spoken spoken.nb spoken.nn spoken.en spoken.se
		id.birth id.d identifier person.next answer answer.json answer.version answer.scope scope.begge scope.kontakt scope.post
		omit.status omit.reserved omit.unvalidated updated.short search.first search.pages source.filter omit.unnotified rule.none reset.menu reset.button reset.cancel
		nav.pages stats.title stats.active stats.reserved stats.boxes stats.expired stats.ages stats.men stats.women stats.with stats.table stats.age stats.wanted
		stats.here stats.fresh.of stats.group.email stats.group.mobile stats.group.mailbox stats.group.language stats.state.reserved stats.state.expired
		stats.state.no_contact stats.state.digipost stats.state.eboks stats.state.none stats.shares stats.of stats.interval stats.kind.counted stats.kind.estimated
		nav.help cast.of cast.person cast.mark cast.more cast.all cast.groups cast.case number number.label number.button number.answer number.good`)
	sameInEnglish = strings.Fields(`cast.person col.person status rule.reserved.text stats.state.digipost stats.state.eboks`)
)

func TestTexts_are_whole_in_three_languages(t *testing.T) {
	t.Parallel()
	verbs := regexp.MustCompile(`%[sd]`)
	for key, text := range texts {
		want := verbs.FindAllString(text.nb, -1)
		for name, s := range map[string]string{"nb": text.nb, "nn": text.nn, "en": text.en} {
			if strings.TrimSpace(s) == "" {
				t.Errorf("%s is empty in %s", key, name)
			}
			if got := verbs.FindAllString(s, -1); !slices.Equal(got, want) {
				t.Errorf("%s has %v in %s and %v in nb", key, got, name, want)
			}
			if strings.Contains(s, "!") {
				t.Errorf("%s shouts in %s", key, name)
			}
		}
		if same := text.nn == text.nb; same != slices.Contains(sameInNynorsk, key) {
			t.Errorf("%s: nynorsk like bokmål is %t; the list says otherwise", key, same)
		}
		if same := text.en == text.nb; same != slices.Contains(sameInEnglish, key) {
			t.Errorf("%s: English like bokmål is %t; the list says otherwise", key, same)
		}
	}
	for _, key := range slices.Concat(sameInNynorsk, sameInEnglish) {
		if _, ok := texts[key]; !ok {
			t.Errorf("the lists speak of %s, which is no text", key)
		}
	}
	for _, l := range languages {
		if got := len(strings.Fields(words{l}.T("months"))); got != 12 {
			t.Errorf("%s has %d months", l.code(), got)
		}
	}
}

// Every text that is asked for is there, and every text is asked for.
func TestTexts_are_those_that_are_used(t *testing.T) {
	t.Parallel()
	var sources strings.Builder
	err := filepath.WalkDir(".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || strings.HasSuffix(file, "_test.go") || file == "texts.go" || filepath.Ext(file) != ".go" && filepath.Ext(file) != ".html" {
			return err
		}
		b, err := os.ReadFile(file)
		sources.Write(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	code := strings.NewReplacer(" +", "+", "+ ", "+").Replace(sources.String())
	for _, m := range regexp.MustCompile(`\.?T[( ]"([^"]+)"(\+)?`).FindAllStringSubmatch(code, -1) {
		if _, ok := texts[m[1]]; !ok && m[2] == "" {
			t.Errorf("%s is asked for and not there", m[1])
		}
	}
	for key := range texts {
		prefix := key[:strings.LastIndex(key, ".")+1]
		suffix := key[strings.LastIndex(key, ".")+1:]
		if !strings.Contains(code, `"`+key+`"`) && (prefix == "" || !strings.Contains(code, `"`+prefix+`"+`)) && !strings.Contains(code, `+".`+suffix+`"`) {
			t.Errorf("%s is never asked for", key)
		}
	}
}
