package app

import "testing"

// BenchmarkLogin_page finds persons for the login page among a million.
func BenchmarkLogin_page(b *testing.B) {
	engine := searched(b, 1_000_000, 0)
	p := people{engine: engine}
	for name, words := range map[string]string{"a word": "sindig", "a name": "sindig trekkfugl", "a number": cardPerson, "an edge case": "begge-gamle", "half a word": "sin*"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				p.Search(words, 8)
			}
		})
	}
}
