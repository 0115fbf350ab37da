package ui

import (
	"fmt"
	"slices"
	"time"

	"liksom/sandbox"
)

// castNow is the moment at which the cast below is what its names say.
var castNow = time.Date(2026, 11, 22, 9, 41, 0, 0, sandbox.Oslo)

// member is a person of the cast with the word that tests know it by.
type member struct {
	word string
	sandbox.Person
}

// cast has one person for each state that the pages draw.
func cast() []member {
	var all []member
	add := func(word, first, last string, edit func(*sandbox.Person)) {
		n := len(all)
		birth := sandbox.Date{Year: int16(1940 + n%20*3), Month: uint8(n%12 + 1), Day: uint8(n%27 + 1)}
		p := sandbox.Person{
			FirstName: first, LastName: last, Birth: birth, Status: sandbox.Active, Language: sandbox.Nynorsk, LanguageUpdated: ago(80, 0),
			Email:   sandbox.Channel{Value: fmt.Sprintf("person%d@example.test", n), Updated: ago(30, 3), Confirmed: ago(3, 3)},
			Mobile:  sandbox.Channel{Value: fmt.Sprintf("+479999%04d", n), Updated: ago(3, 3), Confirmed: ago(3, 3), Validated: ago(3, 3)},
			Mailbox: sandbox.Mailbox{Address: "person.nummer#4K7Q", Provider: sandbox.Digipost},
		}
		p.ID, p.Sex = numberFor(birth, n, false)
		edit(&p)
		all = append(all, member{word, p})
	}
	stale := func(c *sandbox.Channel) { c.Updated, c.Confirmed, c.Validated = ago(60, 0), ago(20, 11), 0 }
	add("fresh", "Grundig", "Blåveis", func(*sandbox.Person) {})
	add("sms", "Sindig", "Trekkfugl", func(p *sandbox.Person) { stale(&p.Email); p.Municipality = 4601 }) // shares it with another
	add("mobile", "Seig", "Knipetang", func(p *sandbox.Person) { p.Email = sandbox.Channel{} })
	add("expired", "Rund", "Lyktestolpe", func(p *sandbox.Person) { stale(&p.Email); stale(&p.Mobile) })
	add("expiring", "Omtenksom", "Takstein", func(p *sandbox.Person) {
		p.Email.Updated, p.Email.Confirmed = ago(17, 2), ago(17, 2)
		p.Mobile.Updated, p.Mobile.Confirmed, p.Mobile.Validated = ago(26, 0), ago(10, 2), ago(0, 12)
	})
	add("reserved", "Fåmælt", "Isfjell", func(p *sandbox.Person) {
		p.Reserved, p.ReservedAt, p.ReservationUpdated = true, ago(40, 0), ago(40, 0)
	})
	add("deleted", "Varsom", "Hengekøye", func(p *sandbox.Person) {
		p.Status, p.Civil = sandbox.Deleted, sandbox.Dead
		p.Email, p.Mobile, p.Mailbox, p.Language = sandbox.Channel{}, sandbox.Channel{}, sandbox.Mailbox{}, sandbox.NoLanguage
	})
	add("unregistered", "Opprømt", "Urverk", func(p *sandbox.Person) {
		p.Status, p.Email, p.Mobile, p.Mailbox, p.Language = sandbox.NotRegistered, sandbox.Channel{}, sandbox.Channel{}, sandbox.Mailbox{}, sandbox.NoLanguage
	})
	add("contact", "Gjestmild", "Kvistsag", func(p *sandbox.Person) {
		p.Email, p.Mobile, p.Mailbox = sandbox.Channel{}, sandbox.Channel{}, sandbox.Mailbox{}
	})
	add("d-number", "Flink", "Kaffekopp", func(p *sandbox.Person) {
		p.ID, p.Sex = numberFor(p.Birth, 4, true)
		p.Mailbox.Provider = sandbox.EBoks
	})
	add("inactive", "Nysgjerrig", "Elvebredd", func(p *sandbox.Person) { p.Mailbox.Inactive = true })
	add("certificate", "Hurtig", "Skiføre", func(p *sandbox.Person) {
		p.Mailbox.Certificate, p.Mailbox.Provider = sandbox.CertificateExpired, sandbox.EBoksOld
	})
	add("shared", "Traust", "Trekkfugl", func(p *sandbox.Person) {
		p.Email.Value, p.Mobile.Value = "person1@example.test", "+4799990000"
		p.Mailbox.Certificate = sandbox.CertificateMissing
	})
	add("long", "Anne-Margrethe Elisabeth", "Von der Lippe-Sørensen Trekkfuglstad", func(p *sandbox.Person) {
		p.Email.Value = "annemargretheelisabeth.trekkfuglstad50@example.test"
		p.Mobile = sandbox.Channel{Value: "+99912345678901", Confirmed: ago(90, 0)}
		p.Email.Updated, p.Email.Confirmed = ago(16, 20), ago(18, -1)
	})
	add("hostile", `<script>alert(1)</script>"'&`, "Uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu", func(p *sandbox.Person) {
		p.Email.Value = `"><img/src=x>@example.test` + "\u202e" + `</pre></script>`
		p.Email.Updated, p.Email.Confirmed = 0, 0
		p.Mobile.Updated, p.Mobile.Confirmed = ago(-2, 0), 0
		p.Mailbox.Address = `javascript:alert(1)#<b>`
	})
	for i := range 30 {
		add(fmt.Sprint("crowd", i), "Mangfoldig", fmt.Sprint("Folkemengde", i), func(p *sandbox.Person) {
			p.Birth = sandbox.Date{Year: 1980, Month: 1, Day: uint8(i%28 + 1)}
			p.ID, p.Sex = numberFor(p.Birth, 10+i, false)
			p.Mobile.Updated, p.Mobile.Confirmed = ago(i, 1), 0
			p.Email.Updated, p.Email.Confirmed = ago(0, i), 0
		})
	}
	mother, child := &all[1].Person, &all[slices.IndexFunc(all, func(m member) bool { return m.word == "shared" })].Person
	mother.Kin = sandbox.MakeKin(sandbox.Relative{Relation: sandbox.Child, ID: child.ID})
	child.Kin = sandbox.MakeKin(sandbox.Relative{Relation: sandbox.Mother, ID: mother.ID})
	return all
}

func ago(months, days int) sandbox.Instant {
	return sandbox.InstantOf(sandbox.AddMonths(castNow, -months).AddDate(0, 0, -days))
}

// numberFor makes the first possible number from an individnummer on.
func numberFor(birth sandbox.Date, individual int, dNumber bool) (sandbox.PersonID, sandbox.Sex) {
	if birth.Year >= 2000 {
		individual += 500
	}
	for ; ; individual++ {
		if id, ok := sandbox.MakePersonID(birth, individual, dNumber, sandbox.SeriesTenor); ok {
			return id, id.Sex()
		}
	}
}
