package wire

import (
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

// tell gives a response code to those who asked for them.
func (c *Conn) tell(tag string, s status) {
	if s.code != "" && s.code != codeGarbled && c.opts.OnCode != nil {
		c.opts.OnCode(Code{Tag: tag, Status: s.word, Name: s.code, Args: c.script.scrub(s.args), Text: c.words("", s.text)})
	}
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
