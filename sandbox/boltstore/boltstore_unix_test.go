//go:build unix

package boltstore_test

import (
	"os"
	"path/filepath"
	"testing"

	"liksom/sandbox/boltstore"
)

// The file holds the secrets of registered clients, so it is for its owner alone.
func TestOpen_makes_a_file_that_others_cannot_read(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	store, err := boltstore.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	info, err := os.Stat(filepath.Join(folder, boltstore.FileName))
	if err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}
