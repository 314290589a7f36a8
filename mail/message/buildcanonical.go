package message

import (
	"io"
	"maps"
	"slices"
)

// canonical writes mail with CRLF line ends: a lone CR or LF becomes one, a NUL
// goes, and the last line is ended.
type canonical struct {
	w     io.Writer
	out   []byte
	last  byte
	wrote bool
	held  bool // a CR at the end of the last piece
}

// Write implements io.Writer.
func (c *canonical) Write(b []byte) (int, error) {
	c.out = c.out[:0]
	for _, ch := range b {
		switch {
		case ch == '\n':
			c.out = append(c.out, '\r', '\n')
			c.held = false
			continue
		case c.held:
			c.out = append(c.out, '\r', '\n')
			c.held = false
		}
		switch ch {
		case '\r':
			c.held = true
		case 0:
		default:
			c.out = append(c.out, ch)
		}
	}
	if len(c.out) > 0 {
		c.wrote, c.last = true, c.out[len(c.out)-1]
	}
	if _, err := c.w.Write(c.out); err != nil {
		return 0, err
	}
	return len(b), nil
}

func (c *canonical) close() error {
	if !c.held && (!c.wrote || c.last == '\n') {
		return nil
	}
	c.held = false
	_, err := io.WriteString(c.w, "\r\n")
	return err
}

func sortedKeys(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }
