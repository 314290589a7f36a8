package wire

import (
	"bytes"
	"strconv"
	"strings"
)

// beforeItems finds the items of a STATUS response.
func beforeItems(rest []byte) int { return bytes.LastIndex(rest, []byte(" (")) }

// statusItems are the STATUS items go-imap reads, and whether they are 64-bit
// numbers. A number that cannot be leaves its item out, and so does a 0 where
// there is none.
var statusItems = map[string]struct{ long, nonzero bool }{
	"MESSAGES": {}, "UIDNEXT": {nonzero: true}, "UIDVALIDITY": {nonzero: true}, "UNSEEN": {}, "DELETED": {},
	"SIZE": {long: true}, "APPENDLIMIT": {}, "DELETED-STORAGE": {long: true}, "HIGHESTMODSEQ": {long: true},
}

// repairStatus repairs `* STATUS name (item number ...)`.
func (c *Conn) repairStatus(p *parser) error {
	name, err := c.listName(p, beforeItems)
	if err != nil {
		return err
	}
	v, err := p.value()
	if err != nil {
		return err
	}
	if len(name) > maxName || v.form != isList {
		return errSyntax
	}
	var items []string
	for i := 0; i+1 < len(v.list); i += 2 {
		word := strings.ToUpper(string(v.list[i].s))
		kind, known := statusItems[word]
		n, ok := number64(v.list[i+1])
		if !known || !ok || (!kind.long && n > 1<<32-1) || (kind.nonzero && n == 0) {
			continue
		}
		items = append(items, word+" "+strconv.FormatInt(n, 10))
	}
	if c.unasked() {
		c.notify(noticeOf(decodeName(c.mailbox(name)), items))
		return nil
	}
	c.emit("* STATUS ", quote(c.mailbox(name)), " (", strings.Join(items, " "), ")")
	return nil
}
