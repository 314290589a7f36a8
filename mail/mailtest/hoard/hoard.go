// Package hoard makes data folders with any number of messages, for benchmarks
// of what must stay fast with a million: three accounts (two IMAP, one POP3), forty
// mailboxes, ten years of conversations, all indexed. Only benchmarks, tests and
// the commands of mailtest may import it.
//
// A folder is made by the store's own doors, so that it is what a sync leaves,
// and in about two minutes for a million, for a few ten thousand messages of
// mailtest/gen are told again and again: with other ids and dates, and short
// texts. It has no secrets, and servers that nobody answers at.
package hoard

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"postrider/accounts"
	"postrider/mail"
	"postrider/mail/store"
)

// Options choose a hoard.
type Options struct {
	Messages int                // default 1,000,000
	Flat     bool               // all in the inbox of one account
	Progress func(done, of int) // nil: nobody is told
}

// form rises when what is in a hoard changes.
const form = 2

// Folder returns a data folder with such a hoard, which it makes in the
// system's folder for temporary files unless it is there. Who changes what is
// in it changes it for all: see Copy.
func Folder(ctx context.Context, opts Options) (string, error) {
	if opts.Messages == 0 {
		opts.Messages = 1_000_000
	}
	name := fmt.Sprintf("postrider-hoard-%s-%d-%d", store.Layout(), form, opts.Messages)
	if opts.Flat {
		name += "-flat"
	}
	dir := filepath.Join(os.TempDir(), name)
	if _, err := os.Stat(filepath.Join(dir, "mail.db")); err == nil {
		return dir, nil
	}
	making, err := os.MkdirTemp(os.TempDir(), name+"-making-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(making)
	if err := Fill(ctx, making, opts); err != nil {
		return "", err
	}
	if err := os.Rename(making, dir); err != nil && !os.IsExist(err) {
		return "", err
	}
	return dir, nil
}

// Copy copies a hoard to an empty folder, to do with as one likes.
func Copy(from, to string) error {
	return os.CopyFS(to, os.DirFS(from))
}

// Fill makes a hoard in an empty folder.
func Fill(ctx context.Context, dir string, opts Options) error {
	s, err := store.Open(ctx, dir, store.Options{})
	if err != nil {
		return err
	}
	defer s.Close()
	f := &filler{ctx: ctx, store: s, opts: opts, tellers: newTellers(opts.Messages)}
	if err := f.addAccounts(dir); err != nil {
		return err
	}
	if err := f.fill(); err != nil {
		return err
	}
	if err := s.Indexed(ctx); err != nil {
		return err
	}
	return s.Close()
}

// people are the accounts of a hoard.
var people = []accounts.Account{
	{ID: "hoardone", Address: "ines@hoard.example", Label: "Work", Protocol: accounts.IMAP},
	{ID: "hoardtwo", Address: "ines@lists.example", Label: "Lists", Protocol: accounts.IMAP},
	{ID: "hoardpop", Address: "moreau@post.example", Label: "Home", Protocol: accounts.POP3},
}

func (f *filler) addAccounts(dir string) error {
	for _, acc := range people {
		acc.Name = "Ines Moreau"
		acc.Incoming = accounts.Server{Host: "127.0.0.1", Port: 1}
		acc.Complete()
		if _, err := accounts.In(dir).Add(f.ctx, acc); err != nil {
			return err
		}
		if err := f.store.AddAccount(f.ctx, acc.ID, store.Protocol(acc.Protocol)); err != nil {
			return err
		}
	}
	return nil
}

// share is a mailbox and its part of the hoard.
type share struct {
	account mail.AccountID
	path    string
	role    mail.Role
	weight  int
}

// shares are the mailboxes: one that holds half of it all, some large ones, and
// many small.
func shares() []share {
	list := []share{
		{"hoardone", "INBOX", mail.RoleInbox, 120}, {"hoardone", "Archive", mail.RoleArchive, 500}, {"hoardone", "Sent", mail.RoleSent, 60},
		{"hoardone", "Drafts", mail.RoleDrafts, 1}, {"hoardone", "Junk", mail.RoleJunk, 15}, {"hoardone", "Trash", mail.RoleTrash, 14},
		{"hoardtwo", "INBOX", mail.RoleInbox, 60}, {"hoardtwo", "Trash", mail.RoleTrash, 5}, {"hoardpop", "INBOX", mail.RoleInbox, 25},
	}
	for i := range 16 {
		list = append(list, share{"hoardone", fmt.Sprintf("Projects/Project %d", i+1), mail.RoleNone, 5})
	}
	for i := range 15 {
		list = append(list, share{"hoardtwo", fmt.Sprintf("lists/list-%d", i+1), mail.RoleNone, 8})
	}
	return list
}
