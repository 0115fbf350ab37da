package boltstore_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"liksom/sandbox"
	"liksom/sandbox/boltstore"
	"liksom/sandbox/storetest"
)

func open(folder string) (sandbox.Store, error) { return boltstore.Open(folder) }

func TestStore(t *testing.T) {
	t.Parallel()
	storetest.Run(t, open)
}

// A folder that cannot be used is told of in a sentence that says what to do.
func TestOpen_says_what_is_in_the_way(t *testing.T) {
	t.Parallel()
	base := t.TempDir()
	file := filepath.Join(base, "file")
	if err := os.WriteFile(file, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	foreign := filepath.Join(base, "foreign")
	if err := os.MkdirAll(foreign, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(foreign, boltstore.FileName), []byte(strings.Repeat("not a database ", 1000)), 0o644); err != nil {
		t.Fatal(err)
	}
	held := filepath.Join(base, "held")
	first, err := boltstore.Open(held)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = first.Close() })
	for folder, want := range map[string]string{
		file:    "cannot be made",
		foreign: "is not a file of this program",
		held:    "another process has the data folder",
	} {
		if _, err := boltstore.Open(folder); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), folder) {
			t.Errorf("%s: %v", folder, err)
		}
	}
}
