package app

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"
)

// output is where a command writes a lot: to a file, or to standard output for "-".
type output struct {
	name   string
	stdout io.Writer
}

// write lets produce fill the output. A file appears under its name only when it
// is whole; what is no file (a named pipe, a device) is written to as it is. A
// reader that goes away is not a failure.
func (o output) write(ctx context.Context, produce func(io.Writer) error) error {
	if o.name == "-" {
		return buffered(o.stdout, produce)
	}
	var err error
	info, statErr := os.Stat(o.name)
	switch {
	case statErr == nil && info.IsDir():
		err = errors.New("it is a folder")
	case statErr == nil && !info.Mode().IsRegular():
		err = writeThrough(ctx, o.name, produce)
	default:
		err = writeWhole(o.name, produce)
	}
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", o.name, err)
	}
	return nil
}

func buffered(w io.Writer, produce func(io.Writer) error) error {
	b := bufio.NewWriterSize(w, 1<<16)
	err := produce(b)
	if err == nil {
		err = b.Flush()
	}
	if errors.Is(err, syscall.EPIPE) {
		return nil
	}
	return err
}

// writeThrough writes to a pipe or a device. Opening a pipe waits for a reader,
// and no longer than the context.
func writeThrough(ctx context.Context, name string, produce func(io.Writer) error) error {
	type opened struct {
		file *os.File
		err  error
	}
	ready := make(chan opened, 1)
	go func() {
		f, err := os.OpenFile(name, os.O_WRONLY, 0)
		ready <- opened{f, err}
	}()
	select {
	case <-ctx.Done():
		return errStopped
	case o := <-ready:
		if o.err != nil {
			return o.err
		}
		return errors.Join(buffered(o.file, produce), o.file.Close())
	}
}

// writeWhole writes beside the file and then puts the result under its name. A
// name that is a link stays one.
func writeWhole(name string, produce func(io.Writer) error) error {
	if target, err := filepath.EvalSymlinks(name); err == nil {
		name = target
	}
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return err
	}
	err = buffered(f, produce)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = errors.Join(os.Chmod(f.Name(), 0o644), os.Rename(f.Name(), name))
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}
