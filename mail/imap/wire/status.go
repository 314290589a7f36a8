package wire

import (
	"bytes"
	"strconv"
	"strings"
)

// status is a status response: OK, NO, BAD, BYE, PREAUTH.
type status struct {
	word, code, args, text string
}

// parseStatus reads what follows the word of a status response. A code that is
// not closed is one word; a code that is not an atom is none.
func parseStatus(word string, rest []byte) status {
	s := status{word: strings.ToUpper(word), text: cleanLine(bytes.TrimSpace(rest))}
	if !strings.HasPrefix(s.text, "[") {
		return s
	}
	inside := s.text[1:]
	end := strings.IndexAny(inside, " ]")
	if end < 0 {
		end = len(inside)
	}
	name := strings.ToUpper(inside[:end])
	after := inside[end:]
	if !cleanCode(name) {
		s.text = strings.TrimLeft(s.text, "[ ")
		return s
	}
	s.code = name
	if stop := codeEnd(after); stop >= 0 {
		s.args, s.text = strings.TrimSpace(after[:stop]), strings.TrimSpace(after[stop+1:])
	} else {
		s.text = strings.TrimSpace(after)
	}
	s.text = strings.TrimLeft(s.text, "[ ")
	return s
}

// codeEnd finds the bracket that closes a code: that after its list, or that
// which matches the opening one, for servers that write [ALERT [x]].
func codeEnd(s string) int {
	if trimmed := strings.TrimLeft(s, " "); strings.HasPrefix(trimmed, "(") {
		if i := strings.LastIndex(s, ")]"); i >= 0 {
			return i + 1
		}
	}
	open := 1
	for i := range len(s) {
		switch s[i] {
		case '[':
			open++
		case ']':
			if open--; open == 0 {
				return i
			}
		}
	}
	return -1
}

func cleanCode(name string) bool {
	for _, ch := range []byte(name) {
		if !(ch >= 'A' && ch <= 'Z' || ch >= '0' && ch <= '9' || ch == '-' || ch == '_' || ch == '.') {
			return false
		}
	}
	return name != ""
}

// untaggedStatus repairs `* OK [CODE ...] text` and the like.
func (c *Conn) untaggedStatus(p *parser, word string) error {
	s := parseStatus(word, p.rest())
	switch word {
	case "PREAUTH":
		return c.meaningless(p.text) // a greeting in mid-session
	case "BYE":
		c.setBye(s)
	}
	c.learn("*", s)
	c.emitStatus("*", s)
	return nil
}

func (c *Conn) setBye(s status) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.bye = c.words(s.code, s.text)
}

// tagged repairs the end of a command, or takes out what is none.
func (c *Conn) tagged(p *parser) error {
	cmd := c.finish(p.word())
	if cmd == nil {
		return c.unknown(p)
	}
	s := parseStatus(p.word(), p.rest())
	if s.word != "OK" && s.word != "NO" {
		s.word = "BAD"
	}
	if cmd.poisoned && s.word == "OK" {
		s = status{word: "NO", code: codeGarbled, text: "part of the answer made no sense"}
	}
	c.learn(cmd.tag, s)
	if c.swallow(cmd) {
		c.emit("+ go")
	}
	c.emitStatus(cmd.tag, s)
	return nil
}

// emitStatus hands a status response over. Arguments of codes that go-imap
// does not read are left out: it would look for the bracket in them.
func (c *Conn) emitStatus(tag string, s status) {
	parts := []string{tag, " ", s.word}
	if code := c.repairCode(s); code != "" {
		parts = append(parts, " [", code, "]")
	}
	if s.text != "" {
		parts = append(parts, " ", s.text)
	}
	c.emit(parts...)
}

func utoa(n uint32) string { return strconv.FormatUint(uint64(n), 10) }
