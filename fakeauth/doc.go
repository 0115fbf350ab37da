// Package fakeauth is an offline double of Maskinporten, the authorization
// server that Norwegian public APIs use between machines. It knows clients,
// keys and scopes, and nothing of the APIs its tokens are for.
//
// A request to POST /token passes through these files, and a refusal leaves at
// the first rule that is broken:
//
//	token.go        form fields, one answer, one verdict
//	grant.go        the JWT-bearer grant as a fosite.TokenEndpointHandler
//	exchange.go     the rules in their order; the same for an explanation
//	assertion.go    shape of the assertion
//	rules.go        client, key, signature, audience, times
//	certificate.go  enterprise certificates
//	replay.go       each assertion once
//	policy.go       consumer, scopes, access, delegation
//	restrict.go     person and resource; details.go: system users
//	issue.go        the access token; keys.go: what signs it
//
// What is registered is in registry.go and changed by update.go.
//
// Every refusal is one row of the table in refusal.go. What the caller is told
// is as terse as the real server; the sentence that helps goes to
// Config.Explain and the log. Rules cite Digdir's documentation, read October
// 2024 unless said otherwise. A comment that says "guess" marks behaviour that
// no source settles; those worth a switch have one in guesses.go.
package fakeauth
