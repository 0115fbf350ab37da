package app

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"liksom/sandbox/outbox"
)

const outboxPath = "/sandbox/v1/outbox"

// outboxCommand prints the messages of a running sandbox, newest first.
type outboxCommand struct {
	serverFlag
	To    string        `placeholder:"ADDRESS" help:"Only to this mobile or e-mail."`
	Since string        `placeholder:"NR|TIME" help:"Only those after this number, or not older than 2026-11-25T12:00:00+01:00 by the register's clock."`
	Wait  time.Duration `placeholder:"TIME" help:"Wait so long for a message when there is none, up to 60s; then the exit code is 1."`
	Limit int           `default:"20" placeholder:"N" help:"At most so many (${default})."`
	Code  bool          `help:"Print the newest message's code and nothing else."`
	JSON  bool          `name:"json" help:"Print the whole answer as JSON."`
	Clear bool          `help:"Empty the outbox instead."`
}

// Run prints the messages, or empties the outbox.
func (c *outboxCommand) Run(s streams) error {
	if c.Clear {
		return c.change(s, http.MethodDelete, outboxPath, nil)
	}
	asked := url.Values{"limit": {strconv.Itoa(c.Limit)}}
	for name, value := range map[string]string{"to": c.To, "since": c.Since} {
		if value != "" {
			asked.Set(name, value)
		}
	}
	if c.Wait != 0 {
		asked.Set("wait", c.Wait.String())
	}
	if c.Code {
		asked.Set("type", string(outbox.ReasonCode))
	}
	body, err := c.callWithin(s.ctx, c.Wait+patience, http.MethodGet, outboxPath+"?"+asked.Encode(), "application/json", nil)
	if err != nil {
		return err
	}
	var answer struct{ Messages []outbox.Message }
	if err := json.Unmarshal(body, &answer); err != nil {
		return fmt.Errorf("the answer cannot be read: %w", err)
	}
	if len(answer.Messages) == 0 && (c.Wait > 0 || c.Code) {
		return fmt.Errorf("no such message came")
	}
	switch {
	case c.Code:
		_, err = fmt.Fprintln(s.out, answer.Messages[0].Code)
	case c.JSON:
		_, err = s.out.Write(body)
	default:
		err = printMessages(s.out, answer.Messages)
	}
	return err
}

func printMessages(w io.Writer, messages []outbox.Message) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	if _, err := fmt.Fprintln(table, "NR\tTIME\tCHANNEL\tTO\tTYPE\tTEXT"); err != nil {
		return err
	}
	for _, m := range messages {
		text := strings.Join(strings.Fields(m.Text), " ")
		if _, err := fmt.Fprintf(table, "%d\t%s\t%s\t%s\t%s\t%s\n", m.Nr, m.Time.Format(time.RFC3339), m.Channel, m.To, m.Reason, text); err != nil {
			return err
		}
	}
	return table.Flush()
}
