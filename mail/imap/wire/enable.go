package wire

import (
	"context"
	"slices"
	"strings"
)

// Enable switches extensions on (RFC 5161) and returns those that the server
// confirmed: iCloud takes ENABLE QRESYNC and never confirms it. What the server
// does not announce is not asked for.
func (c *Conn) Enable(ctx context.Context, names ...string) ([]string, error) {
	const op = "switch extensions on"
	defer c.Bind(ctx)()
	caps := c.Caps()
	command := "ENABLE"
	for _, name := range names {
		if caps.Has(name) {
			command += " " + strings.ToUpper(name)
		}
	}
	if command == "ENABLE" || !caps.Has("ENABLE") {
		return nil, nil
	}
	s, err := c.exchange(command, command, nil)
	if err != nil {
		return nil, c.failed(op, err)
	}
	if s.word != "OK" {
		return nil, c.refusal(op, s.word, s.code, s.text)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.enabled), nil
}

func (c *Conn) addEnabled(names Caps) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, name := range names {
		if !slices.Contains(c.enabled, name) {
			c.enabled = append(c.enabled, name)
		}
	}
}
