package smtp

import (
	"bufio"
	"errors"
	"io"
	"strings"

	"postrider/mail"
)

// Reply is what a server answered (RFC 5321 4.2).
type Reply struct {
	Code     int    // 250
	Enhanced string // RFC 3463: "5.1.1"; "" if there is none
	Text     string // the server's words, lines parted by "\n"
}

// Positive reports a completion.
func (r Reply) Positive() bool { return r.Code/100 == 2 }

// String is the reply on one line, as the server wrote it.
func (r Reply) String() string {
	var b strings.Builder
	b.WriteString(digits(r.Code))
	if r.Enhanced != "" {
		b.WriteString(" " + r.Enhanced)
	}
	if r.Text != "" {
		b.WriteString(" " + strings.ReplaceAll(r.Text, "\n", " "))
	}
	return b.String()
}

func digits(code int) string {
	return string([]byte{byte('0' + code/100%10), byte('0' + code/10%10), byte('0' + code%10)})
}

// What a reply may have at most; RFC 5321 4.5.3.1.5 says 512 octets a line.
const (
	maxReplyLine  = 8 << 10
	maxReplyLines = 500
	maxReplyText  = 32 << 10 // octets kept
)

var errTooLong = garbled("its answer does not end")

// readReply reads a reply of any number of lines; log sees each.
func readReply(r *bufio.Reader, log func([]byte)) (Reply, error) {
	var texts []string
	kept := 0
	for range maxReplyLines {
		line, err := readLine(r)
		if err != nil {
			return Reply{}, err
		}
		log(line)
		code, more, text, ok := cutReply(string(line))
		if !ok {
			return Reply{}, garbled("it does not answer as a mail server does")
		}
		if kept += len(text); kept <= maxReplyText {
			texts = append(texts, text)
		}
		if !more {
			return newReply(code, texts), nil
		}
	}
	return Reply{}, errTooLong
}

// readLine reads a line without its end.
func readLine(r *bufio.Reader) ([]byte, error) {
	line, err := r.ReadSlice('\n')
	switch {
	case errors.Is(err, bufio.ErrBufferFull):
		return nil, errTooLong
	case err == io.EOF && len(line) > 0:
		return nil, io.ErrUnexpectedEOF
	case err != nil:
		return nil, err
	}
	line = line[:len(line)-1]
	if n := len(line); n > 0 && line[n-1] == '\r' {
		line = line[:n-1]
	}
	return line, nil
}

// cutReply reads "250-text", "250 text" or "250".
func cutReply(line string) (code int, more bool, text string, ok bool) {
	if len(line) < 3 {
		return 0, false, "", false
	}
	for i := range 3 {
		if line[i] < '0' || line[i] > '9' {
			return 0, false, "", false
		}
		code = code*10 + int(line[i]-'0')
	}
	if code < 100 || code > 599 {
		return 0, false, "", false
	}
	if len(line) == 3 {
		return code, false, "", true
	}
	switch line[3] {
	case '-':
		return code, true, line[4:], true
	case ' ', '\t':
		return code, false, line[4:], true
	}
	return 0, false, "", false
}

// newReply takes the enhanced code, which stands before each line (RFC 2034 4),
// off the text.
func newReply(code int, texts []string) Reply {
	r := Reply{Code: code}
	for i, t := range texts {
		head, rest, _ := strings.Cut(t, " ")
		if !isEnhanced(head, code) {
			continue
		}
		if r.Enhanced == "" {
			r.Enhanced = head
		}
		if head == r.Enhanced {
			texts[i] = rest
		}
	}
	r.Text = strings.TrimSpace(strings.Join(texts, "\n"))
	return r
}

func isEnhanced(s string, code int) bool {
	parts := strings.Split(s, ".")
	if len(parts) != 3 || len(parts[0]) != 1 || int(parts[0][0]-'0') != code/100 {
		return false
	}
	for _, p := range parts {
		if p == "" || len(p) > 3 || strings.Trim(p, "0123456789") != "" {
			return false
		}
	}
	return true
}

func garbled(what string) *mail.Error {
	return &mail.Error{Kind: mail.KindGarbled, Message: "The outgoing server breaks the protocol: " + what + "."}
}
