package client

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"postrider/mail"
	"postrider/mail/contact"
)

// addressBook keeps those who change the file apart; it is read without.
type addressBook struct{ mu sync.Mutex }

// contactsFile has the contacts that were imported, as vCards: any program reads
// them, and a person can take the file along.
func (c *Client) contactsFile() string { return filepath.Join(c.Dir(), "contacts.vcf") }

// Contacts are the people and groups that were imported, in the order of the file;
// none if nothing was.
func (c *Client) Contacts() ([]contact.Contact, error) {
	f, err := os.Open(c.contactsFile())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, mail.Wrap(mail.KindDisk, "read the contacts", err)
	}
	defer f.Close()
	list, _, err := contact.Read(f)
	return list, err
}

// Imported is what an import of contacts did.
type Imported struct {
	Added, Changed int
	Left           int // cards without an address
}

// ImportContacts puts the vCards of r to the contacts that are there, durably.
func (c *Client) ImportContacts(_ context.Context, r io.Reader) (done Imported, err error) {
	more, left, err := contact.Read(r)
	if err != nil {
		return done, err
	}
	done.Left = left
	err = c.changeContacts(func(have []contact.Contact) (all []contact.Contact) {
		all, done.Added, done.Changed = contact.Merge(have, more)
		return all
	})
	return done, err
}

// RemoveContacts takes contacts out that have a name or an address, and tells how
// many; kind gone where there is none.
func (c *Client) RemoveContacts(_ context.Context, name string) (n int, err error) {
	err = c.changeContacts(func(have []contact.Contact) (all []contact.Contact) {
		all = slices.DeleteFunc(slices.Clone(have), func(k contact.Contact) bool {
			return strings.EqualFold(k.Name, name) ||
				slices.ContainsFunc(k.Addresses, func(a string) bool { return contact.Key(a) == contact.Key(name) })
		})
		n = len(have) - len(all)
		return all
	})
	if err == nil && n == 0 {
		err = mail.Errorf(mail.KindGone, "remove the contact", "there is no contact %q", name)
	}
	return n, err
}

// changeContacts replaces the file as a whole.
func (c *Client) changeContacts(change func([]contact.Contact) []contact.Contact) error {
	const op = "keep the contacts"
	c.book.mu.Lock()
	defer c.book.mu.Unlock()
	have, err := c.Contacts()
	if err != nil {
		return err // a file that cannot be read is not written over
	}
	all := change(have)
	if len(all) == 0 {
		err := os.Remove(c.contactsFile())
		if errors.Is(err, fs.ErrNotExist) {
			err = nil
		}
		return mail.Wrap(mail.KindDisk, op, err)
	}
	var b bytes.Buffer
	if err := contact.Write(&b, all); err != nil {
		return err
	}
	return mail.Wrap(mail.KindDisk, op, replaceFile(c.contactsFile(), b.Bytes()))
}
