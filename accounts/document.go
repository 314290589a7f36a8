package accounts

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"postrider/mail"
)

// header explains the file to whoever opens it.
const header = `# The mail accounts of Postrider. You may edit this file while Postrider is
# closed; what Postrider does not know, it keeps. Passwords are not in here and
# have no place here: they are in the keyring, or in the vault.
`

// document is the text of an accounts file and what it says.
type document struct {
	text     string
	accounts []Account
}

// content is the shape of the file for the TOML package.
type content struct {
	Accounts []Account `toml:"account"`
}

// parse reads the file; its error begins with the line, where it has one.
func parse(text string) (*document, error) {
	var c content
	meta, err := toml.Decode(text, &c)
	if err != nil {
		return nil, locate(text, err)
	}
	if err := refuseSecrets(meta); err != nil {
		return nil, err
	}
	for i := range c.Accounts {
		if err := c.Accounts[i].checkRead(c.Accounts[:i]); err != nil {
			_, line := alone(text, i)
			return nil, fmt.Errorf("line %d, account %s: %w", max(1, line), c.Accounts[i].Address, err)
		}
	}
	return &document{text, c.Accounts}, nil
}

// locate finds the line of an error. The TOML package knows it for broken
// syntax; for a wrong value it knows only the last line with that key, so each
// account is tried by itself.
func locate(text string, err error) error {
	var c content
	if _, syntax := toml.Decode(text, new(map[string]any)); syntax == nil {
		_, owners := layout(text)
		for i := range slices.Max(owners) + 1 {
			only, _ := alone(text, i)
			if _, e := toml.Decode(only, &c); e != nil {
				err = e
				break
			}
		}
	}
	var perr toml.ParseError
	if !errors.As(err, &perr) {
		return errors.New(strings.TrimPrefix(err.Error(), "toml: "))
	}
	var own *mail.Error
	if errors.As(err, &own) {
		return fmt.Errorf("line %d: %w", perr.Position.Line, own)
	}
	return fmt.Errorf("line %d: %s", perr.Position.Line, perr.Message)
}

// refuseSecrets tells of a password somebody wrote into the file, which ends
// up in backups and in dotfile repositories.
func refuseSecrets(meta toml.MetaData) error {
	for _, key := range meta.Undecoded() {
		if key[0] != "account" {
			continue
		}
		switch name := strings.ToLower(key[len(key)-1]); name {
		case "password", "passwd", "passphrase", "secret", "token", "refresh_token":
			return fmt.Errorf("it has a %s in it, where anyone who sees the file sees it: delete that line, and give it with: postrider account sign-in", name)
		}
	}
	return nil
}

func (a *Account) checkRead(before []Account) error {
	if a.ID == "" {
		return fmt.Errorf("it has no id; add one of its own, such as id = %q", randomID())
	}
	if !validID(a.ID) {
		return fmt.Errorf("its id %q is not made of eight small letters and digits", a.ID)
	}
	if _, taken := byID(before, a.ID); taken {
		return fmt.Errorf("its id %q is that of another account", a.ID)
	}
	a.Complete()
	return a.Check()
}

// checkTwin refuses to add what is there already.
func (a *Account) checkTwin(list []Account) error {
	if !validID(a.ID) {
		return wrong("the id %q is not made of eight small letters and digits", a.ID)
	}
	for _, b := range list {
		if b.ID == a.ID {
			return wrong("there is an account with the id %q already", a.ID)
		}
		same := b.Protocol == a.Protocol && strings.EqualFold(b.Incoming.Host, a.Incoming.Host) &&
			b.Incoming.Port == a.Incoming.Port && b.Incoming.User == a.Incoming.User
		if same {
			return wrong("the account %s at %s has been added already", b.Address, b.Incoming.Host)
		}
	}
	return nil
}

// render gives the text for a changed list. Accounts that did not change keep
// their lines as they are, and so does everything that is no account.
func (d *document) render(list []Account) ([]byte, error) {
	old, err := d.split()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.WriteString(endLine(old.before))
	for _, a := range list {
		text, err := old.account(a)
		if err != nil {
			return nil, err
		}
		b.WriteString(text)
	}
	b.WriteString(old.after)
	return b.Bytes(), verify(b.String(), list)
}

// verify reads the new text before it may replace the old one.
func verify(text string, want []Account) error {
	doc, err := parse(text)
	if err != nil {
		return fmt.Errorf("the new file would not be readable: %w", err)
	}
	if len(doc.accounts) != len(want) {
		return fmt.Errorf("the new file would have %d accounts, not %d", len(doc.accounts), len(want))
	}
	for i := range want {
		if !equal(doc.accounts[i], want[i]) {
			return fmt.Errorf("the new file would say something else about %s", want[i].Address)
		}
	}
	return nil
}

// equal compares meanings: an empty list and none are the same.
func equal(a, b Account) bool {
	a, b = a.Clone(), b.Clone()
	return reflect.DeepEqual(a, b)
}

func encode(c any) (string, error) {
	var b bytes.Buffer
	enc := toml.NewEncoder(&b)
	enc.Indent = ""
	err := enc.Encode(c)
	return b.String(), err
}
