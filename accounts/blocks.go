package accounts

import (
	"reflect"
	"regexp"
	"strings"

	"github.com/BurntSushi/toml"
)

// blocks is the text of an accounts file taken apart, to change one account
// and leave the lines of the others alone.
type blocks struct {
	before string  // up to the first account
	list   []block // the accounts
	after  string  // tables of somebody else that stand among or behind them
}

// block is the text of one account and what it says.
type block struct {
	account Account
	text    string
	raw     map[string]any
}

// tableHeader matches [name…] and [[name…]]; the first part is captured.
var tableHeader = regexp.MustCompile(`^\s*\[\[?\s*["']?([A-Za-z0-9_-]+)`)

// accountHeader matches the line that begins an account.
var accountHeader = regexp.MustCompile(`^\s*\[\[\s*["']?account["']?\s*\]\]`)

// split takes the text apart by lines and makes sure that the parts mean what
// the whole means. TOML can be written in ways that lines do not show (inline
// tables, headers inside long strings): such a file is written anew.
func (d *document) split() (*blocks, error) {
	if strings.TrimSpace(d.text) == "" {
		return &blocks{before: header}, nil
	}
	if b, ok := d.splitLines(); ok {
		return b, nil
	}
	return d.rewrite()
}

func (d *document) splitLines() (*blocks, bool) {
	lines, owners := layout(d.text)
	b := &blocks{}
	texts := make([]string, len(d.accounts))
	for i, line := range lines {
		switch owner := owners[i]; {
		case owner == nobody:
			b.before += line
		case owner == somebody:
			b.after += line
		case owner < len(texts):
			texts[owner] += line
		default:
			return nil, false
		}
	}
	return b, d.adopt(b, texts)
}

// Owners of lines that belong to no account.
const (
	nobody   = -1 // above the first account
	somebody = -2 // tables that Postrider does not know, below
)

// layout gives the lines of a text and for each the index of its account.
func layout(text string) (lines []string, owners []int) {
	lines = strings.SplitAfter(text, "\n")
	owner, accounts := nobody, 0
	for i := 0; i < len(lines); {
		end := i + leadingComment(lines[i:])
		switch m := tableHeader.FindStringSubmatch(lines[end]); {
		case accountHeader.MatchString(lines[end]):
			owner = accounts
			accounts++
		case m == nil || accounts == 0:
		case m[1] == "account":
			owner = accounts - 1
		default:
			owner = somebody
		}
		for ; i <= end; i++ {
			owners = append(owners, owner)
		}
	}
	return lines, owners
}

// alone returns the text with the lines of all but one account left empty, so
// that line numbers stay what they are, and the first line of that account.
func alone(text string, account int) (only string, first int) {
	lines, owners := layout(text)
	for i, owner := range owners {
		switch {
		case owner != account:
			lines[i] = "\n"
		case first == 0:
			first = i + 1
		}
	}
	return strings.Join(lines, ""), first
}

// leadingComment counts the comment lines that stand directly above a table's
// header and so belong to it.
func leadingComment(lines []string) int {
	for n, line := range lines {
		switch line = strings.TrimSpace(line); {
		case strings.HasPrefix(line, "#") && n+1 < len(lines):
		case strings.HasPrefix(line, "["):
			return n
		default:
			return 0
		}
	}
	return 0
}

// adopt fills b.list, and reports whether each text alone says what the file
// says about its account, and the rest says nothing about accounts.
func (d *document) adopt(b *blocks, texts []string) bool {
	var rest content
	if _, err := toml.Decode(b.before+"\n"+b.after, &rest); err != nil || len(rest.Accounts) > 0 {
		return false
	}
	for i, text := range texts {
		alone, err := parse(text)
		if err != nil || len(alone.accounts) != 1 || !equal(alone.accounts[0], d.accounts[i]) {
			return false
		}
		raw, err := rawAccounts(text)
		if err != nil {
			return false
		}
		b.list = append(b.list, block{d.accounts[i], text, raw[0]})
	}
	return true
}

// rewrite renders everything from its meaning: only comments are lost.
func (d *document) rewrite() (*blocks, error) {
	var all map[string]any
	if _, err := toml.Decode(d.text, &all); err != nil {
		return nil, err
	}
	raw, err := rawAccounts(d.text)
	if err != nil {
		return nil, err
	}
	delete(all, "account")
	rest, err := encode(all)
	if err != nil {
		return nil, err
	}
	b := &blocks{before: header + rest}
	for i, a := range d.accounts {
		text, err := encodeAccount(raw[i])
		if err != nil {
			return nil, err
		}
		b.list = append(b.list, block{a, text, raw[i]})
	}
	return b, nil
}

// account returns the text for a: the old lines if it says what they say.
func (b *blocks) account(a Account) (string, error) {
	i := 0
	for i < len(b.list) && b.list[i].account.ID != a.ID {
		i++
	}
	if i == len(b.list) {
		text, err := encodeAccount(a)
		return "\n" + text, err
	}
	old := b.list[i]
	if equal(old.account, a) {
		return endLine(old.text), nil
	}
	lines := strings.SplitAfter(old.text, "\n")
	comment := strings.Join(lines[:leadingComment(lines)], "")
	text, err := old.update(a)
	return comment + text, err
}

// update renders a with the keys of the old block that Postrider does not know.
func (old *block) update(a Account) (string, error) {
	plain, err := encodeAccount(a)
	if err != nil {
		return "", err
	}
	raw, err := rawAccounts(plain)
	if err != nil {
		return "", err
	}
	if !keepUnknown(raw[0], old.raw, reflect.TypeFor[Account]()) {
		return plain, nil
	}
	return encodeAccount(raw[0])
}

func rawAccounts(text string) ([]map[string]any, error) {
	var c struct {
		Accounts []map[string]any `toml:"account"`
	}
	_, err := toml.Decode(text, &c)
	return c.Accounts, err
}

func encodeAccount(a any) (string, error) {
	return encode(map[string][]any{"account": {a}})
}

// endLine makes the text end where a line may begin.
func endLine(text string) string {
	if text == "" || strings.HasSuffix(text, "\n") {
		return text
	}
	return text + "\n"
}
