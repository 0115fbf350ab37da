package krr

// RefusalKinds is how many kinds of refusal the table has.
const RefusalKinds = len(kinds)
