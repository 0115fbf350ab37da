package app

import (
	"errors"
	"os"
	"strings"
	"syscall"
	"testing"
)

// /dev/full is a disk that is always full.
func TestGenerate_to_a_full_device_says_so(t *testing.T) {
	t.Parallel()
	err := output{"/dev/full", nil}.write(t.Context(), produces(strings.Repeat("x", 1<<17)))
	if !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "cannot write /dev/full") {
		t.Errorf("%v", err)
	}
	if info, err := os.Stat("/dev/full"); err != nil || info.Mode()&os.ModeDevice == 0 {
		t.Errorf("the device is %v, %v", info, err)
	}
}
