package ui

import (
	"maps"
	"math"

	"liksom/sandbox"
	"liksom/sandbox/query"
)

// always makes a way of any word with the same wish for one member.
func always(path string) func(string, query.Clock) []wishes {
	return func(word string, _ query.Clock) []wishes { return []wishes{{path: valued(word)}} }
}

// valueMembers give the ways to each word of the fields that a person can be made
// by.
var valueMembers = map[string]func(word string, c query.Clock) []wishes{
	"status":            always("status"),
	"reservasjon":       always("reservasjon"),
	"spraak":            always("spraak"),
	"kjoenn":            always("kjoenn"),
	"personstatus":      always("personstatus"),
	"identifikatorType": always(kindMember),
	"fylke":             always(wishCounty),
	"serie":             always(wishSeries),
	"postkasse":         mailboxWays,
	"postkassetilstand": ofMailbox("postkassetilstand"),
	"sertifikat":        ofMailbox("sertifikattilstand"),
	"harEpost":          channelWays(emailMember),
	"harMobil":          channelWays(mobileMember),
	"epostTilstand":     stateWays(emailMember),
	"mobilTilstand":     stateWays(mobileMember),
	"epostDuplisert":    sharedWays(emailMember, wishEmailShared),
	"mobilDuplisert":    sharedWays(mobileMember, wishMobileShared),
}

// valueWays are those of every word that a term allows. varslingsstatus follows
// from others; it is put in here so that the table need not name itself.
func valueWays(n query.OneOf, c query.Clock) []wishes {
	of := valueMembers[n.Field.Name]
	if n.Field.Name == "varslingsstatus" {
		of = noticeWays
	}
	if of == nil {
		return nil
	}
	var ways []wishes
	for i, v := range n.Field.Values {
		if n.Values>>i&1 != 0 {
			ways = append(ways, of(v.Word, c)...)
		}
	}
	return ways
}

func mailboxWays(word string, _ query.Clock) []wishes {
	switch word {
	case "digipost":
		return []wishes{{providerMember: valued(sandbox.Digipost.Org())}}
	case "eboks":
		return []wishes{{providerMember: valued(sandbox.EBoks.Org())}, {providerMember: valued(sandbox.EBoksOld.Org())}}
	}
	return []wishes{{providerMember: {has: none}}}
}

func ofMailbox(path string) func(string, query.Clock) []wishes {
	return func(word string, _ query.Clock) []wishes {
		return []wishes{{path: valued(word), providerMember: {has: some}}}
	}
}

func channelWays(path string) func(string, query.Clock) []wishes {
	return func(word string, _ query.Clock) []wishes {
		if word == "JA" {
			return []wishes{{path: {has: some}}}
		}
		return []wishes{{path: {has: none}}}
	}
}

func sharedWays(path, shared string) func(string, query.Clock) []wishes {
	return func(word string, _ query.Clock) []wishes {
		return []wishes{{path: {has: some}, shared: valued(word)}}
	}
}

// stateWays are those by the 18-month rule: fresh by one of the dates that count,
// or expired by both.
func stateWays(path string) func(string, query.Clock) []wishes {
	updated, confirmed := path+"_oppdatert", path+"_sist_verifisert"
	return func(word string, c query.Clock) []wishes {
		fresh, expired := within(int64(c.Limit)+1, int64(c.Now)), within(math.MinInt64, int64(c.Limit))
		switch word {
		case "fersk":
			return []wishes{{path: {has: some}, confirmed: fresh}, {path: {has: some}, updated: fresh}}
		case "utgaatt":
			return []wishes{{path: {has: some}, updated: expired, confirmed: expired}}
		}
		return []wishes{{path: {has: none}}}
	}
}

func noticeWays(word string, c query.Clock) []wishes {
	email, mobile := stateWays(emailMember), stateWays(mobileMember)
	if word == "KAN_VARSLES" {
		ways := append(mobile("fersk", c), email("fersk", c)...)
		for i := range ways {
			maps.Copy(ways[i], wishes{"status": valued("AKTIV"), "reservasjon": valued("NEI")})
		}
		return ways
	}
	ways := []wishes{{"reservasjon": valued("JA")}, {"status": valued("SLETTET")}, {"status": valued("IKKE_REGISTRERT")}}
	for _, e := range []string{"utgaatt", "mangler"} {
		for _, m := range []string{"utgaatt", "mangler"} {
			ways = append(ways, each(email(e, c), mobile(m, c))...)
		}
	}
	return ways
}

// momentMembers are the members behind the fields that hold a moment, with what
// must be there for the moment to be kept.
var momentMembers = map[string]struct {
	path  string
	needs wishes
}{
	"reservasjonstidspunkt": {"reservasjonstidspunkt", wishes{"reservasjon": valued("JA")}},
	"reservasjonOppdatert":  {"reservasjon_oppdatert", wishes{"reservasjon": {has: some}}},
	"spraakOppdatert":       {"spraak_oppdatert", wishes{"spraak": {has: some}}},
	"epostOppdatert":        {emailMember + "_oppdatert", wishes{emailMember: {has: some}}},
	"epostSistVerifisert":   {emailMember + "_sist_verifisert", wishes{emailMember: {has: some}}},
	"epostSistValidert":     {emailMember + "_sist_validert", wishes{emailMember: {has: some}}},
	"mobilOppdatert":        {mobileMember + "_oppdatert", wishes{mobileMember: {has: some}}},
	"mobilSistVerifisert":   {mobileMember + "_sist_verifisert", wishes{mobileMember: {has: some}}},
	"mobilSistValidert":     {mobileMember + "_sist_validert", wishes{mobileMember: {has: some}}},
}

// rangeWays are those of limits; nothing lies ahead of the clock.
func rangeWays(field string, low, high int64, c query.Clock) []wishes {
	today := dayNumber(c.Today)
	switch field {
	case fieldAge.Name:
		if low > oldest || high < 0 {
			return nil
		}
		youngest := c.Today.AddYears(-int(max(low, 0)))
		eldest := c.Today.AddYears(-int(min(high, oldest)) - 1).AddDays(1)
		return []wishes{{birthMember: within(dayNumber(eldest), dayNumber(youngest))}}
	case birthMember:
		if low > today {
			return nil
		}
		return []wishes{{birthMember: within(low, min(high, today))}}
	}
	m, ok := momentMembers[field]
	if !ok || low > int64(c.Now) || low > high || high < 1 {
		return nil
	}
	way := maps.Clone(m.needs)
	way[m.path] = within(low, min(high, int64(c.Now)))
	return []wishes{way}
}

// dayNumber is the number by which birth dates are compared: 20031231.
func dayNumber(d sandbox.Date) int64 {
	return int64(d.Year)*10_000 + int64(d.Month)*100 + int64(d.Day)
}
