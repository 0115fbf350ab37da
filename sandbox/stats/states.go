package stats

import "liksom/sandbox"

// State is how many persons are in one state. The states of a group leave out
// nobody and count nobody twice.
type State struct {
	Group string `json:"group" enum:"status,notice,email,mobile,mailbox,language"`
	Name  string `json:"name"`
	Count int    `json:"count"`
}

// The groups: status and notice of all persons, the others of active ones.
var stateNames = [stateCount]State{
	{Group: "status", Name: "AKTIV"}, {Group: "status", Name: "SLETTET"}, {Group: "status", Name: "IKKE_REGISTRERT"},
	{Group: "notice", Name: "KAN_VARSLES"}, {Group: "notice", Name: "reserved"}, {Group: "notice", Name: "expired"},
	{Group: "notice", Name: "no_contact"}, {Group: "notice", Name: "deleted"}, {Group: "notice", Name: "not_registered"},
	{Group: "email", Name: "fresh"}, {Group: "email", Name: "expiring"}, {Group: "email", Name: "expired"}, {Group: "email", Name: "missing"},
	{Group: "mobile", Name: "fresh"}, {Group: "mobile", Name: "expiring"}, {Group: "mobile", Name: "expired"}, {Group: "mobile", Name: "missing"},
	{Group: "mailbox", Name: "digipost"}, {Group: "mailbox", Name: "eboks"}, {Group: "mailbox", Name: "inactive"}, {Group: "mailbox", Name: "none"},
	{Group: "language", Name: "nb"}, {Group: "language", Name: "nn"}, {Group: "language", Name: "en"}, {Group: "language", Name: "se"}, {Group: "language", Name: "none"},
}

// Where each group begins in stateNames.
const (
	atStatus, atNotice, atEmail, atMobile, atMailbox, atLanguage, stateCount = 0, 3, 9, 13, 17, 21, 26
)

// The places within a group, by the values that the register counts in.
var (
	statusPlace    = [...]int{sandbox.Active: 0, sandbox.Deleted: 1, sandbox.NotRegistered: 2}
	noticePlace    = [...]int{sandbox.NoticeOK: 0, sandbox.NoticeReserved: 1, sandbox.NoticeExpired: 2, sandbox.NoticeNoContact: 3, sandbox.NoticeDeleted: 4, sandbox.NoticeNotRegistered: 5}
	freshnessPlace = [...]int{sandbox.Fresh: 0, sandbox.Expiring: 1, sandbox.Expired: 2, sandbox.Missing: 3}
	languagePlace  = [...]int{sandbox.Bokmaal: 0, sandbox.Nynorsk: 1, sandbox.English: 2, sandbox.Sami: 3, sandbox.NoLanguage: 4}
)

func (c *counter) countStates(p *person) {
	c.states[atStatus+statusPlace[p.status]]++
	c.states[atNotice+noticePlace[p.notice]]++
	if p.status != sandbox.Active {
		return
	}
	c.states[atEmail+freshnessPlace[p.emailAge]]++
	c.states[atMobile+freshnessPlace[p.mobileAge]]++
	c.states[atMailbox+p.mailboxPlace()]++
	c.states[atLanguage+languagePlace[p.language]]++
}

func (p *person) mailboxPlace() int {
	switch {
	case p.mailbox.Provider == sandbox.NoProvider:
		return 3
	case p.mailbox.Inactive:
		return 2
	case p.mailbox.Provider == sandbox.Digipost:
		return 0
	}
	return 1 // e-Boks under either number
}

func (c *counter) stateList() []State {
	out := make([]State, stateCount)
	for i, s := range stateNames {
		s.Count = c.states[i]
		out[i] = s
	}
	return out
}

// State gives the number of persons in a state.
func (r Report) State(group, name string) int {
	for _, s := range r.States {
		if s.Group == group && s.Name == name {
			return s.Count
		}
	}
	return 0
}
