package sandbox

// Kind says what sort of failure an [Error] is; each surface has one table from
// kind to its native answer.
type Kind uint8

// The kinds of failure.
const (
	Internal    Kind = iota // ours; logged with its cause, shown without it
	Invalid                 // the caller's value breaks a rule
	NotFound                // there is no such thing
	Conflict                // it is in a state that forbids this
	Unavailable             // nothing was changed; it may go later
)

// Error is a failure that may be shown to a caller. Text never holds an
// unmasked identity number.
type Error struct {
	Kind Kind
	Code string // stable, for programs: "person.unknown"
	Text string // for humans: what was wrong and what would be right
}

func (e *Error) Error() string { return e.Text }
