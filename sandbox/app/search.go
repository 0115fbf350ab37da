package app

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"text/tabwriter"

	"liksom/sandbox/admin"
	"liksom/sandbox/journal"
	"liksom/sandbox/query"
	"liksom/sandbox/tenor"
)

// startTenor makes Tenor's API over the engine.
func (s *Sandbox) startTenor(c Config) error {
	var err error
	s.tenor, err = tenor.New(tenor.Config{
		Wall: c.TenorWall, Log: c.Log,
		Person: s.register.Person,
		Search: func(q tenor.Question) (tenor.Hits, error) {
			n, err := query.Parse(q.KQL)
			if err != nil {
				return tenor.Hits{}, err
			}
			found, err := s.engine.Search(query.Search{Query: n, Shuffle: true, Seed: q.Seed, Offset: q.Offset, Limit: q.Limit})
			return tenor.Hits{Total: found.Total, Persons: found.Persons, Window: found.Clock.Window}, err
		},
		Verify: func(ctx context.Context, bearer string) (string, []string, error) {
			t, err := s.auth.Verify(ctx, bearer)
			return t.ClientID, t.Scopes, err
		},
		Explain: func(ctx context.Context, v tenor.Verdict) {
			journal.Note(ctx, func(e *journal.Entry) {
				e.Client, e.Code, e.Reason, e.Found = v.Client, v.Rule, v.Reason, v.Found
				e.Verdict = verdict(v.Refused)
			})
		},
	})
	return err
}

func refuseTenor(w http.ResponseWriter, _ *http.Request, status int, sentence string) {
	writeJSON(w, status, "application/json", map[string]any{"status": status, "feilkode": "host", "melding": sentence})
}

// searchCommand asks a running sandbox for persons.
type searchCommand struct {
	serverFlag
	Query  []string `arg:"" optional:"" help:"Plain words, or KQL: 'epostTilstand:utgaatt and alder > 70'."`
	Format string   `default:"table" enum:"table,ids,json,csv" placeholder:"FORMAT" help:"table, ids (a number a line), json (a person a line) or csv (${default})."`
	Sort   string   `placeholder:"FIELD" help:"identifikator, fornavn, etternavn, or a field of dates or numbers; - in front for the reverse."`
	Limit  int      `default:"20" placeholder:"N" help:"At most so many persons; 0 for all (${default})."`
	Sample int      `placeholder:"N" help:"So many hits drawn at random."`
	Seed   uint64   `placeholder:"N" help:"With --sample: the same seed draws the same persons."`
}

// Run prints the hits, page by page.
func (c *searchCommand) Run(s streams) error {
	if c.Limit < 0 || c.Sample < 0 {
		return usage("--limit and --sample cannot be negative")
	}
	out, end := c.printer(s.out)
	asked := url.Values{"q": {strings.Join(c.Query, " ")}, "sort": {c.Sort}, "limit": {strconv.Itoa(c.pageSize(0))}}
	if c.Sample > 0 {
		asked.Set("sample", strconv.Itoa(c.Sample))
		asked.Set("seed", strconv.FormatUint(c.Seed, 10))
	}
	shown, page := 0, struct {
		Total   int            `json:"total"`
		Persons []admin.Person `json:"persons"`
		Next    string         `json:"next"`
	}{}
	for {
		page.Persons, page.Next = nil, ""
		body, err := c.call(s.ctx, http.MethodGet, "/sandbox/v1/persons?"+asked.Encode(), "application/json", nil)
		if err != nil {
			return err
		}
		if err := json.Unmarshal(body, &page); err != nil {
			return fmt.Errorf("the answer cannot be read: %w", err)
		}
		for _, p := range page.Persons {
			if err := out(p); err != nil {
				return err
			}
		}
		shown += len(page.Persons)
		if page.Next == "" || c.Sample > 0 || c.Limit > 0 && shown >= c.Limit {
			break
		}
		asked.Set("cursor", page.Next)
		asked.Set("limit", strconv.Itoa(c.pageSize(shown)))
	}
	if err := end(); err != nil {
		return err
	}
	if c.Format == "table" {
		_, err := fmt.Fprintf(s.err, "%d of %d hits\n", shown, page.Total)
		return err
	}
	return nil
}

func (c *searchCommand) pageSize(shown int) int {
	const most = 500
	if c.Limit == 0 {
		return most
	}
	return min(most, c.Limit-shown)
}

// printer writes persons in the format that was asked for.
func (c *searchCommand) printer(w io.Writer) (out func(admin.Person) error, end func() error) {
	columns := func(p admin.Person) []string {
		var email, mobile string
		if k := p.Kontaktinformasjon; k != nil {
			email, mobile = k.Epostadresse, k.Mobiltelefonnummer
		}
		return []string{p.Personidentifikator, p.Visningnavn, p.Status, p.Varslingsstatus, email, mobile}
	}
	header := []string{"personidentifikator", "visningnavn", "status", "varslingsstatus", "epostadresse", "mobiltelefonnummer"}
	switch c.Format {
	case "ids":
		return func(p admin.Person) error {
			_, err := fmt.Fprintln(w, p.Personidentifikator)
			return err
		}, func() error { return nil }
	case "json":
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		return func(p admin.Person) error { return enc.Encode(p) }, func() error { return nil }
	case "csv":
		enc := csv.NewWriter(w)
		first := enc.Write(header)
		return func(p admin.Person) error {
				if first != nil {
					return first
				}
				return enc.Write(columns(p))
			}, func() error {
				enc.Flush()
				return enc.Error()
			}
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	_, first := fmt.Fprintln(table, strings.ToUpper(strings.Join(header, "\t")))
	return func(p admin.Person) error {
		if first != nil {
			return first
		}
		_, err := fmt.Fprintln(table, strings.Join(columns(p), "\t"))
		return err
	}, table.Flush
}
