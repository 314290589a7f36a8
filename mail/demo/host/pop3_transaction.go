package host

import (
	"fmt"
	"strconv"
)

// transaction answers the commands of the TRANSACTION state (RFC 1939 5).
func (s *popSession) transaction(verb string, args []string) {
	switch verb {
	case "STAT":
		n, size := s.total()
		s.ok("%d %d", n, size)
	case "NOOP":
		s.ok("")
	case "RSET":
		for i := range s.drop {
			s.drop[i].deleted = false
		}
		s.ok("nothing will be deleted")
	case "LIST":
		s.listing(args, func(m popMessage) string { return strconv.Itoa(len(m.Content())) })
	case "UIDL":
		s.listing(args, func(m popMessage) string { return m.uidl })
	case "RETR", "TOP", "DELE":
		s.message(verb, args)
	default:
		s.fail("", "no such command")
	}
}

func (s *popSession) total() (n, size int) {
	for _, m := range s.drop {
		if !m.deleted {
			n++
			size += len(m.Content())
		}
	}
	return n, size
}

// listing answers LIST and UIDL, for one message or for all.
func (s *popSession) listing(args []string, value func(popMessage) string) {
	if len(args) > 0 {
		if i, ok := s.number(args); ok {
			s.ok("%d %s", i+1, value(s.drop[i]))
		}
		return
	}
	s.ok("listing")
	for i, m := range s.drop {
		if !m.deleted {
			fmt.Fprintf(s.w, "%d %s\r\n", i+1, value(m))
		}
	}
	s.w.WriteString(".\r\n")
}

func (s *popSession) message(verb string, args []string) {
	i, ok := s.number(args)
	if !ok {
		return
	}
	switch verb {
	case "RETR":
		s.ok("%d octets", len(s.drop[i].Content()))
		s.lines(s.drop[i].Content(), -1)
	case "TOP":
		if len(args) < 2 {
			s.fail("", "how many lines?")
			return
		}
		n, err := strconv.ParseUint(args[1], 10, 31)
		if err != nil {
			s.fail("", "how many lines?")
			return
		}
		s.ok("top of message")
		s.lines(s.drop[i].Content(), int(n))
	case "DELE":
		s.drop[i].deleted = true
		s.ok("will be deleted")
	}
}

// number reads a message number; where it is none, the answer is given.
func (s *popSession) number(args []string) (index int, ok bool) {
	if len(args) > 0 {
		n, err := strconv.Atoi(args[0])
		if err == nil && n >= 1 && n <= len(s.drop) && !s.drop[n-1].deleted {
			return n - 1, true
		}
	}
	s.fail("", "no such message")
	return 0, false
}
