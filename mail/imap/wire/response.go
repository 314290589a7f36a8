package wire

import (
	"bytes"
	"errors"
	"strings"
)

// maxJunk is how many lines without meaning may follow each other.
const maxJunk = 10_000

// lineLimit is the cap of a response line by its beginning.
func lineLimit(head []byte) int {
	word, ok := bytes.CutPrefix(head, []byte("* "))
	if !ok {
		return shortLine
	}
	word = bytes.TrimLeft(word, " 0123456789")
	word = word[:min(len(word), len("VANISHED"))]
	if i := bytes.IndexByte(word, ' '); i >= 0 {
		word = word[:i]
	}
	if longKinds[strings.ToUpper(string(word))] {
		return longLine
	}
	return shortLine
}

// longKinds are the responses that list messages.
var longKinds = map[string]bool{
	"FETCH": true, "SEARCH": true, "ESEARCH": true, "SORT": true, "THREAD": true, "VANISHED": true,
}

// response reads the next response, up to the first literal that is streamed.
func (c *Conn) response() error {
	l, err := c.src.line(lineLimit)
	if err != nil {
		return err
	}
	p := &c.parser
	p.start(l.text)
	defer p.release()
	switch first := p.peek(); {
	case first == 0:
		return c.meaningless(nil) // a blank line between responses
	case first == '+':
		return c.continuation(p)
	case first != '*':
		return c.tagged(p)
	}
	p.pos++
	kind, n, numbered := c.kind(p)
	if parse := statusWords[kind]; parse && !numbered {
		return c.untaggedStatus(p, kind)
	}
	if l.cut {
		return c.dropCut(kind, l.tail)
	}
	err = c.untagged(p, kind, n, numbered)
	if errors.Is(err, errSyntax) {
		return c.drop(p, kind)
	}
	return err
}

var statusWords = map[string]bool{"OK": true, "NO": true, "BAD": true, "BYE": true, "PREAUTH": true}

// kind reads the name of a response, upper case, and the number before it. A
// number that is none ("-5") leaves the response without a known name.
func (c *Conn) kind(p *parser) (kind string, n uint32, numbered bool) {
	kind = strings.ToUpper(p.word())
	if kind == "" || kind[0] < '0' || kind[0] > '9' {
		return kind, 0, false
	}
	n, ok := digits(kind)
	name := strings.ToUpper(p.word())
	if !ok {
		return kind + " " + name, 0, false
	}
	return name, n, true
}

// untagged repairs one untagged response. errSyntax leaves it out.
func (c *Conn) untagged(p *parser, kind string, n uint32, numbered bool) error {
	if numbered {
		switch kind {
		case "FETCH":
			return c.beginFetch(n)
		case "EXISTS", "RECENT":
			c.emit("* ", utoa(n), " ", kind)
			return nil
		case "EXPUNGE":
			if n == 0 {
				return errSyntax
			}
			c.emit("* ", utoa(n), " EXPUNGE")
			return nil
		}
		return c.unknown(p)
	}
	if repair := repairs[kind]; repair != nil {
		return repair(c, p)
	}
	return c.unknown(p)
}

// repairs are the untagged responses without a number that go-imap knows.
var repairs map[string]func(*Conn, *parser) error

func init() {
	repairs = map[string]func(*Conn, *parser) error{
		"CAPABILITY": (*Conn).repairCapability,
		"ENABLED":    (*Conn).repairEnabled,
		"FLAGS":      (*Conn).repairFlags,
		"LIST":       (*Conn).repairList,
		"STATUS":     (*Conn).repairStatus,
		"SEARCH":     (*Conn).repairSearch,
		"ESEARCH":    (*Conn).repairESearch,
		"SORT":       (*Conn).repairSort,
		"THREAD":     (*Conn).repairThread,
		"VANISHED":   (*Conn).takeVanished,
		"ID":         (*Conn).repairID,
		"NAMESPACE":  (*Conn).repairNamespace,
		"QUOTA":      (*Conn).repairQuota,
		"QUOTAROOT":  (*Conn).repairQuotaRoot,
	}
}

// emit hands one line over.
func (c *Conn) emit(parts ...string) {
	for _, s := range parts {
		c.out = append(c.out, s...)
	}
	c.out = append(c.out, "\r\n"...)
	c.junk = 0
}

// unknown takes out a response that go-imap does not know.
func (c *Conn) unknown(p *parser) error {
	head := bytes.Clone(p.text[:min(len(p.text), 4*maxWords)])
	if err := p.skipRest(); err != nil {
		return err
	}
	return c.meaningless(head)
}

// drop takes out a response that no repair understands.
func (c *Conn) drop(p *parser, kind string) error {
	c.poison(kind)
	return c.unknown(p)
}

// dropCut takes out a response whose line is too long. The name of one mailbox
// that nobody could open (1 MB) must not cost the others; anything else that
// is missing has to show.
func (c *Conn) dropCut(kind string, tail []byte) error {
	if kind != "LIST" {
		c.poison(kind)
	}
	head := bytes.Clone(c.parser.text[:min(len(c.parser.text), 4*maxWords)])
	if err := c.parser.skipTail(tail); err != nil {
		return err
	}
	return c.meaningless(head)
}

// meaningless reports what was left out, and ends a connection that brings
// nothing else: it would keep a command waiting for ever.
func (c *Conn) meaningless(head []byte) error {
	if c.junk++; c.junk > maxJunk {
		return errJunk
	}
	c.report(string(head))
	return nil
}

func (c *Conn) report(text string) {
	if text = c.script.scrub(cleanWords(text)); text != "" && c.opts.OnUnknown != nil {
		c.opts.OnUnknown(text)
	}
}

// continuation hands on "+" if the client waits for one.
func (c *Conn) continuation(p *parser) error {
	if !c.wanted() {
		return c.meaningless(p.text)
	}
	p.pos++
	c.emit("+ ", cleanLine(p.rest()))
	return nil
}

// cleanLine is text that stays in its line.
func cleanLine(b []byte) string {
	return strings.Map(func(r rune) rune {
		if r == '\r' || r == '\n' || r == 0 {
			return -1
		}
		return r
	}, string(b))
}
