package fakeauth

import (
	"bytes"
	"encoding/json"
	"fmt"
	"sync"
	"sync/atomic"
)

// registered holds the registry: a snapshot that each request reads once, and
// how it is changed.
type registered struct {
	mu   sync.Mutex // held while the registry is changed
	now  atomic.Pointer[snapshot]
	seed Registry
	save func([]byte) error // may be nil
}

// start shows what was saved, or the seed where nothing was. Clients that the seed
// has got since come in addition: one that was deleted is saved as inactive.
func (r *registered) start(seed Registry, stored []byte, save func([]byte) error) error {
	r.seed, r.save = seed.clone(), save
	current := seed.clone()
	if stored != nil {
		current = Registry{}
		dec := json.NewDecoder(bytes.NewReader(stored))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&current); err != nil {
			return fmt.Errorf("Config.Stored: the registry cannot be read: %w", err)
		}
		for _, c := range r.seed.clone().Clients {
			if current.Client(c.ID) == nil {
				current.Clients = append(current.Clients, c)
			}
		}
	}
	made, err := newSnapshot(current)
	r.now.Store(made)
	return err
}

// Registry returns a copy of all that is registered. It costs its whole size.
func (s *Server) Registry() Registry { return s.registered.now.Load().clone() }

// Update changes the registry. The change works on a copy, which is checked,
// saved and only then shown; an error of the change, a fault in what it made or
// a failure to save leaves everything as it was and is returned. Changes come
// one after the other, so change must not call Update or Reset itself. A
// request that is under way keeps the registry that it began with.
func (s *Server) Update(change func(*Registry) error) error {
	s.registered.mu.Lock()
	defer s.registered.mu.Unlock()
	next := s.registered.now.Load().clone()
	if err := change(&next); err != nil {
		return err
	}
	made, err := newSnapshot(next)
	if err != nil {
		return err
	}
	if s.registered.save != nil {
		text, err := json.Marshal(next)
		if err == nil {
			err = s.registered.save(text)
		}
		if err != nil {
			return fmt.Errorf("fakeauth: the registry was not changed, since it could not be saved: %w", err)
		}
	}
	s.registered.now.Store(made)
	return nil
}

// Reset brings the registry back to the seed, and forgets what was saved.
func (s *Server) Reset() error {
	s.registered.mu.Lock()
	defer s.registered.mu.Unlock()
	if s.registered.save != nil {
		if err := s.registered.save(nil); err != nil {
			return fmt.Errorf("fakeauth: the registry was not reset, since that could not be saved: %w", err)
		}
	}
	made, err := newSnapshot(s.registered.seed.clone())
	if err != nil {
		return err
	}
	s.registered.now.Store(made)
	return nil
}

// Clients returns a copy of the active clients, in the order of registration.
func (s *Server) Clients() []Client {
	var out []Client
	for _, c := range s.registered.now.Load().Clients {
		if !c.Inactive {
			out = append(out, c.clone())
		}
	}
	return out
}

// Client returns a copy of the active client with this id, and whether there is
// one.
func (s *Server) Client(id string) (Client, bool) {
	c := s.registered.now.Load().clients[id]
	if c == nil || c.Inactive {
		return Client{}, false
	}
	return c.clone(), true
}
