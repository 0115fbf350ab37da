package krr

// RefusalKinds is how many kinds of refusal the table has.
const RefusalKinds = len(kinds)

// MaxFeedPage is the largest page of the feed.
const MaxFeedPage = maxFeedPage
