package wire

import (
	"slices"
	"strings"

	"postrider/mail"
)

// finish takes the command that a tagged response ends; nil if there is none.
func (c *Conn) finish(tag string) *command {
	c.mu.Lock()
	defer c.mu.Unlock()
	i := slices.IndexFunc(c.commands, func(cmd *command) bool { return cmd.tag == tag })
	if i < 0 {
		return nil
	}
	cmd := c.commands[i]
	c.commands = slices.Delete(c.commands, i, i+1)
	return cmd
}

// wanted takes a "+" for the first command that waits for one.
func (c *Conn) wanted() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, cmd := range c.commands {
		if cmd.waits == 0 {
			continue
		}
		if cmd.waits > 0 {
			cmd.waits--
		}
		cmd.idling = cmd.verb == "IDLE"
		return true
	}
	return false
}

// awaitLiteral notes that cmd goes on with a literal, and whether the client
// waits for a "+" first.
func (c *Conn) awaitLiteral(cmd *command, synchronizing bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if cmd != nil && synchronizing {
		cmd.waits++
		cmd.literal = true
	}
}

// swallow reports whether the client still waits to send a literal of a command
// that is over. go-imap closes the connection if it may not; so it may, and
// nothing of it reaches the server.
func (c *Conn) swallow(cmd *command) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	cmd.swallowed = cmd.literal && cmd.waits > 0
	return cmd.swallowed
}

// refused reports whether the rest of cmd must not be sent.
func (c *Conn) refused(cmd *command) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return cmd != nil && cmd.swallowed
}

// conversing returns the command that a line without a tag goes on with.
func (c *Conn) conversing(line string) *command {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, cmd := range c.commands {
		switch {
		case cmd.verb == "AUTHENTICATE":
			return cmd
		case cmd.verb == "IDLE" && strings.EqualFold(line, "DONE"):
			cmd.idling = false
			return cmd
		}
	}
	return nil
}

// poison makes the commands that a response of this kind could belong to fail:
// their answer is not whole.
func (c *Conn) poison(kind string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, cmd := range c.commands {
		if slices.Contains(answers[kind], strings.TrimPrefix(cmd.verb, "UID ")) {
			cmd.poisoned = true
		}
	}
}

// answers are the commands that go wrong if a response is lost.
var answers = map[string][]string{
	"FETCH": {"FETCH"}, "SEARCH": {"SEARCH"}, "ESEARCH": {"SEARCH"}, "SORT": {"SORT"}, "THREAD": {"THREAD"},
	"LIST": {"LIST"}, "STATUS": {"STATUS"}, "VANISHED": {"FETCH", "SELECT", "EXAMINE"},
}

// fetchingUIDs reports whether a UID FETCH runs, and the one UID it asks for if
// it asks for one and nothing else runs.
func (c *Conn) fetchingUIDs() (only mail.UID, running bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, cmd := range c.commands {
		if cmd.verb == "UID FETCH" {
			running = true
			only = cmd.uid
		}
	}
	if len(c.commands) > 1 {
		only = 0
	}
	return only, running
}

// searching returns the search that a response with this tag answers.
func (c *Conn) searching(tag string) *command {
	c.mu.Lock()
	defer c.mu.Unlock()
	var found []*command
	for _, cmd := range c.commands {
		if cmd.verb != "SEARCH" && cmd.verb != "UID SEARCH" {
			continue
		}
		if cmd.tag == tag {
			return cmd
		}
		found = append(found, cmd)
	}
	if len(found) != 1 {
		return nil
	}
	return found[0]
}
