package client

import (
	"os"
	"strings"
	"testing"

	"postrider/mail"
)

func TestContactsAreKept(t *testing.T) {
	c, _ := desk(t)
	if list, err := c.Contacts(); err != nil || len(list) != 0 {
		t.Errorf("at first there are %v, %v", list, err)
	}
	const cards = "BEGIN:VCARD\nVERSION:4.0\nFN:Ada\nEMAIL:ada@example.org\nEND:VCARD\nBEGIN:VCARD\nVERSION:4.0\nKIND:group\nFN:Choir\nMEMBER:mailto:ada@example.org\nEND:VCARD\nBEGIN:VCARD\nVERSION:4.0\nFN:Nobody\nEND:VCARD\n"
	done, err := c.ImportContacts(t.Context(), strings.NewReader(cards))
	if err != nil || done != (Imported{Added: 2, Left: 1}) {
		t.Fatalf("%+v, %v", done, err)
	}
	if done, err = c.ImportContacts(t.Context(), strings.NewReader(cards)); err != nil || done != (Imported{Left: 1}) {
		t.Errorf("the same again: %+v, %v", done, err)
	}
	if _, err := c.ImportContacts(t.Context(), strings.NewReader("hello")); !mail.Is(err, mail.KindInput) {
		t.Errorf("what is no card: %v", err)
	}
	c.Close()
	c = reopened(t, c.opts)
	if list, err := c.Contacts(); err != nil || len(list) != 2 || list[0].Name != "Ada" || !list[1].Group {
		t.Errorf("%+v, %v", list, err)
	}
	if info, err := os.Stat(c.contactsFile()); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if n, err := c.RemoveContacts(t.Context(), "ADA@example.org"); n != 1 || err != nil {
		t.Errorf("%d removed, %v", n, err)
	}
	if _, err := c.RemoveContacts(t.Context(), "ada"); !mail.Is(err, mail.KindGone) {
		t.Errorf("%v", err)
	}
	if n, err := c.RemoveContacts(t.Context(), "choir"); n != 1 || err != nil {
		t.Errorf("%d removed, %v", n, err)
	}
	if list, err := c.Contacts(); err != nil || len(list) != 0 {
		t.Errorf("at last there are %v, %v", list, err)
	}
}
