package app

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/schollz/progressbar/v3"

	"liksom/generator"
	"liksom/sandbox"
	"liksom/sandbox/admin"
	"liksom/sandbox/krr"
	"liksom/sandbox/population"
	"liksom/seeds"
)

type generateCommand struct {
	populationFlags
	Format string `default:"jsonl" enum:"jsonl,krr" placeholder:"FORMAT" help:"jsonl: all that is known of each person, a line each; krr: what KRR v1 answers a token with both scopes (${default})."`
	Out    string `default:"-" placeholder:"FILE" help:"File to write; - is standard output."`
}

// Run writes the persons in order of their numbers, as of the reference date or --clock.
func (c *generateCommand) Run(s streams) error {
	settings, err := c.resolve(s.now, nil)
	if err != nil {
		return err
	}
	settings.generator.Files = seeds.Files
	g, err := generator.New(settings.generator)
	if err != nil {
		return err
	}
	image, err := makeImage(g, progress(s.err, settings.generator.Persons))
	if err != nil {
		return err
	}
	at := settings.reference
	if settings.clock.Moved() {
		at = settings.clock.Now()
	}
	line, err := c.line(settings.generator, image, at)
	if err != nil {
		return err
	}
	return c.write(s.out, func(w io.Writer) error { return writeLines(w, image, line) })
}

// progress shows a bar on a terminal, for populations that take a while.
func progress(w io.Writer, persons int) func(int) {
	const worthShowing = 200_000
	if persons < worthShowing || !isTerminal(w) {
		return nil
	}
	bar := progressbar.NewOptions(persons, progressbar.OptionSetWriter(w), progressbar.OptionShowCount(), progressbar.OptionClearOnFinish())
	return func(more int) { _ = bar.Add(more) } // a bar that cannot be drawn harms nothing
}

// encode appends one person.
type encode func([]byte, sandbox.Record) ([]byte, error)

// line gives the encoder of the format.
func (c *generateCommand) line(g generator.Config, image *population.Image, at time.Time) (encode, error) {
	w := sandbox.WindowAt(at)
	if c.Format == "jsonl" {
		return func(b []byte, r sandbox.Record) ([]byte, error) {
			text, err := json.Marshal(admin.NewPerson(r, w))
			return append(b, text...), err
		}, nil
	}
	issuer, err := newAuthority(g.Files, false, func() time.Time { return at })
	if err != nil {
		return nil, err
	}
	certs, err := newCertificates(g, issuer)
	if err != nil {
		return nil, err
	}
	api, err := krr.New(krr.Config{
		Register: sandbox.NewRegister(image, sandbox.NewFrozenClock(at)), Certificate: certs.get,
		Verify: func(context.Context, string) (krr.Grant, error) {
			return krr.Grant{}, errors.New("no token is good here")
		},
	})
	if err != nil {
		return nil, err
	}
	return func(b []byte, r sandbox.Record) ([]byte, error) {
		return api.AppendPerson(b, r, w, sandbox.ScopeContact|sandbox.ScopeMailbox), nil
	}, nil
}

func writeLines(w io.Writer, image *population.Image, line encode) error {
	var b []byte
	var err error
	for i := range image.Len() {
		if b, err = line(b[:0], image.At(i)); err != nil {
			return err
		}
		if _, err := w.Write(append(b, '\n')); err != nil {
			return err
		}
	}
	return nil
}

// write lets produce fill the output. A file appears under its name only when
// it is whole; a reader that goes away is not a failure.
func (c *generateCommand) write(stdout io.Writer, produce func(io.Writer) error) error {
	if c.Out == "-" {
		b := bufio.NewWriterSize(stdout, 1<<16)
		err := produce(b)
		if err == nil {
			err = b.Flush()
		}
		if errors.Is(err, syscall.EPIPE) {
			return nil
		}
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(c.Out), "."+filepath.Base(c.Out)+".*")
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", c.Out, err)
	}
	b := bufio.NewWriterSize(f, 1<<16)
	err = produce(b)
	if err == nil {
		err = b.Flush()
	}
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = errors.Join(os.Chmod(f.Name(), 0o644), os.Rename(f.Name(), c.Out))
	}
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", c.Out, errors.Join(err, os.Remove(f.Name())))
	}
	return nil
}
