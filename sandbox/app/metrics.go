package app

import (
	"net/http"
	"strconv"
	"sync"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"liksom/sandbox"
	"liksom/sandbox/journal"
)

// metrics counts what the emulated systems are asked, in the terms of the
// journal, and the persons by state.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	refusals *prometheus.CounterVec
	tokens   prometheus.Counter
	asked    prometheus.Counter
	found    prometheus.Counter

	mu    sync.RWMutex
	known map[outcome]counted // those that were counted before, to be found without labels
}

// outcome is what requests are counted by.
type outcome struct {
	surface string
	status  int
}

type counted struct {
	requests prometheus.Counter
	seconds  prometheus.Observer
}

func newMetrics(register *sandbox.Register) *metrics {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
	}
	m := &metrics{
		registry: prometheus.NewRegistry(), known: map[outcome]counted{},
		requests: counter("liksom_requests_total", "Requests to the emulated systems.", "surface", "status"),
		refusals: counter("liksom_refusals_total", "Requests that were refused, by the rule that decided.", "surface", "code"),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "liksom_request_seconds", Help: "Time that requests took, without what the network takes.",
			Buckets: []float64{.00005, .0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .5, 1, 5},
		}, []string{"surface"}),
		tokens: prometheus.NewCounter(prometheus.CounterOpts{Name: "liksom_tokens_total", Help: "Access tokens issued for an assertion."}),
		asked:  prometheus.NewCounter(prometheus.CounterOpts{Name: "liksom_ids_asked_total", Help: "Identity numbers that KRR was asked for, repeated ones too; one is what the register counts as a look-up."}),
		found:  prometheus.NewCounter(prometheus.CounterOpts{Name: "liksom_ids_found_total", Help: "Those of them whom the register has or had."}),
	}
	m.registry.MustRegister(m.requests, m.refusals, m.seconds, m.tokens, m.asked, m.found, personCounter{register},
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// see counts one finished request.
func (m *metrics) see(e *journal.Entry) {
	c := m.counted(outcome{e.Surface, e.Status})
	c.requests.Inc()
	c.seconds.Observe(e.Duration.Seconds())
	if e.Verdict == journal.VerdictRefused {
		m.refusals.WithLabelValues(e.Surface, e.Code).Inc()
	}
	switch {
	case e.Surface == surfaceMaskinporten && e.Verdict == journal.VerdictOK && e.Method == http.MethodPost && e.Status == http.StatusOK:
		m.tokens.Inc()
	case e.Surface == surfaceKRR:
		m.asked.Add(float64(e.IDs))
		m.found.Add(float64(e.Found))
	}
}

func (m *metrics) counted(o outcome) counted {
	m.mu.RLock()
	c, ok := m.known[o]
	m.mu.RUnlock()
	if ok {
		return c
	}
	c = counted{m.requests.WithLabelValues(o.surface, strconv.Itoa(o.status)), m.seconds.WithLabelValues(o.surface)}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.known[o] = c
	return c
}

var personsDesc = prometheus.NewDesc("liksom_persons", "Persons by state, as of the register's clock.", []string{"status", "varslingsstatus", "reservasjon"}, nil)

// personCounter counts the persons when it is asked to.
type personCounter struct{ register *sandbox.Register }

func (c personCounter) Describe(out chan<- *prometheus.Desc) { out <- personsDesc }

func (c personCounter) Collect(out chan<- prometheus.Metric) {
	type state struct {
		status             sandbox.Status
		notified, reserved bool
	}
	counts := map[state]int{}
	w := sandbox.WindowAt(c.register.Now())
	for p := range c.register.All {
		s := state{status: p.Status()}
		if s.status == sandbox.Active {
			s.notified, s.reserved = w.Notice(p).OK(), p.Reserved()
		}
		counts[s]++
	}
	for s, n := range counts {
		notice, reserved := "KAN_IKKE_VARSLES", ""
		if s.notified {
			notice = "KAN_VARSLES"
		}
		if s.status == sandbox.Active {
			reserved = map[bool]string{true: "JA", false: "NEI"}[s.reserved]
		}
		out <- prometheus.MustNewConstMetric(personsDesc, prometheus.GaugeValue, float64(n), s.status.String(), notice, reserved)
	}
}
