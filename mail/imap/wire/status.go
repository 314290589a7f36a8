package wire

import (
	"bytes"
	"strconv"
	"strings"

	"postrider/mail"
)

// Code is a response code of a status response (RFC 9051 7.1).
type Code struct {
	Tag    string // "*" for an untagged response
	Status string // OK, NO, BAD, BYE
	Name   string // upper case: ALERT, MODIFIED, HIGHESTMODSEQ
	Args   string // as the server wrote them
	Text   string // the words after it
}

// codeGarbled is the code of a refusal that we put in the server's place.
const codeGarbled = "X-GARBLED"

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
	c.tell("*", s)
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
	c.tell(cmd.tag, s)
	if c.swallow(cmd) {
		c.emit("+ go")
	}
	c.emitStatus(cmd.tag, s)
	return nil
}

// tell gives a response code to those who asked for them.
func (c *Conn) tell(tag string, s status) {
	if s.code != "" && s.code != codeGarbled && c.opts.OnCode != nil {
		c.opts.OnCode(Code{Tag: tag, Status: s.word, Name: s.code, Args: c.script.scrub(s.args), Text: c.words("", s.text)})
	}
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

// repairCode is a response code as go-imap reads it; "" if it says nothing.
func (c *Conn) repairCode(s status) string {
	switch s.code {
	case "CAPABILITY":
		return strings.Join(append([]string{"CAPABILITY"}, visible(parseCaps(s.args))...), " ")
	case "PERMANENTFLAGS":
		if list, ok := c.flagList([]byte(s.args)); ok {
			return "PERMANENTFLAGS " + string(list)
		}
		return ""
	case "UIDNEXT", "UIDVALIDITY":
		if n, ok := digits(s.args); !ok || n == 0 {
			return ""
		}
	case "HIGHESTMODSEQ":
		if _, err := strconv.ParseUint(s.args, 10, 63); err != nil {
			return ""
		}
	case "APPENDUID":
		return repairAppendUID(s.args)
	case "COPYUID":
		return repairCopyUID(s.args)
	default:
		return s.code
	}
	return s.code + " " + s.args
}

// repairAppendUID wants two numbers that are not 0 (RFC 4315 3).
func repairAppendUID(args string) string {
	f := strings.Fields(args)
	if len(f) != 2 {
		return ""
	}
	validity, ok := digits(f[0])
	uid, ok2 := digits(f[1])
	if !ok || !ok2 || validity == 0 || uid == 0 {
		return ""
	}
	return "APPENDUID " + args
}

// repairCopyUID wants two sets of the same size, both ascending: go-imap sorts
// sets, and would pair the wrong messages of others.
func repairCopyUID(args string) string {
	f := strings.Fields(args)
	if len(f) != 3 {
		return ""
	}
	validity, ok := digits(f[0])
	from, okFrom := parseSet(f[1])
	to, okTo := parseSet(f[2])
	if !ok || !okFrom || !okTo || validity == 0 || !ascending(from) || !ascending(to) || count(from) != count(to) {
		return ""
	}
	return "COPYUID " + f[0] + " " + formatSet(from) + " " + formatSet(to)
}

func ascending(set []mail.UIDRange) bool {
	for i := 1; i < len(set); i++ {
		if set[i].First <= set[i-1].Last {
			return false
		}
	}
	return true
}

func count(set []mail.UIDRange) (n uint64) {
	for _, r := range set {
		n += uint64(r.Last-r.First) + 1
	}
	return n
}

func utoa(n uint32) string { return strconv.FormatUint(uint64(n), 10) }
