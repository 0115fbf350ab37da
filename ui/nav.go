package ui

// entry is one of the main menu's.
type entry string

// The entries; pages that lie under none have "".
const (
	entryPeople   entry = "people"
	entryRequests entry = "requests"
	entryToken    entry = "token"
	entryOutbox   entry = "outbox"
	entryTime     entry = "time"
	entryHelp     entry = "help"
)

// menu is the main menu: each entry, whose text is "nav." and its name, leads to
// the first of its pages.
var menu = []struct {
	entry entry
	pages []menuPage
}{
	{entryPeople, []menuPage{{home, "nav.search"}, {castPath, "cast.title"}, {statsPath, "stats.title"}}},
	{entryRequests, []menuPage{{requestsPath, "requests"}}},
	{entryToken, []menuPage{{tokenPath, "token.make"}, {explainPath, "explain"}, {clientsPath, "clients"}}},
	{entryOutbox, []menuPage{{outboxPath, "outbox"}}},
	{entryTime, []menuPage{{timePath, "time.title"}}},
	{entryHelp, []menuPage{{recipesPath, "recipes"}, {languagePath, "language.title"}, {guessesPath, "nav.guesses"}, {numberPath, "nav.number"}, {signsPath, "signs.title"}}},
}

// menuPage is a page with the key of its text in the menu.
type menuPage struct{ path, text string }

// menuLink is a link of the menu as a page shows it.
type menuLink struct {
	URL, Label string
	Key        string // that is typed after g to come there
	Here       bool   // whether the page lies under it
}

// Entries are the links of the main menu.
func (f frame) Entries() []menuLink {
	var out []menuLink
	for _, e := range menu {
		out = append(out, menuLink{e.pages[0].path, f.T("nav." + string(e.entry)), entryKeys[e.entry], e.entry == f.Entry})
	}
	return out
}

// Sheets are the style sheets of those pages alone that need more.
func (f frame) Sheets() []string {
	if f.sheet != "" {
		return []string{f.sheet}
	}
	return map[string][]string{home: {"search.css"}, castPath: {"cast.css"}, statsPath: {"stats.css"}, requestsPath: {"requests.css"}, outboxPath: {"requests.css", "outbox.css"}, timePath: {"stats.css", "time.css"}, recipesPath: {"help.css"}, languagePath: {"help.css"}, signsPath: {"signs.css"}}[f.Page]
}

// Pages are the links to the pages under the page's own entry, where there are
// several.
func (f frame) Pages() []menuLink {
	var out []menuLink
	for _, e := range menu {
		if e.entry != f.Entry || len(e.pages) < 2 {
			continue
		}
		for _, p := range e.pages {
			out = append(out, menuLink{URL: p.path, Label: f.T(p.text), Here: p.path == f.Page})
		}
	}
	return out
}
