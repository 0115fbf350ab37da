package selvbetjening

import (
	"encoding/json"
	"net/http"
	"slices"

	"liksom/fakeauth"
)

const onBehalfOfObject = "onbehalfof"

// onBehalfOfBody is the part of an entry that is looked at: the short name that
// a supplier gives a customer. The rest is kept as it came.
type onBehalfOfBody struct {
	Value string `json:"onbehalfof"`
}

func valueOf(entry json.RawMessage) string {
	var b onBehalfOfBody
	_ = json.Unmarshal(entry, &b) // an entry without a name has none
	return b.Value
}

func indexOf(c *fakeauth.Client, value string) int {
	return slices.IndexFunc(c.OnBehalfOf, func(e json.RawMessage) bool { return valueOf(e) == value })
}

func (a *api) listOnBehalfOf(c call) error {
	registry := a.Server.Registry()
	client, err := ownClient(c, &registry)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, some(client.OnBehalfOf))
}

func (a *api) getOnBehalfOf(c call) error {
	registry := a.Server.Registry()
	client, err := ownClient(c, &registry)
	if err != nil {
		return err
	}
	i := indexOf(client, c.Param("value"))
	if i < 0 {
		return noEntry(c)
	}
	return c.JSON(http.StatusOK, client.OnBehalfOf[i])
}

func noEntry(c call) error {
	return unknown("client %q has no onbehalfof %q", cut(c.Param("id")), cut(c.Param("value")))
}

// readEntry reads an entry, whole; nil stands for one without a name.
func readEntry(c call) (json.RawMessage, error) {
	var entry json.RawMessage
	if err := read(c, onBehalfOfObject, &entry); err != nil {
		return nil, err
	}
	if valueOf(entry) == "" {
		return nil, wrong(onBehalfOfObject, "onbehalfof", `onbehalfof is missing: {"onbehalfof":"kunde1",…}`)
	}
	return entry, nil
}

func (a *api) postOnBehalfOf(c call) error {
	entry, err := readEntry(c)
	if err != nil {
		return err
	}
	return a.changeEntries(c, http.StatusCreated, entry, func(client *fakeauth.Client) error {
		if indexOf(client, valueOf(entry)) >= 0 {
			return refuse(http.StatusConflict, "conflict", "client %q has onbehalfof %q already; PUT changes it", client.ID, cut(valueOf(entry)))
		}
		client.OnBehalfOf = append(client.OnBehalfOf, entry)
		return nil
	})
}

func (a *api) putOnBehalfOf(c call) error {
	entry, err := readEntry(c)
	if err != nil {
		return err
	}
	return a.changeEntries(c, http.StatusOK, entry, func(client *fakeauth.Client) error {
		i := indexOf(client, c.Param("value"))
		switch {
		case i < 0:
			return noEntry(c)
		case valueOf(entry) != c.Param("value"):
			return wrong(onBehalfOfObject, "onbehalfof", "onbehalfof is %q and cannot become %q", cut(c.Param("value")), cut(valueOf(entry)))
		}
		client.OnBehalfOf[i] = entry
		return nil
	})
}

func (a *api) deleteOnBehalfOf(c call) error {
	var gone json.RawMessage
	return a.changeEntries(c, http.StatusOK, gone, func(client *fakeauth.Client) error {
		i := indexOf(client, c.Param("value"))
		if i < 0 {
			return noEntry(c)
		}
		client.OnBehalfOf = slices.Delete(client.OnBehalfOf, i, i+1)
		return nil
	})
}

// changeEntries changes a client's entries and answers the one that it was about,
// or those that are left.
func (a *api) changeEntries(c call, status int, entry json.RawMessage, change func(*fakeauth.Client) error) error {
	changed, err := a.changed(c, func(_ *fakeauth.Registry, client *fakeauth.Client) error {
		client.Updated = c.at
		return change(client)
	})
	switch {
	case err != nil:
		return err
	case entry == nil:
		return c.JSON(status, some(changed.OnBehalfOf))
	}
	return c.JSON(status, entry)
}
