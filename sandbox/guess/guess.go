// Package guess is the form in which the emulated systems tell what no source
// settles, so that pages and control API can list it.
package guess

// Guess is one thing that is not known about a real system.
type Guess struct {
	Name    string   // of the switch: "filter_stale"; stable, for programs
	System  string   // which real system: "krr", "maskinporten"
	Choices []string // values of the switch, the default first; empty when there is no switch
	Value   string   // of the switch, as it stands
	Meaning Text     // what is decided, and what each value does
	Source  Text     // what speaks for the default
}

// Default is the value that the switch has when nobody sets it.
func (g Guess) Default() string {
	if len(g.Choices) == 0 {
		return ""
	}
	return g.Choices[0]
}

// Text is a text in three languages.
type Text struct {
	NB string `json:"nb"`
	NN string `json:"nn"`
	EN string `json:"en"`
}
