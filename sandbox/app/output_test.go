package app

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func produces(text string) func(io.Writer) error {
	return func(w io.Writer) error { _, err := io.WriteString(w, text); return err }
}

func TestOutput_leaves_no_half_file(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	name := filepath.Join(folder, "file")
	if err := (output{name, nil}).write(t.Context(), produces("old")); err != nil {
		t.Fatal(err)
	}
	full := errors.New("the disk is full")
	err := output{name, nil}.write(t.Context(), func(w io.Writer) error {
		return errors.Join(produces(strings.Repeat("new", 1<<16))(w), full)
	})
	if !errors.Is(err, full) || !strings.Contains(err.Error(), "cannot write "+name) {
		t.Errorf("%v", err)
	}
	b, err := os.ReadFile(name)
	if err != nil || string(b) != "old" {
		t.Errorf("the file is %.20q, %v", b, err)
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}

func TestOutput_refuses_a_folder(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	if err := (output{folder, nil}).write(t.Context(), produces("x")); err == nil || !strings.Contains(err.Error(), "it is a folder") {
		t.Errorf("%v", err)
	}
}

func TestGenerate_stops_when_told_to(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	ctx, stop := context.WithCancel(t.Context())
	stop()
	var out, errs bytes.Buffer
	code := Run(ctx, []string{"generate", "--persons", "2000", "--reference-date", "2026-11-25", "--out", filepath.Join(folder, "x")}, nil, &out, &errs)
	entries, err := os.ReadDir(folder)
	if code != 1 || !strings.Contains(errs.String(), "stopped before all was written") || err != nil || len(entries) != 0 {
		t.Errorf("exit %d, %q, left %v %v", code, errs.String(), entries, err)
	}
}
