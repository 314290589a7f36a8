package spelling

import (
	"os"
	"strings"
)

// Learn takes a word in that the person says is right.
func (c *Checker) Learn(word string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.knows(word) || strings.ContainsAny(word, "\r\n") {
		return nil
	}
	c.own[word] = true
	f, err := os.OpenFile(c.learnt, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(word + "\n")
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}

// knows reports a word that was learnt, also with a capital where a sentence begins.
func (c *Checker) knows(word string) bool {
	if c.own == nil {
		c.own = map[string]bool{}
		text, _ := os.ReadFile(c.learnt) // there mostly is none
		for w := range strings.Lines(string(text)) {
			c.own[strings.TrimSpace(w)] = true
		}
	}
	return c.own[word] || c.own[strings.ToLower(word)]
}
