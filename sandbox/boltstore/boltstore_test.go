package boltstore_test

import (
	"errors"
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

// A file that lost its end is told of in one sentence, wherever it was cut; it
// is never read in part and never made longer again.
func TestOpen_tells_of_a_file_that_is_cut_short(t *testing.T) {
	t.Parallel()
	whole, persons := filled(t)
	for _, size := range cuts(len(whole)) {
		folder := t.TempDir()
		file := filepath.Join(folder, boltstore.FileName)
		if err := os.WriteFile(file, whole[:size], 0o644); err != nil {
			t.Fatal(err)
		}
		store, err := boltstore.Open(folder)
		if err == nil { // only what no page lies in was cut away
			found := 0
			err := errors.Join(store.Load(func(sandbox.Change) error { found++; return nil }, func(sandbox.Reset) error { return nil }), store.Close())
			if err != nil || found != persons {
				t.Errorf("cut to %d of %d bytes: %d of %d changes, %v", size, len(whole), found, persons, err)
			}
			continue
		}
		if msg := err.Error(); strings.Contains(msg, "\n") || !strings.Contains(msg, file) || !strings.Contains(msg, "--data") {
			t.Errorf("cut to %d of %d bytes: %v", size, len(whole), err)
		}
		if after, err := os.ReadFile(file); err != nil || len(after) != size {
			t.Errorf("cut to %d bytes, then it has %d: %v", size, len(after), err)
		}
	}
}

// filled is a file with many changes, and how many.
func filled(t *testing.T) (file []byte, changes int) {
	t.Helper()
	folder := t.TempDir()
	store, err := boltstore.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	id, err := sandbox.ParsePersonID("05840399895")
	if err != nil {
		t.Fatal(err)
	}
	const commits, each = 20, 25
	for n := range commits {
		batch := make([]sandbox.Change, each)
		for i := range batch {
			batch[i] = sandbox.Change{Nr: uint64(n*each + i + 1), At: 1, Person: sandbox.Person{ID: id, FirstName: strings.Repeat("x", 200)}}
		}
		if err := store.Commit(batch); err != nil {
			t.Fatal(err)
		}
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	file, err = os.ReadFile(filepath.Join(folder, boltstore.FileName))
	if err != nil {
		t.Fatal(err)
	}
	return file, commits * each
}

// cuts are lengths around every page's edge and between; an empty file is a new
// one and not among them.
func cuts(size int) []int {
	const page = 4096
	at := []int{1, 16, 63, 64, 80, 100}
	for edge := page; edge <= size; edge += page {
		at = append(at, edge-1, edge-page/2, edge)
		if edge < size {
			at = append(at, edge+1)
		}
	}
	return at
}
