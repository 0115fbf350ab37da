package clienttest

import (
	"bufio"
	"cmp"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
)

var address = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

// startSandbox starts the built program on a free port, as any user would, and
// gives its address without a slash at the end.
func startSandbox(t *testing.T) string {
	t.Helper()
	program := exec.Command(cmp.Or(os.Getenv("LIKSOM_BIN"), "../../../bin/liksom"), "serve", "--addr", "127.0.0.1:0")
	// The program reads LIKSOM_*; a setting of the person who tests must not leak in.
	program.Env = slices.DeleteFunc(os.Environ(), func(kv string) bool { return strings.HasPrefix(kv, "LIKSOM_") })
	card, err := program.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := program.Process.Signal(syscall.SIGTERM); err != nil {
			t.Error(err)
		}
		if err := program.Wait(); err != nil {
			t.Errorf("the sandbox did not stop well: %v", err)
		}
	})
	for lines := bufio.NewScanner(card); lines.Scan(); { // printed when all is ready
		if base := address.FindString(lines.Text()); base != "" {
			return base
		}
	}
	t.Fatal("the sandbox ended before it was ready")
	return ""
}
