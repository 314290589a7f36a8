package client

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"postrider/mail"
	"postrider/mail/message"
)

// words is what a person has written in a draft, without its files: those are in
// the draft as it was kept last.
type words struct {
	Account     mail.AccountID
	Draft       mail.PlacementID // as it was kept last
	Files       []string         // which it has: see filesOf
	From        message.Address
	ReplyTo     []message.Address
	To, Cc, Bcc []message.Address
	Subject     string
	Text        string
	Plain       bool
	InReplyTo   string
	References  []string
	Forwards    string
	Receipt     bool
	Groups      map[string][]message.Address
}

func wordsOf(account mail.AccountID, id mail.PlacementID, d *message.Draft) words {
	return words{
		account, id, filesOf(d), d.From, d.ReplyTo, d.To, d.Cc, d.Bcc, d.Subject, d.Text, d.Plain,
		d.InReplyTo, d.References, d.Forwards, d.Receipt, d.Groups,
	}
}

// fill puts the words into a draft with the same files.
func (w *words) fill(d *message.Draft) {
	d.From, d.ReplyTo, d.To, d.Cc, d.Bcc, d.Subject, d.Text, d.Plain = w.From, w.ReplyTo, w.To, w.Cc, w.Bcc, w.Subject, w.Text, w.Plain
	d.InReplyTo, d.References, d.Forwards, d.Receipt, d.Groups = w.InReplyTo, w.References, w.Forwards, w.Receipt, w.Groups
}

// filesOf tells the files of a draft from others.
func filesOf(d *message.Draft) (list []string) {
	for _, f := range slices.Concat(d.Pictures, d.Files) {
		list = append(list, fmt.Sprintf("%q %q %q %d", f.Name, f.Type, f.ContentID, f.Size))
	}
	return list
}

func (c *Client) wordsDir() string { return filepath.Join(c.Dir(), "drafts") }

func (c *Client) wordsFile(id mail.PlacementID) string {
	return filepath.Join(c.wordsDir(), fmt.Sprintf("%d.json", id))
}

// keepWords writes a draft's words, durably, in place of those before.
func (c *Client) keepWords(account mail.AccountID, id mail.PlacementID, d *message.Draft) error {
	const op = "keep the draft"
	text, err := json.Marshal(wordsOf(account, id, d))
	if err != nil {
		return mail.Wrap(mail.KindBug, op, err)
	}
	if err := os.MkdirAll(c.wordsDir(), 0o700); err != nil {
		return mail.Wrap(mail.KindDisk, op, err)
	}
	return mail.Wrap(mail.KindDisk, op, replaceFile(c.wordsFile(id), text))
}

// replaceFile writes a file that is the old one or the new one, whole, after a
// crash at any moment.
func replaceFile(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), "new-")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if _, err = f.Write(data); err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	if dir, err := os.Open(filepath.Dir(path)); err == nil {
		dir.Sync() // where folders cannot be synced, the system does it in time
		dir.Close()
	}
	return nil
}

// sameFiles reports that a draft's words are kept, with the files that d has.
func (c *Client) sameFiles(id mail.PlacementID, d *message.Draft) bool {
	w, ok := c.words(id)
	return ok && slices.Equal(w.Files, filesOf(d))
}

func (c *Client) words(id mail.PlacementID) (w words, ok bool) {
	text, err := os.ReadFile(c.wordsFile(id))
	return w, err == nil && json.Unmarshal(text, &w) == nil && w.Draft == id
}

func (c *Client) forgetWords(id mail.PlacementID) {
	if id != 0 {
		os.Remove(c.wordsFile(id)) // there mostly is none
	}
}

func (c *Client) allWords() (list []words) {
	entries, _ := os.ReadDir(c.wordsDir()) // there mostly is none
	for _, e := range entries {
		var id mail.PlacementID
		if _, err := fmt.Sscanf(e.Name(), "%d.json", &id); err != nil {
			continue
		}
		if w, ok := c.words(id); ok {
			list = append(list, w)
		}
	}
	return list
}
