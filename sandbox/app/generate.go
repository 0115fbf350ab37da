package app

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/schollz/progressbar/v3"

	"liksom/generator"
	"liksom/sandbox"
	"liksom/sandbox/population"
	"liksom/sandbox/query"
	"liksom/seeds"
)

type generateCommand struct {
	populationFlags
	Query  string `placeholder:"TEXT" help:"Only those whom this finds, plain words or KQL: 'epostTilstand:utgaatt and alder > 70'; the others stay relatives and owners of shared addresses."`
	Format string `default:"jsonl" enum:"jsonl,json,csv,krr,tenor" placeholder:"FORMAT" help:"jsonl: all that is known of each person, a line each; json: the same as one array; csv: the same as a table; krr: what KRR v1 answers a token with both scopes, a line each; tenor: documents as Tenor's search answers them (${default})."`
	Out    string `default:"-" placeholder:"FILE" help:"File, named pipe or device to write to; - is standard output. A file appears under its name when it is whole."`
}

// Run writes the persons in order of their numbers, as of the reference date or --clock.
func (c *generateCommand) Run(s streams) error {
	settings, err := c.resolve(s.now, nil)
	if err != nil {
		return err
	}
	asked, err := query.Parse(c.Query)
	if err != nil {
		return usage("--query: %w", err)
	}
	image, err := newImage(s.ctx, &settings.generator, s.err)
	if err != nil {
		return err
	}
	var persons records = image
	if c.Query != "" {
		if persons, err = found(image, asked, settings.moment()); err != nil {
			return usage("--query: %w", err)
		}
	}
	f, err := formats[c.Format](source{settings.generator, image, persons, settings.moment()})
	if err != nil {
		return err
	}
	var done func(int)
	if c.Out != "-" || !isTerminal(s.out) { // a bar between the lines would spoil them
		done = progress(s.err, "writing", persons.Len())
	}
	return output{c.Out, s.out}.write(s.ctx, func(w io.Writer) error { return f.write(s.ctx, w, persons, done) })
}

// records are persons in order.
type records interface {
	Len() int
	At(i int) sandbox.Record
}

type hits []sandbox.Record

func (h hits) Len() int                { return len(h) }
func (h hits) At(i int) sandbox.Record { return h[i] }

// found are the persons whom a query finds at a moment.
func found(image *population.Image, asked query.Node, at time.Time) (hits, error) {
	engine := population.NewEngine(sandbox.NewRegister(image, sandbox.NewFrozenClock(at)), image)
	f, err := engine.Search(query.Search{Query: asked, Limit: image.Len()})
	return f.Persons, err
}

// moment is when a command without a server answers: at --clock, else at the
// reference date.
func (s settings) moment() time.Time {
	if s.clock.Moved() {
		return s.clock.Now()
	}
	return s.reference
}

// newImage makes the population that the settings ask for, and shows how far it
// has come. It waits no longer than the context; what it then leaves behind ends
// with the program.
func newImage(ctx context.Context, c *generator.Config, progressTo io.Writer) (*population.Image, error) {
	type made struct {
		image *population.Image
		err   error
	}
	ready := make(chan made, 1)
	go func() {
		image, err := makeFor(c, progressTo)
		ready <- made{image, err}
	}()
	select {
	case <-ctx.Done():
		return nil, errStopped
	case m := <-ready:
		return m.image, m.err
	}
}

func makeFor(c *generator.Config, progressTo io.Writer) (*population.Image, error) {
	c.Files = seeds.Files
	if _, err := withCast(c); err != nil {
		return nil, err
	}
	g, err := generator.New(*c)
	if err != nil {
		return nil, err
	}
	return makeImage(g, progress(progressTo, "making", g.Len()))
}

// progress shows a bar on a terminal, for populations that take a while.
func progress(w io.Writer, doing string, persons int) func(more int) {
	const worthShowing = 200_000
	if persons < worthShowing || !isTerminal(w) {
		return nil
	}
	bar := progressbar.NewOptions(persons, progressbar.OptionSetWriter(w), progressbar.OptionSetDescription(doing+" persons"),
		progressbar.OptionShowCount(), progressbar.OptionClearOnFinish())
	return func(more int) { _ = bar.Add(more) } // a bar that cannot be drawn harms nothing
}

// errStopped ends a command that was told to stop.
var errStopped = errors.New("stopped before all was written")

// write writes all persons, until the context ends; done, if not nil, is told
// now and then how many more are written.
func (f format) write(ctx context.Context, w io.Writer, persons records, done func(more int)) error {
	const step = 1000
	if _, err := io.WriteString(w, f.head); err != nil {
		return err
	}
	var b []byte
	var err error
	for i := range persons.Len() {
		if b = b[:0]; i > 0 {
			b = append(b, f.between...)
		}
		if b, err = f.person(b, persons.At(i)); err != nil {
			return err
		}
		if _, err := w.Write(b); err != nil {
			return err
		}
		if (i+1)%step == 0 {
			if ctx.Err() != nil {
				return errStopped
			}
			if done != nil {
				done(step)
			}
		}
	}
	if done != nil {
		done(persons.Len() % step)
	}
	_, err = io.WriteString(w, f.tail)
	return err
}

// format is a way to write persons.
type format struct {
	head, between, tail string
	person              encode // with the line's end, if there is one
}

// encode appends one person.
type encode func([]byte, sandbox.Record) ([]byte, error)
