package wire

import (
	"fmt"
	"strings"
)

// exchange sends one of our own commands and reads up to its answer. shown is
// what the transcript shows of it. answer gives the reply to a "+"; where it is
// nil, a "+" is an error.
func (c *Conn) exchange(command, shown string, answer func(challenge string) (string, error)) (status, error) {
	c.tags++
	tag := fmt.Sprintf("W%d", c.tags)
	if err := c.say(tag+" "+command, tag+" "+shown); err != nil {
		return status{}, err
	}
	for {
		l, err := c.src.line(lineLimit)
		if err != nil {
			return status{}, err
		}
		p := &c.parser
		p.start(l.text)
		switch first := p.peek(); {
		case first == 0:
		case first == '+':
			p.pos++
			err = c.reply(string(p.rest()), answer)
		case first == '*':
			p.pos++
			err = c.overhear(p, l)
		case p.word() == tag:
			s := parseStatus(p.word(), p.rest())
			c.learn(tag, s)
			return s, nil
		case c.secure:
			err = c.unknown(p)
		default:
			err = errInjected
		}
		if err != nil {
			return status{}, err
		}
	}
}

// say sends one line of ours.
func (c *Conn) say(line, shown string) error {
	c.script.sent(shown)
	return c.transmit([]byte(line + "\r\n"))
}

var errContinue = garbled("The server asked for more where there is nothing more to say.")

func (c *Conn) reply(challenge string, answer func(string) (string, error)) error {
	if answer == nil {
		return errContinue
	}
	line, err := answer(challenge)
	if err != nil {
		return err
	}
	return c.say(line, "[secret]")
}

// overhear reads an untagged response while we talk to the server ourselves.
// Before TLS only status responses and capabilities can be meant for us;
// anything else was put there to be taken for mail.
func (c *Conn) overhear(p *parser, l line) error {
	word := strings.ToUpper(p.word())
	switch {
	case statusWords[word]:
		s := parseStatus(word, p.rest())
		if word == "BYE" {
			c.setBye(s)
		}
		c.learn("*", s)
		return nil
	case l.cut:
		return errLine
	case word == "CAPABILITY":
		c.setCaps(parseCaps(string(p.rest())))
		return nil
	case !c.secure:
		return errInjected
	case word == "ENABLED":
		c.addEnabled(parseCaps(string(p.rest())))
		return nil
	}
	return p.skipRest()
}

// learn takes what a status response tells. Before TLS nobody may be told.
func (c *Conn) learn(tag string, s status) {
	if s.code == "CAPABILITY" {
		c.setCaps(parseCaps(s.args))
	}
	if c.secure {
		c.tell(tag, s)
	}
}

// capability asks for the capabilities. A server that has none to tell has none.
func (c *Conn) capability() error {
	c.setCaps(nil)
	s, err := c.exchange("CAPABILITY", "CAPABILITY", nil)
	if err == nil && s.word != "OK" && c.secure {
		return c.refusal("ask what the server can do", s.word, s.code, s.text)
	}
	return err
}

// failed ends the connection for what went wrong while op was attempted.
func (c *Conn) failed(op string, err error) error { return c.fail(c.reason(op, err)) }
