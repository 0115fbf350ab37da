package fakeauth

import (
	"encoding/json"
	"strings"
)

// ownBase stands in the addresses of a seeded client for where the sandbox lies,
// which each caller sees under the name that it uses.
const ownBase = "{base}"

// addressSettings are the settings that hold addresses: one, or a list.
var addressSettings = []string{"post_logout_redirect_uris", "frontchannel_logout_uri"}

// At is a copy of the client as a caller sees it: base, a URL without a slash at
// the end, stands for {base} in its addresses.
func (c *Client) At(base string) Client {
	out := c.clone()
	out.eachAddress(func(address string) string { return strings.ReplaceAll(address, ownBase, base) })
	return out
}

// KeepBase is for a registration that replaces old, from a caller who may have
// read old.At(base): an address that comes back as it was told keeps its {base}.
func (c *Client) KeepBase(old *Client, base string) {
	kept, read := map[string]string{}, old.clone()
	read.eachAddress(func(address string) string {
		kept[strings.ReplaceAll(address, ownBase, base)] = address
		return address
	})
	c.eachAddress(func(address string) string {
		if was, ok := kept[address]; ok {
			return was
		}
		return address
	})
}

// eachAddress changes all addresses where a browser may be sent.
func (c *Client) eachAddress(change func(string) string) {
	for i, address := range c.RedirectURIs {
		c.RedirectURIs[i] = change(address)
	}
	for _, name := range addressSettings {
		var value any
		if json.Unmarshal(c.Settings[name], &value) != nil {
			continue
		}
		switch v := value.(type) {
		case string:
			value = change(v)
		case []any:
			for i, one := range v {
				if address, ok := one.(string); ok {
					v[i] = change(address)
				}
			}
		}
		c.Settings[name], _ = json.Marshal(value) // it was JSON before
	}
}
