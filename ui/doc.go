// Package ui is the pages for people: search among the persons, and one person
// with the answer, the reason and what KRR would say.
//
// Every page is a plain document made on the server. Its state is its URL, it
// works without script, and htmx only replaces the parts that change. What a
// page claims of a person comes from the rules in package sandbox; the
// sentences come from the table in texts.go, in three languages.
package ui
