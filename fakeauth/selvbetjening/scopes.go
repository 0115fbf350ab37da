package selvbetjening

import (
	"net/http"
	"regexp"
	"slices"
	"strings"

	"liksom/fakeauth"
)

// ownScope finds the scope that the query names.
func ownScope(c call, r *fakeauth.Registry) (*fakeauth.Scope, error) {
	name := c.QueryParam("scope")
	if name == "" {
		return nil, wrong(scopeObject, "scope", "the query parameter scope is missing: ?scope=prefix:name")
	}
	scope := r.Scope(name)
	if scope == nil || scope.Owner != c.org {
		return nil, unknown("organisation %s has no scope %q", c.org, cut(name))
	}
	return scope, nil
}

// listAllScopes needs no token, so it tells the public scopes alone.
func (a *api) listAllScopes(c call) error {
	registry := a.Server.Registry()
	out := []scopeBody{}
	for i := range registry.Scopes {
		s := &registry.Scopes[i]
		prefix, _, _ := strings.Cut(s.Name, ":")
		wanted := c.QueryParam("prefix")
		if s.Visibility != visibilities[0] || s.Inactive && !c.all() || wanted != "" && wanted != prefix || c.QueryParam("accessible_for_all") == "true" && !s.AccessibleForAll {
			continue
		}
		out = append(out, showScope(s))
	}
	return c.JSON(http.StatusOK, out)
}

// listScopes gives the caller's own scopes, or the one that is asked for.
func (a *api) listScopes(c call) error {
	registry := a.Server.Registry()
	if c.QueryParams().Has("scope") {
		scope, err := ownScope(c, &registry)
		if err != nil {
			return err
		}
		return c.JSON(http.StatusOK, showScope(scope))
	}
	out := []scopeBody{}
	for i := range registry.Scopes {
		if s := &registry.Scopes[i]; s.Owner == c.org && (!s.Inactive || c.all()) {
			out = append(out, showScope(s))
		}
	}
	return c.JSON(http.StatusOK, out)
}

// What a name may hold is a guess; all published scopes fit.
var (
	prefixShape   = regexp.MustCompile(`^[A-Za-z0-9._-]+$`)
	subscopeShape = regexp.MustCompile(`^[A-Za-z0-9._/:-]+$`)
)

// createScope registers a scope. The real API hands out prefixes by agreement;
// here a prefix belongs to whoever uses it first.
func (a *api) createScope(c call) error {
	var body scopeBody
	if err := read(c, scopeObject, &body); err != nil {
		return err
	}
	switch {
	case !prefixShape.MatchString(body.Prefix):
		return wrong(scopeObject, "prefix", "prefix is %q; it may hold letters, digits and . _ -", cut(body.Prefix))
	case !subscopeShape.MatchString(body.Subscope):
		return wrong(scopeObject, "subscope", "subscope is %q; it may hold letters, digits and . _ - / :", cut(body.Subscope))
	}
	scope := fakeauth.Scope{Name: body.Prefix + ":" + body.Subscope, Owner: c.org, Created: c.at}
	body.fill(&scope, c.at)
	err := a.update(func(r *fakeauth.Registry) error {
		switch owner := ownerOf(r, body.Prefix); {
		case owner != "" && owner != c.org:
			return refuse(http.StatusForbidden, "forbidden", "the prefix %q belongs to organisation %s", cut(body.Prefix), owner)
		case r.Scope(scope.Name) != nil:
			return refuse(http.StatusConflict, "conflict", "the scope %q is registered already, maybe inactive; PUT changes it", cut(scope.Name))
		}
		r.Scopes = append(r.Scopes, scope)
		return body.check(r)
	})
	if err != nil {
		return err
	}
	return c.JSON(http.StatusCreated, showScope(&scope))
}

// ownerOf is the organisation whose prefix it is, or "".
func ownerOf(r *fakeauth.Registry, prefix string) string {
	for i := range r.Scopes {
		if strings.HasPrefix(r.Scopes[i].Name, prefix+":") {
			return r.Scopes[i].Owner
		}
	}
	return ""
}

func (a *api) putScope(c call) error {
	var body scopeBody
	if err := read(c, scopeObject, &body); err != nil {
		return err
	}
	return a.changeScope(c, func(r *fakeauth.Registry, s *fakeauth.Scope) error {
		prefix, sub, _ := strings.Cut(s.Name, ":")
		for _, part := range []struct{ field, sent, has string }{{"name", body.Name, s.Name}, {"prefix", body.Prefix, prefix}, {"subscope", body.Subscope, sub}} {
			if part.sent != "" && part.sent != part.has {
				return wrong(scopeObject, part.field, "%s is %q and cannot become %q", part.field, part.has, cut(part.sent))
			}
		}
		body.fill(s, c.at)
		return body.check(r)
	})
}

// deleteScope deactivates a scope; what was granted stays.
func (a *api) deleteScope(c call) error {
	return a.changeScope(c, func(_ *fakeauth.Registry, s *fakeauth.Scope) error {
		s.Inactive, s.Updated = true, c.at
		return nil
	})
}

func (a *api) changeScope(c call, change func(*fakeauth.Registry, *fakeauth.Scope) error) error {
	var changed fakeauth.Scope
	err := a.update(func(r *fakeauth.Registry) error {
		s, err := ownScope(c, r)
		if err == nil {
			err = change(r, s)
		}
		if err == nil {
			changed = *s
		}
		return err
	})
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, showScope(&changed))
}

func (a *api) listPrefixes(c call) error {
	registry := a.Server.Registry()
	out := []string{}
	for i := range registry.Scopes {
		if prefix, _, _ := strings.Cut(registry.Scopes[i].Name, ":"); registry.Scopes[i].Owner == c.org && !slices.Contains(out, prefix) {
			out = append(out, prefix)
		}
	}
	return c.JSON(http.StatusOK, out)
}

func (a *api) listDelegationSources(c call) error {
	sources := a.Server.Registry().DelegationSources
	for i := range sources {
		sources[i].Created, sources[i].Updated = dated(sources[i].Created), dated(sources[i].Updated)
	}
	return c.JSON(http.StatusOK, some(sources))
}
