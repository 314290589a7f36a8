package wire

import (
	"fmt"
	"strings"
)

// repairID repairs `* ID ("key" "value" ...)` (RFC 2971 3.2). Pairs without a
// value are left out; go-imap compares keys in lower case.
func (c *Conn) repairID(p *parser) error {
	v, err := p.value()
	if err != nil {
		return err
	}
	var pairs []string
	for i := 0; i+1 < len(v.list); i += 2 {
		key, val := v.list[i], v.list[i+1]
		if len(key.s) > 0 && (val.form == isString || val.form == isAtom) {
			pairs = append(pairs, quote(strings.ToLower(string(key.s))), quote(string(val.s)))
		}
	}
	if len(pairs) == 0 {
		c.emit("* ID NIL")
		return nil
	}
	c.emit("* ID (", strings.Join(pairs, " "), ")")
	return nil
}

// repairNamespace repairs `* NAMESPACE personal other shared` (RFC 2342 5); a
// part that is missing is NIL.
func (c *Conn) repairNamespace(p *parser) error {
	parts := []string{"* NAMESPACE", "NIL", "NIL", "NIL"}
	for i := 1; i < len(parts) && p.peek() != 0; i++ {
		v, err := p.value()
		if err != nil {
			return err
		}
		if list := namespaces(v); len(list) > 0 {
			parts[i] = "(" + strings.Join(list, "") + ")"
		}
	}
	c.emit(strings.Join(parts, " "))
	return nil
}

func namespaces(v value) []string {
	var list []string
	for _, n := range v.list {
		if len(n.list) < 2 || n.list[0].form == isList {
			continue
		}
		list = append(list, "("+quote(string(n.list[0].s))+" "+delimiterOf(n.list[1])+")")
	}
	return list
}

// repairQuota repairs `* QUOTA root (name usage limit ...)` (RFC 9208 4.2.1).
func (c *Conn) repairQuota(p *parser) error {
	root, err := p.value()
	if err != nil {
		return err
	}
	v, err := p.value()
	if err != nil {
		return err
	}
	var triples []string
	for i := 0; i+2 < len(v.list); i += 3 {
		name, used, limit := v.list[i], v.list[i+1], v.list[i+2]
		usage, ok := number64(used)
		most, ok2 := number64(limit)
		if ok && ok2 && cleanAtom(name.s) {
			triples = append(triples, fmt.Sprintf("%s %d %d", name.s, usage, most))
		}
	}
	c.emit("* QUOTA ", quote(string(root.s)), " (", strings.Join(triples, " "), ")")
	return nil
}

// repairQuotaRoot repairs `* QUOTAROOT name root ...` (RFC 9208 4.2.2).
func (c *Conn) repairQuotaRoot(p *parser) error {
	v, err := p.value()
	if err != nil {
		return err
	}
	if len(v.s) > maxName {
		return errSyntax
	}
	parts := []string{"* QUOTAROOT", quote(c.mailbox(string(v.s)))}
	for p.peek() != 0 {
		root, err := p.value()
		if err != nil {
			return err
		}
		parts = append(parts, quote(string(root.s)))
	}
	c.emit(strings.Join(parts, " "))
	return nil
}
