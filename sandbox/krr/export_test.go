package krr

import (
	"maps"
	"slices"
)

// RefusalKinds is how many kinds of refusal the table has.
const RefusalKinds = len(kinds)

// MaxFeedPage is the largest page of the feed.
const MaxFeedPage = maxFeedPage

// RetiredPaths are those that get a hint.
func RetiredPaths() []string { return slices.Sorted(maps.Keys(retired)) }
