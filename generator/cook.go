package generator

import "liksom/sandbox"

// alone makes person i as if nobody shared anything.
func (w *Worker) alone(i int, at *place) sandbox.Person {
	r := w.recipe(i, at)
	p, _ := w.cook(i, r, at)
	if p.Status == sandbox.Deleted {
		return left(p)
	}
	return p
}

// recipe gives the state that person i is to have.
func (w *Worker) recipe(i int, at *place) recipe {
	w.stream(i, streamState)
	if w.g.published(i) {
		return w.g.vectors[i].recipe
	}
	who := &w.g.plan[i]
	return w.draw(DataDay.Age(who.birth), who.dNumber, at)
}

// placeOf draws where one of the published lives.
func (w *Worker) placeOf(i int) *place {
	w.stream(i, streamBlock)
	return &w.g.mix.places[w.pickPlace()]
}

// left is what the register still has of a person who left it.
func left(p sandbox.Person) sandbox.Person {
	p.Reserved, p.ReservedAt, p.ReservationUpdated = false, 0, 0
	p.Email, p.Mobile, p.Mailbox = sandbox.Channel{}, sandbox.Channel{}, sandbox.Mailbox{}
	p.Language, p.LanguageUpdated = sandbox.NoLanguage, 0
	return p
}

func (w *Worker) person(who *planned, at *place) sandbox.Person {
	p := sandbox.Person{ID: who.id, Sex: who.sex, Birth: who.birth}
	p.FirstName, p.LastName = w.g.words.name(who.name)
	if !who.dNumber {
		p.Municipality = at.code
	}
	return p
}

// cook makes a person by a recipe. One who has left the register has what was
// there before.
func (w *Worker) cook(i int, r recipe, at *place) (sandbox.Person, life) {
	number := i - w.g.first()
	if w.g.published(i) {
		number = i
	}
	return w.cookFor(&w.g.plan[i], i, number, r, at)
}

// cookFor first makes the texts, then the dates from a stream of their own, since
// how many numbers those draw depends on the reference date. number is the place
// among the mobiles.
func (w *Worker) cookFor(who *planned, i, number int, r recipe, at *place) (sandbox.Person, life) {
	p := w.person(who, at)
	p.Civil, p.Status = r.civil, r.status
	if r.civil == sandbox.Emigrated {
		p.Municipality = 0
	}
	if r.status == sandbox.NotRegistered {
		return p, life{}
	}
	var email, mobile string
	if r.email != sandbox.Missing {
		email = w.email(who.name, int(who.nth))
	}
	if r.mobile != sandbox.Missing {
		mobile = w.mobile(i, number, r.foreign)
	}
	var box sandbox.Mailbox
	if r.provider != sandbox.NoProvider {
		box = sandbox.Mailbox{Address: w.mailboxAddress(who.name, r.provider), Provider: r.provider, Inactive: r.inactive, Certificate: r.certificate}
	}
	w.stream(i, streamTimes)
	l, ok := w.begin(p.Birth, r)
	if !ok {
		p.Status = sandbox.NotRegistered
		return p, l
	}
	p.Email = l.channel(email, r.email, r, r.emailNew, r.emailChanged)
	p.Mobile = l.channel(mobile, r.mobile, r, r.mobileNew, r.mobileChanged)
	l.reserve(&p, r)
	l.speak(&p, r)
	if box.Provider != sandbox.NoProvider {
		p.Mailbox, l.mailbox = box, w.between(l.entered, l.last)
	}
	p.Registered, p.DeletedAt = l.entered, l.deleted
	p.Changed = max(l.entered, l.mailbox, l.deleted, p.ReservationUpdated, p.LanguageUpdated,
		p.Email.Updated, p.Email.Confirmed, p.Email.Validated, p.Mobile.Updated, p.Mobile.Confirmed, p.Mobile.Validated)
	return p, l
}
