// Package seeds holds the data files that the sandbox is made from: words for
// names, published test numbers, OAuth clients and keys. Everything in it is
// public test data; nothing in it is secret. SOURCES.md says where each file
// comes from.
package seeds

import "embed"

// Files are the data files, untouched.
//
//go:embed names/*.txt keys/*.jwk profiles/*.json scenarios/*.json *.json
var Files embed.FS
