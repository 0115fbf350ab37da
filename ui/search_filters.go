package ui

import (
	"math"
	"net/url"
	"slices"
	"strconv"

	"liksom/sandbox/query"
)

// filterGroup is a part of the filters.
type filterGroup struct {
	name    string // in ids
	title   string // key of its text
	prefix  string // key of what stands before a value in a chip
	folded  bool
	age     bool // from and to, and no options
	names   bool // the texts of its options keep their first letters
	options []filterOption
}

// filterOption is a value that can be ticked.
type filterOption struct {
	field *query.Field
	value int    // index among the field's
	text  string // key; "" for a word that is a name in every language
	hint  string // key
}

// filterGroups are all filters, in the order in which their terms stand in a query.
var filterGroups = []filterGroup{
	{name: "alder", title: "filter.age", age: true},
	{name: "varsling", title: "filter.notice", options: choices("varslingsstatus", "KAN_VARSLES", "can", "KAN_IKKE_VARSLES", "cannot")},
	{name: "epost", title: "email", prefix: "email", options: channelChoices("epostTilstand")},
	{name: "mobil", title: "mobile", prefix: "mobile", options: channelChoices("mobilTilstand")},
	{name: "reservasjon", title: "reservation", options: choices("reservasjon", "NEI", "filter.unreserved", "JA", "not.reserved")},
	{name: "postkasse", title: "filter.mailbox", names: true, options: choices("postkasse", "digipost", "filter.digipost", "eboks", "filter.eboks", "ingen", "filter.nobox")},
	{name: "status", title: "status", folded: true, options: choices("status", "AKTIV", "filter.active", "SLETTET", "not.deleted", "IKKE_REGISTRERT", "not.registered")},
	{name: "spraak", title: "spoken", prefix: "spoken", folded: true, options: choices("spraak", "nb", "spoken.nb", "nn", "spoken.nn", "en", "spoken.en", "se", "spoken.se")},
	{name: "kjoenn", title: "sex", folded: true, options: choices("kjoenn", "kvinne", "sex.1", "mann", "sex.2")},
	{name: "fylke", title: "filter.county", folded: true, names: true, options: counties()},
	{name: "nummer", title: "number", folded: true, options: choices("identifikatorType", "foedselsnummer", "id.birth", "dNummer", "id.d")},
	{name: "sertifikat", title: "certificate", prefix: "certificate", folded: true, options: choices("sertifikat", "gyldig", "certificate.valid", "utloept", "certificate.past", "utloeper", "certificate.last", "mangler", "certificate.none")},
	{name: "delt", title: "filter.shared", folded: true, options: slices.Concat(choices("epostDuplisert", "JA", "filter.email.shared"), choices("mobilDuplisert", "JA", "filter.mobile.shared"))},
	{name: "personstatus", title: "civil", folded: true, options: choices("personstatus", "bosatt", "filter.resident", "utflyttet", "filter.emigrated", "doed", "filter.dead")},
}

// choices are options of a field: value and key of its text, in turn.
func choices(field string, pairs ...string) []filterOption {
	f := query.Find(field)
	var out []filterOption
	for i := 0; i < len(pairs); i += 2 {
		value := slices.IndexFunc(f.Values, func(c query.Choice) bool { return c.Word == pairs[i] })
		out = append(out, filterOption{field: f, value: value, text: pairs[i+1]})
	}
	return out
}

func channelChoices(field string) []filterOption {
	all := choices(field, "fersk", "fresh", "utgaatt", "expired", "mangler", "missing")
	all[1].hint = "filter.expired.hint"
	return all
}

func counties() []filterOption {
	f := query.Find("fylke")
	out := make([]filterOption, len(f.Values))
	for i := range out {
		out[i] = filterOption{field: f, value: i}
	}
	return out
}

func (w words) option(o filterOption) string {
	if o.text == "" {
		return o.field.Values[o.value].Aliases[0]
	}
	return w.T(o.text)
}

// filterView is the column of filters.
type filterView struct {
	Groups []groupView
	Rest   string // what the filters leave of the query
	Sort   string
	Chosen int
}

type groupView struct {
	Name, Title string
	Open        bool
	Age         bool
	From, To    string
	Spans       []spanView
	Options     []optionView
}

// spanView is a span of ages that one click chooses.
type spanView struct {
	Label, URL string
	Chosen     bool
}

type optionView struct {
	Field, Value, Label, Hint, Count string
	Chosen, None                     bool
}

// ageSpans are offered beside from and to.
var ageSpans = []ages{{0, 17, true}, {18, 29, true}, {30, 49, true}, {50, 70, true}, {71, math.MaxInt64, true}}

func (w words) filters(c criteria, u searchURL, facets []query.Facet) filterView {
	v := filterView{Rest: spelt(append(append([]query.Node{}, c.words...), c.own...)), Sort: u.sort, Chosen: len(c.filtered()) + len(c.own)}
	counts := map[*query.Field][]int{}
	for _, f := range facets {
		counts[f.Field] = f.Counts
	}
	for _, g := range filterGroups {
		one := groupView{Name: g.name, Title: w.T(g.title), Open: !g.folded}
		one.Title = sentence(one.Title)
		if g.age {
			w.ageFilter(&one, c, u)
		}
		for _, o := range g.options {
			option := w.optionView(o, c, counts[o.field])
			if !g.names {
				option.Label = sentence(option.Label)
			}
			one.Open = one.Open || option.Chosen
			one.Options = append(one.Options, option)
		}
		v.Groups = append(v.Groups, one)
	}
	return v
}

func (w words) optionView(o filterOption, c criteria, counts []int) optionView {
	v := optionView{
		Field: o.field.Name, Value: o.field.Values[o.value].Word, Label: w.option(o),
		Chosen: c.chosen[o.field].Values>>o.value&1 != 0,
	}
	if o.hint != "" {
		v.Hint = w.T(o.hint)
	}
	if len(counts) > o.value {
		v.Count, v.None = w.number(counts[o.value]), counts[o.value] == 0
	}
	return v
}

func (w words) ageFilter(v *groupView, c criteria, u searchURL) {
	v.Age = true
	if c.ages.set && c.ages.low != math.MinInt64 {
		v.From = strconv.FormatInt(c.ages.low, 10)
	}
	if c.ages.set && c.ages.high != math.MaxInt64 {
		v.To = strconv.FormatInt(c.ages.high, 10)
	}
	for _, span := range ageSpans {
		other := c
		one := spanView{Label: w.agesLabel(span), Chosen: c.ages.set && max(c.ages.low, 0) == span.low && c.ages.high == span.high}
		if other.ages = span; one.Chosen {
			other.ages = ages{}
		}
		one.URL = u.anew(spelt(other.terms())).String()
		v.Spans = append(v.Spans, one)
	}
}

// oldest is above every age that one asks for.
const oldest = 150

// choose reads the fields of the filters into criteria.
func (c *criteria) choose(form url.Values) {
	for _, g := range filterGroups {
		if g.age {
			c.ages = ages{ageField(form.Get("alderFra"), math.MinInt64), ageField(form.Get("alderTil"), math.MaxInt64), true}
		}
		for _, o := range g.options {
			if slices.Contains(form[o.field.Name], o.field.Values[o.value].Word) {
				c.chosen[o.field] = query.OneOf{Field: o.field, Values: c.chosen[o.field].Values | 1<<o.value}
			}
		}
	}
}

func ageField(text string, otherwise int64) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 || n > oldest {
		return otherwise
	}
	return n
}
