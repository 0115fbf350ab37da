package query

import "liksom/sandbox"

// Search is a question to an engine. The zero Search asks how many persons there
// are.
type Search struct {
	Query  Node             // nil is everybody
	Sort   string           // name of an ordered field, of a name or identifikator, with - in front for the reverse; "" is identifikator
	Cursor string           // [Found.Next] of the page before
	After  sandbox.PersonID // in the order of numbers, without Cursor: only persons that stand after this one
	Limit  int              // at most this many persons
	Facets bool
	// Shuffle puts the hits into an order that Seed decides, in which Offset are
	// passed over; Sort and Cursor mean nothing then.
	Shuffle bool
	Seed    uint64
	Offset  int
}

// Found is the answer. All of it is of one moment.
type Found struct {
	Total   int // hits
	Of      int // persons in all
	Persons []sandbox.Record
	Next    string // cursor of the next page; "" when this was the last
	Facets  []Facet
	Clock   Clock
}

// Facet counts the hits by the values of an [Enum] field. Where the query itself
// chooses among a field's values, its counts are those that another choice would
// give.
type Facet struct {
	Field  *Field
	Counts []int // for each of Field.Values
}
