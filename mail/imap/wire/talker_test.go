package wire

import (
	"bufio"
	"io"
	"net"
	"strings"
)

// talker answers each line of the client with the next of its answers: "$" at
// a line's start is the tag of the last command, "!" at the end closes.
type talker struct {
	conn    net.Conn
	answers []string
	said    []string
}

func (k *talker) run(greeting string) {
	defer k.conn.Close()
	io.WriteString(k.conn, greeting)
	r := bufio.NewReader(k.conn)
	tag := ""
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimRight(line, "\r\n")
		k.said = append(k.said, line)
		if first, _, ok := strings.Cut(line, " "); ok && len(first) > 1 && (first[0] == 'W' || first[0] == 'T') {
			tag = first
		}
		if len(k.answers) == 0 {
			continue
		}
		a, hang := strings.CutSuffix(k.answers[0], "!")
		k.answers = k.answers[1:]
		a = strings.ReplaceAll("\n"+a, "\n$ ", "\n"+tag+" ")[1:]
		if _, err := io.WriteString(k.conn, a); err != nil || hang {
			return
		}
	}
}
