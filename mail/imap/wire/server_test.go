package wire

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"regexp"
	"strconv"
	"strings"
)

const testCaps = "IMAP4rev1 IDLE ID MOVE UIDPLUS ESEARCH ENABLE CONDSTORE QRESYNC LIST-EXTENDED LIST-STATUS NAMESPACE QUOTA"

// scripted is a server that behaves, except for one command.
type scripted struct {
	conn net.Conn
	r    *bufio.Reader
	verb string   // the command that gets the script, once
	say  []string // what it says then, octet by octet; a "$" before it is the tag
	hang bool     // whether it closes the connection after that

	seen []string // command lines, with literals in them
}

var literalMark = regexp.MustCompile(`\{(\d+)(\+?)\}$`)

// command reads one command; literals become part of the line.
func (s *scripted) command() (string, error) {
	line, err := s.r.ReadString('\n')
	line = strings.TrimRight(line, "\r\n")
	for err == nil {
		m := literalMark.FindStringSubmatch(line)
		if m == nil {
			break
		}
		if m[2] == "" && !strings.Contains(line, " APPEND ") {
			io.WriteString(s.conn, "+ go\r\n")
		} else if m[2] == "" {
			return line, nil // the script decides
		}
		n, _ := strconv.Atoi(m[1])
		b := make([]byte, n)
		io.ReadFull(s.r, b)
		var rest string
		rest, err = s.r.ReadString('\n')
		line = strings.TrimSuffix(line, m[0]) + string(b) + strings.TrimRight(rest, "\r\n")
	}
	return line, err
}

// serve runs until the client goes.
func (s *scripted) serve() {
	defer s.conn.Close()
	s.r = bufio.NewReader(s.conn)
	fmt.Fprintf(s.conn, "* OK [CAPABILITY %s AUTH=PLAIN SASL-IR] ready\r\n", testCaps)
	for {
		line, err := s.command()
		if err != nil {
			return
		}
		s.seen = append(s.seen, line)
		tag, rest, _ := strings.Cut(line, " ")
		verb, _, _ := strings.Cut(strings.TrimPrefix(rest, "UID "), " ")
		if verb == "EXAMINE" {
			verb = "SELECT"
		}
		if verb == s.verb {
			s.verb = ""
			for _, piece := range s.say {
				if after, ok := strings.CutPrefix(piece, "$ "); ok {
					piece = tag + " " + after
				}
				io.WriteString(s.conn, piece)
			}
			if s.hang {
				return
			}
			continue
		}
		io.WriteString(s.conn, answer(tag, verb))
	}
}

// answer is what a plain server says.
func answer(tag, verb string) string {
	untagged := ""
	switch verb {
	case "CAPABILITY":
		untagged = "* CAPABILITY " + testCaps + "\r\n"
	case "ENABLE":
		untagged = "* ENABLED QRESYNC\r\n"
	case "SELECT":
		untagged = "* 5 EXISTS\r\n* FLAGS (\\Seen)\r\n* OK [UIDVALIDITY 1] x\r\n* OK [UIDNEXT 9] x\r\n"
	}
	return untagged + tag + " OK done\r\n"
}
