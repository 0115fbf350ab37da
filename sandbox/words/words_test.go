package words

import (
	"reflect"
	"testing"
)

func TestAccepted_is_what_the_browser_asks_for(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]Language{
		"":                                 Bokmaal,
		"*":                                Bokmaal,
		"nb-NO,nb;q=0.9":                   Bokmaal,
		"no":                               Bokmaal,
		"nn-NO, nb;q=0.8":                  Nynorsk,
		"en-GB,en;q=0.9,nb;q=0.8":          English,
		"de, fr;q=0.9, en;q=0.5, nn;q=0.6": Nynorsk,
		"de, *;q=0.1":                      Bokmaal,
		"sv":                               Bokmaal,
		"en;q=0, nn;q=0.1":                 Nynorsk,
		"nb;q=0.5, en;q=0.5":               Bokmaal,
		"en;q=much":                        Bokmaal,
		";;,,q=1":                          Bokmaal,
		"EN":                               English,
	} {
		if got := Accepted(header); got != want {
			t.Errorf("%q gives %v, want %v", header, got.Code(), want.Code())
		}
	}
}

func TestT_says_it_in_the_language(t *testing.T) {
	t.Parallel()
	table := Table{"years": {"%d år", Same, "%d years"}, "and": {"og", Same, "and"}}
	for _, tc := range []struct {
		language Language
		key      string
		args     []any
		want     string
	}{
		{Bokmaal, "and", nil, "og"},
		{Nynorsk, "and", nil, "og"},
		{English, "and", nil, "and"},
		{Nynorsk, "years", []any{7}, "7 år"},
		{English, "years", []any{7}, "7 years"},
		{English, "never", []any{7}, "[never]"},
	} {
		if got := (Words{tc.language, table}).T(tc.key, tc.args...); got != tc.want {
			t.Errorf("%s in %s is %q, want %q", tc.key, tc.language.Code(), got, tc.want)
		}
	}
}

func TestLinks_offer_every_language_and_mark_one(t *testing.T) {
	t.Parallel()
	got := Nynorsk.Links(func(l Language) string { return "/?sprak=" + l.Code() })
	want := []Link{{Bokmaal, "/?sprak=nb", false}, {Nynorsk, "/?sprak=nn", true}, {English, "/?sprak=en", false}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}
