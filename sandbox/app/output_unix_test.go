//go:build unix

package app

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func pipe(t *testing.T) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(name, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestOutput_to_a_pipe_goes_through_it(t *testing.T) {
	t.Parallel()
	name := pipe(t)
	read := make(chan string)
	go func() {
		f, err := os.Open(name)
		if err != nil {
			read <- err.Error()
			return
		}
		b, err := io.ReadAll(f)
		if err != nil {
			b = []byte(err.Error())
		}
		_ = f.Close() // only read
		read <- string(b)
	}()
	if err := (output{name, nil}).write(t.Context(), produces("persons")); err != nil {
		t.Fatal(err)
	}
	if got := <-read; got != "persons" {
		t.Errorf("the reader got %q", got)
	}
	if info, err := os.Lstat(name); err != nil || info.Mode()&fs.ModeNamedPipe == 0 {
		t.Errorf("the pipe is no pipe any more: %v, %v", info, err)
	}
}

func TestOutput_ends_well_when_the_reader_goes_away(t *testing.T) {
	t.Parallel()
	name := pipe(t)
	go func() {
		f, err := os.Open(name)
		if err == nil {
			_ = f.Close() // at once, with nothing read
		}
	}()
	forever := func(w io.Writer) error {
		for {
			if _, err := io.WriteString(w, strings.Repeat("x", 1<<16)); err != nil {
				return err
			}
		}
	}
	if err := (output{name, nil}).write(t.Context(), forever); err != nil {
		t.Error(err)
	}
}

func TestOutput_to_a_link_writes_what_it_leads_to(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	target, link := filepath.Join(folder, "target"), filepath.Join(folder, "link")
	if err := os.WriteFile(target, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(target, link); err != nil {
		t.Fatal(err)
	}
	if err := (output{link, nil}).write(t.Context(), produces("new")); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(target)
	if info, statErr := os.Lstat(link); err != nil || statErr != nil || string(b) != "new" || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the target holds %q, the link is %v: %v %v", b, info, err, statErr)
	}
}
