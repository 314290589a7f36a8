package wire

import (
	"fmt"
	"slices"
	"strings"

	"postrider/mail"
)

// repairSearch repairs `* SEARCH n n ... (MODSEQ n)`. A word that is no number
// leaves the response out: a client that lacks one match may take a message
// for deleted.
func (c *Conn) repairSearch(p *parser) error {
	var set []mail.UIDRange
	modseq := ""
	for p.peek() != 0 {
		if p.peek() == '(' {
			v, err := p.value()
			if err != nil || len(v.list) != 2 || !strings.EqualFold(string(v.list[0].s), "MODSEQ") {
				return errSyntax
			}
			if n, ok := number64(v.list[1]); ok {
				modseq = fmt.Sprintf(" (MODSEQ %d)", n)
			}
			continue
		}
		n, ok := digits(p.word())
		if !ok || n == 0 {
			return errSyntax
		}
		set = append(set, mail.UIDRange{First: mail.UID(n), Last: mail.UID(n)})
	}
	slices.SortFunc(set, func(a, b mail.UIDRange) int { return int(int64(a.First) - int64(b.First)) })
	c.out = append(c.out, "* SEARCH"...)
	for _, r := range slices.Compact(set) {
		c.out = appendUID(append(c.out, ' '), r.First)
	}
	c.emit(modseq)
	return nil
}

// repairESearch repairs `* ESEARCH (TAG "t") UID ALL set ...` (RFC 4731 3.1).
// It answers the one search that runs, whatever tag it names. Numbers without
// the word UID cannot answer a search for UIDs.
func (c *Conn) repairESearch(p *parser) error {
	tag := ""
	if p.peek() == '(' {
		v, err := p.value()
		if err != nil {
			return err
		}
		if len(v.list) == 2 {
			tag = string(v.list[1].s)
		}
	}
	cmd := c.searching(tag)
	if cmd == nil {
		return errSyntax
	}
	uid := false
	items := ""
	for p.peek() != 0 {
		word := strings.ToUpper(p.word())
		if word == "UID" {
			uid = true
			continue
		}
		item, err := esearchItem(word, p)
		if err != nil {
			return err
		}
		items += item
	}
	if items != "" && uid != (cmd.verb == "UID SEARCH") {
		return errSyntax
	}
	kind := ""
	if uid {
		kind = " UID"
	}
	c.emit("* ESEARCH (TAG ", quote(cmd.tag), ")", kind, items)
	return nil
}

// esearchItem reads one result; those that go-imap does not know are left out.
func esearchItem(word string, p *parser) (string, error) {
	v, err := p.value()
	if err != nil {
		return "", err
	}
	switch word {
	case "ALL":
		if v.form == isNil || len(v.s) == 0 {
			return "", nil
		}
		set, ok := parseSet(string(v.s))
		if !ok {
			return "", errSyntax
		}
		return " ALL " + formatSet(sortSet(set)), nil
	case "MIN", "MAX", "COUNT":
		n, ok := number32(v)
		if !ok {
			return "", errSyntax
		}
		return fmt.Sprintf(" %s %d", word, n), nil
	case "MODSEQ":
		if n, ok := number64(v); ok {
			return fmt.Sprintf(" MODSEQ %d", n), nil
		}
	}
	return "", nil
}

// repairSort repairs `* SORT n n ...`.
func (c *Conn) repairSort(p *parser) error {
	out := []byte("* SORT")
	for p.peek() != 0 {
		n, ok := digits(p.word())
		if !ok || n == 0 {
			return errSyntax
		}
		out = appendUID(append(out, ' '), mail.UID(n))
	}
	c.emit(string(out))
	return nil
}

// repairThread repairs `* THREAD (1 2 (3)(4)) ...`.
func (c *Conn) repairThread(p *parser) error {
	out := []byte("* THREAD")
	for p.peek() != 0 {
		v, err := p.value()
		if err != nil {
			return err
		}
		if out, err = appendThread(append(out, ' '), v); err != nil {
			return err
		}
	}
	if p.tooMuch {
		return errSyntax
	}
	c.emit(string(out))
	return nil
}

// appendThread writes numbers first, then lists, as the grammar has it.
func appendThread(out []byte, v value) ([]byte, error) {
	if v.form != isList || len(v.list) == 0 {
		return out, errSyntax
	}
	out = append(out, '(')
	for i, e := range v.list {
		if i > 0 {
			out = append(out, ' ')
		}
		if e.form == isList {
			var err error
			if out, err = appendThread(out, e); err != nil {
				return out, err
			}
			continue
		}
		n, ok := number32(e)
		if !ok || (i > 0 && v.list[i-1].form == isList) {
			return out, errSyntax
		}
		out = appendUID(out, mail.UID(n))
	}
	return append(out, ')'), nil
}
