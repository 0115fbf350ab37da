package query_test

import (
	"testing"
	"time"

	"liksom/sandbox"
)

// now is the moment of these tests.
var now = at("2026-11-25T12:00:00+01")

func at(wire string) sandbox.Instant {
	i, err := sandbox.ParseInstant(wire)
	if err != nil {
		panic(err)
	}
	return i
}

func date(s string) sandbox.Date {
	d, err := sandbox.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func number(birth string, individual int, dNumber bool, series sandbox.Series) sandbox.PersonID {
	for ; individual < 1000; individual += 2 { // the next of the same sex
		if id, ok := sandbox.MakePersonID(date(birth), individual, dNumber, series); ok {
			return id
		}
	}
	panic("no number")
}

func tenor(birth string, individual int) sandbox.PersonID {
	return number(birth, individual, false, sandbox.SeriesTenor)
}

// cast are the persons of these tests by a short name. Fresh, stale and the
// like are as of now.
func cast() map[string]sandbox.Person {
	ola, kari, per := tenor("1980-05-17", 101), tenor("1982-02-28", 100), tenor("2010-06-15", 501)
	fresh, stale := at("2026-08-25T10:00:00+02"), at("2025-01-10T08:00:00+01")
	c := map[string]sandbox.Person{
		"ola": {
			ID: ola, FirstName: "Ola", LastName: "Nordmann", Municipality: 301, Scenario: "fersk-alt",
			Kin:    sandbox.MakeKin(sandbox.Relative{Relation: sandbox.Partner, ID: kari}, sandbox.Relative{Relation: sandbox.Child, ID: per}),
			Status: sandbox.Active, Registered: at("2015-03-01T12:00:00+01"), Changed: at("2026-09-01T07:30:00+02"),
			Email:   sandbox.Channel{Value: "Ola.Nordmann@example.com", Updated: fresh, Confirmed: at("2026-09-01T07:30:00+02"), Validated: fresh},
			Mobile:  sandbox.Channel{Value: "+4798765432", Updated: fresh, Shared: true},
			Mailbox: sandbox.Mailbox{Address: "ola.nordmann#9YDT", Provider: sandbox.Digipost}, Language: sandbox.Bokmaal, LanguageUpdated: fresh,
		},
		"kari": {
			ID: kari, FirstName: "Kari Anne", LastName: "Ødegård", Municipality: 301, Scenario: "",
			Kin:    sandbox.MakeKin(sandbox.Relative{Relation: sandbox.Partner, ID: ola}, sandbox.Relative{Relation: sandbox.Child, ID: per}),
			Status: sandbox.Active, Registered: at("2016-01-01T00:00:00+01"), Changed: stale,
			Email:   sandbox.Channel{Value: "kari+krr@example.org", Updated: stale},
			Mailbox: sandbox.Mailbox{Address: "0012345678", Provider: sandbox.EBoksOld, Certificate: sandbox.CertificateExpired}, Language: sandbox.Nynorsk, LanguageUpdated: stale,
		},
		"per": {
			ID: per, FirstName: "Per", LastName: "Nordmann", Municipality: 4601,
			Kin:    sandbox.MakeKin(sandbox.Relative{Relation: sandbox.Father, ID: ola}, sandbox.Relative{Relation: sandbox.Mother, ID: kari}),
			Status: sandbox.Active, Registered: at("2025-06-15T09:00:00+02"), Changed: at("2025-12-31T23:59:59+01"),
			Mobile: sandbox.Channel{Value: "98 76 54 32", Updated: at("2025-12-31T23:59:59+01"), Shared: true},
		},
		"aase": {
			ID: tenor("1950-01-01", 200), FirstName: "Åse", LastName: "Bjørk", Municipality: 5001, Scenario: "reservert-med-kontakt",
			Status: sandbox.Active, Registered: at("2014-02-01T12:00:00+01"), Changed: fresh, Reserved: true, ReservedAt: at("2020-01-01T12:00:00+01"), ReservationUpdated: at("2020-01-01T12:00:00+01"),
			Email: sandbox.Channel{Value: "aase@post.test", Updated: fresh}, Mobile: sandbox.Channel{Value: "+4741234567", Updated: stale}, Language: sandbox.Bokmaal, LanguageUpdated: stale,
		},
		"boerge": {
			ID: number("1999-12-31", 101, true, sandbox.SeriesTenor), FirstName: "Børge", LastName: "Æsop-Lie", Municipality: 1505,
			Status: sandbox.Active, Registered: at("2026-11-24T23:59:59+01"), Changed: at("2026-11-25T00:00:00+01"),
			Mobile: sandbox.Channel{Value: "+46701740605", Updated: at("2026-11-25T00:00:00+01")}, Language: sandbox.English, LanguageUpdated: at("2026-11-25T00:00:00+01"),
		},
		"borte": {
			ID: tenor("1970-07-07", 300), FirstName: "Sletta", LastName: "Person", Municipality: 301, Scenario: "slettet",
			Status: sandbox.Deleted, Registered: at("2015-01-01T12:00:00+01"), DeletedAt: at("2026-01-01T12:00:00+01"), Changed: at("2026-01-01T12:00:00+01"),
			Reserved: true, ReservedAt: at("2020-01-01T12:00:00+01"),
			Email: sandbox.Channel{Value: "borte@example.com", Updated: fresh, Shared: true}, Mailbox: sandbox.Mailbox{Address: "borte#AAAA", Provider: sandbox.Digipost}, Language: sandbox.Sami,
		},
		"ukjent": {
			ID: tenor("2000-02-29", 501), FirstName: "Viktig", LastName: "Boksamling", Scenario: "ikke-registrert", Status: sandbox.NotRegistered,
		},
		"doed": {
			ID: tenor("1921-03-04", 100), FirstName: "Gammel", LastName: "Klokke", Municipality: 5601, Scenario: "doed", Civil: sandbox.Dead,
			Status: sandbox.Active, Registered: at("2014-01-01T12:00:00+01"), Changed: at("2026-06-01T12:00:00+02"),
			Email: sandbox.Channel{Value: "doed@example.net", Updated: at("2019-01-01T12:00:00+01"), Confirmed: at("2026-06-01T12:00:00+02")}, Language: sandbox.Sami, LanguageUpdated: stale,
		},
		"eksakt": {
			ID: tenor("2008-11-25", 500), FirstName: "Presis", LastName: "Klokke", Municipality: 3401, Scenario: "atten-mnd-eksakt",
			Status: sandbox.Active, Registered: at("2024-01-01T12:00:00+01"), Changed: at("2025-05-25T12:00:00+02"),
			Email: sandbox.Channel{Value: "presis@example.com", Updated: at("2025-05-25T12:00:00+02"), Validated: at("2026-11-24T12:00:00+01")}, Language: sandbox.Bokmaal,
		},
		"avvik": {
			ID: tenor("2008-11-26", 501), FirstName: "Skeiv", LastName: "Dato", Municipality: 1899, Scenario: "avvik-fodselsdato", Civil: sandbox.Emigrated,
			Status: sandbox.Active, Registered: at("2024-01-01T12:00:00+01"), Changed: at("2025-05-25T12:00:01+02"),
			Email:   sandbox.Channel{Value: "skeiv@example.com", Updated: at("2025-05-25T12:00:01+02")},
			Mailbox: sandbox.Mailbox{Address: "0099999999", Provider: sandbox.EBoks, Inactive: true, Certificate: sandbox.CertificateMissing},
		},
		"nhn": {
			ID: number("1990-10-10", 100, false, sandbox.SeriesNHN), FirstName: "Helse", LastName: "Nett", Municipality: 9999,
			Kin: sandbox.MakeKin(sandbox.Relative{Relation: sandbox.Guardian, ID: ola}, sandbox.Relative{Relation: sandbox.Child, ID: tenor("2015-01-01", 600)}), Status: sandbox.Active,
		},
	}
	for name, p := range c {
		p.Birth, p.Sex = p.ID.BirthDate(), p.ID.Sex()
		if name == "avvik" {
			p.Birth = date("2008-11-25")
		}
		c[name] = p
	}
	return c
}

// records are the cast as the register reads it, with how a relative is looked up.
func records(t testing.TB) (map[string]sandbox.Record, func(sandbox.PersonID) sandbox.Record) {
	t.Helper()
	byName, byID := map[string]sandbox.Record{}, map[sandbox.PersonID]sandbox.Record{}
	for name, p := range cast() {
		row, text, err := sandbox.Pack(p, nil)
		if err != nil {
			t.Fatal(err)
		}
		byName[name] = row.View(string(text))
		byID[p.ID] = byName[name]
	}
	return byName, func(id sandbox.PersonID) sandbox.Record { return byID[id] }
}

func moment() time.Time { return now.Time() }
