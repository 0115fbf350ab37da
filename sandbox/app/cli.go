package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/alecthomas/kong"
)

// commands are the program's commands and flags, one table for help, flags and
// environment.
type commands struct {
	Serve     serveCommand     `cmd:"" default:"withargs" help:"Start the sandbox (the default command)."`
	Generate  generateCommand  `cmd:"" help:"Write the persons to a file or to standard output."`
	Stats     statsCommand     `cmd:"" help:"Count the persons by age and state, and hold them against what was asked for."`
	Catalogue catalogueCommand `cmd:"" help:"List the edge cases: persons under stable names."`
	Search    searchCommand    `cmd:"" help:"Find persons in a running sandbox, with plain words or KQL."`
	Token     tokenCommand     `cmd:"" help:"Print an access token from a running sandbox."`
	Cert      certCommand      `cmd:"" help:"Print an enterprise certificate (virksomhetssertifikat) from a running sandbox."`
	Person    personCommands   `cmd:"" help:"Create, change or delete a person in a running sandbox."`
	Clock     clockCommands    `cmd:"" help:"Show or move the register clock of a running sandbox."`
	Outbox    outboxCommand    `cmd:"" help:"Print the SMS and e-mails that the register of a running sandbox would have sent."`
	Reset     resetCommand     `cmd:"" help:"Take back every change in a running sandbox, and its clock."`
	Wait      waitCommand      `cmd:"" help:"Wait until a sandbox answers; for scripts and CI."`
	Validate  validateCommand  `cmd:"" help:"Say what identity numbers are, or which rule they break."`
	Version   versionCommand   `cmd:"" help:"Print the version."`
}

// populationFlags say which persons there are; serve and generate share them.
type populationFlags struct {
	Persons       *int    `placeholder:"N" help:"Persons drawn at random (10000); the published test numbers and the catalogue's persons come on top."`
	Seed          *uint64 `placeholder:"N" help:"Same seed, same persons (1)."`
	Profile       string  `placeholder:"PROFILE" help:"How many persons are in which state: realistic, as published figures say (the default), qa-rich, with every rare state often, or a file like seeds/profiles/realistic.json."`
	Series        string  `placeholder:"SERIES" help:"Which synthetic numbers: tenor, birth month + 80 (the default), nav, + 40, which is also how hospitals make H-numbers for real persons, or nhn, + 65."`
	Share2032     *int    `name:"share-2032" placeholder:"PERCENT" help:"So many in a hundred have a number by the rule for those issued from 2032 (default: as the profile says, 0)."`
	Phones        string  `placeholder:"KIND" help:"realistic: valid mobile numbers, which could belong to somebody (the default); unassigned: series that nobody has, which validators refuse; foreign: 95 Swedish numbers set aside for fiction, so that nearly all are shared."`
	ReferenceDate string  `placeholder:"YYYY-MM-DD" help:"All register timestamps lie before this day (default: today)."`
	Clock         string  `placeholder:"TIME" help:"Let the register clock stand still at this time: 2026-11-25T12:00:00+01:00 or 2026-11-25."`
}

// serverFlag says where a running sandbox is.
type serverFlag struct {
	AdminToken string `placeholder:"TOKEN" help:"The sandbox's --admin-token, if it has one."`
	Server     string `default:"http://127.0.0.1:8080" placeholder:"URL" help:"Base URL of the sandbox (${default})."`
}

const description = `An offline sandbox of the Contact and Reservation Register (KRR): synthetic persons, a Maskinporten that refuses like the real one, KRR-compatible APIs and a search page. Every flag can also be set as LIKSOM_NAME in the environment.`

const envPrefix = "LIKSOM_"

// streams are what a command reads and writes.
type streams struct {
	out, err io.Writer
	ctx      context.Context
	now      func() time.Time
}

// errUsage is told apart from other failures by its exit code.
var errUsage = errors.New("usage")

// Run carries out one command line and gives the exit code: 0 when it went
// well, 1 when it failed, 2 when it was not understood. It stops when ctx ends.
func Run(ctx context.Context, args, environ []string, out, errs io.Writer) int {
	s := streams{out: out, err: errs, ctx: ctx, now: time.Now}
	var c commands
	exited := -1
	parser, err := kong.New(&c, kong.Name("liksom"), kong.Description(description), kong.Writers(out, errs),
		kong.DefaultEnvars(strings.TrimSuffix(envPrefix, "_")), kong.WithHyphenPrefixedParameters(true),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}), kong.Exit(func(code int) { exited = max(exited, code) }))
	if err != nil {
		return fail(errs, err, 1)
	}
	parsed, err := parser.Parse(args)
	switch {
	case exited >= 0: // --help has printed and would have left
		return exited
	case err != nil:
		return fail(errs, fmt.Errorf("%w; see liksom --help", err), 2)
	}
	warnUnknown(errs, environ, parser.Model)
	err = parsed.Run(s)
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errUsage):
		return fail(errs, err, 2)
	}
	return fail(errs, err, 1)
}

// fail prints each fault of an error on a line of its own.
func fail(w io.Writer, err error, code int) int {
	for line := range strings.SplitSeq(strings.ReplaceAll(err.Error(), errUsage.Error()+": ", ""), "\n") {
		_, _ = fmt.Fprintln(w, "liksom: "+line) // nothing can be said where standard error is gone
	}
	return code
}

// usage marks an error as one of the command line.
func usage(format string, args ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{errUsage}, args...)...)
}

// warnUnknown names variables that look like settings and are none.
func warnUnknown(w io.Writer, environ []string, app *kong.Application) {
	known := envNames(app.Node)
	for _, kv := range environ {
		name, _, _ := strings.Cut(kv, "=")
		if strings.HasPrefix(name, envPrefix) && !slices.Contains(known, name) {
			_, _ = fmt.Fprintf(w, "liksom: the environment variable %s is not known and was ignored; known are %s\n", name, strings.Join(known, ", "))
		}
	}
}

func envNames(n *kong.Node) []string {
	var names []string
	for _, f := range n.Flags {
		names = append(names, f.Envs...)
	}
	for _, child := range n.Children {
		names = append(names, envNames(child)...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// IsTerminal tells whether w is a terminal, where progress may be shown.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
