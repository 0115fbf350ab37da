package fakeauth

import (
	"errors"
	"net/http"
	"reflect"
	"strings"
	"sync"
	"testing"
)

func rename(id, name string) func(*Registry) error {
	return func(r *Registry) error {
		r.Client(id).Name = name
		return nil
	}
}

func TestUpdateIsSavedBeforeItIsShown(t *testing.T) {
	t.Parallel()
	cfg := config()
	var server *Server
	var seen []string
	cfg.Save = func(b []byte) error {
		client, _ := server.Client("ca")
		seen = append(seen, client.Name)
		if strings.Contains(string(b), "Fails") {
			return errors.New("the disk is full")
		}
		return nil
	}
	server, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Update(rename("ca", "Second")); err != nil {
		t.Fatal(err)
	}
	if err := server.Update(rename("ca", "Fails")); err == nil || !strings.Contains(err.Error(), "the disk is full") {
		t.Errorf("got %v", err)
	}
	if client, _ := server.Client("ca"); client.Name != "Second" {
		t.Errorf("shown is %q", client.Name)
	}
	if want := []string{"Client A", "Second"}; !reflect.DeepEqual(seen, want) {
		t.Errorf("while it was saved, shown was %q, want %q", seen, want)
	}
}

func TestUpdateThatFailsChangesNothing(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		change func(*Registry) error
		want   string
	}{
		"the change gives up": {func(r *Registry) error {
			r.Client("ca").Scopes[0] = "other:scope"
			return errors.New("thought better of it")
		}, "thought better of it"},
		"a client twice": {func(r *Registry) error { r.Clients = append(r.Clients, r.Clients[0]); return nil }, "registered twice"},
		"a scope without prefix": {func(r *Registry) error {
			r.Scopes = append(r.Scopes, Scope{Name: "read", Owner: orgA})
			return nil
		}, "not written as prefix:name"},
		"a scope of no one":            {func(r *Registry) error { r.Scope("demo:read").Owner = "999888777"; return nil }, "not an organisation number"},
		"access in a state of its own": {func(r *Registry) error { r.AccessOf(orgB, "demo:read").State = "MAYBE"; return nil }, "none of REQUESTED"},
		"a delegation to no one":       {func(r *Registry) error { r.Delegations[0].Supplier = "1"; return nil }, "not an organisation number"},
		"a system user without id":     {func(r *Registry) error { r.SystemUsers[0].ID = ""; return nil }, "must have an id"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t)
			before := r.Registry()
			if err := r.Update(tc.change); err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v, want %q", err, tc.want)
			}
			if after := r.Registry(); !reflect.DeepEqual(before, after) {
				t.Errorf("changed to %+v", after)
			}
		})
	}
}

func TestRegistryComesBackFromWhatWasSaved(t *testing.T) {
	t.Parallel()
	var saved []byte
	cfg := config()
	cfg.Save = func(b []byte) error { saved = b; return nil }
	first, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	if err := first.Update(rename("ca", "Renamed")); err != nil {
		t.Fatal(err)
	}
	cfg.Stored = saved
	late := cfg.Registry.clone().Clients[0]
	late.ID = "seeded-later"
	cfg.Registry.Clients = append(cfg.Registry.Clients, late)
	second, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := second.Registry(), first.Registry(); got.Client("ca").Name != "Renamed" || len(got.Clients) != len(want.Clients)+1 || got.Client("seeded-later") == nil || !got.Client("ca").Keys[0].JWK.Valid() {
		t.Errorf("got %+v, want %+v", got, want)
	}
	r := &rig{Server: second, handler: second.Maskinporten()}
	if got := r.post(t, byA(t, nil)); got.status != http.StatusOK {
		t.Errorf("a client that was saved gets %d %v", got.status, got.body)
	}
	if err := second.Reset(); err != nil {
		t.Fatal(err)
	}
	if client, _ := second.Client("ca"); client.Name != "Client A" || saved != nil {
		t.Errorf("after the reset the name is %q and %q is saved", client.Name, saved)
	}
	cfg.Stored = []byte(`{"clients":[{"unknown":1}]}`)
	if _, err := New(cfg); err == nil || !strings.Contains(err.Error(), "Config.Stored") {
		t.Errorf("a broken registry: got %v", err)
	}
}

func TestUpdatesInParallelAreAllKept(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if err := r.Update(func(reg *Registry) error { reg.Client("ca").TokenLifetime++; return nil }); err != nil {
				t.Error(err)
			}
			_ = r.Registry()
		})
	}
	wg.Wait()
	if client, _ := r.Client("ca"); client.TokenLifetime != 20 {
		t.Errorf("%d changes are kept, want 20", client.TokenLifetime)
	}
}

func TestOrganisationNumbers(t *testing.T) {
	t.Parallel()
	for org, want := range map[string]bool{
		"991825827": true, "910753614": true, "310000019": true, "310000108": true,
		"999888777": false, "310000018": false, "31000001": false, "3100000190": false, "31000001x": false, "": false,
	} {
		if ValidOrg(org) != want {
			t.Errorf("ValidOrg(%q) is %t", org, !want)
		}
	}
}
