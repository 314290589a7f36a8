package imap_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"postrider/mail"
	"postrider/mail/engine/enginetest"
	"postrider/mail/mailtest"
)

// rival is another client of alice's account, plain and to the point. It is the
// back door of the driver's contract.
type rival struct {
	server *mailtest.Server
	*imapclient.Client
}

var _ enginetest.Backdoor = rival{}

func newRival(t testing.TB, s *mailtest.Server) rival {
	t.Helper()
	c, err := imapclient.DialInsecure(s.IMAP, nil)
	if err == nil {
		err = c.Login("alice", mailtest.Password("alice")).Wait()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return rival{s, c}
}

func (r rival) Deliver(mailbox string, raw []byte) error {
	cmd := r.Append(mailbox, int64(len(raw)), nil)
	if _, err := cmd.Write(raw); err != nil {
		return err
	}
	if err := cmd.Close(); err != nil {
		return err
	}
	_, err := cmd.Wait()
	return err
}

// named selects a mailbox and finds the messages of that subject.
func (r rival) named(mailbox, subject string) (imap.UIDSet, error) {
	if _, err := r.Select(mailbox, nil).Wait(); err != nil {
		return nil, err
	}
	list, err := r.headers(mailbox)
	var set imap.UIDSet
	for _, m := range list {
		if m.subject == subject {
			set.AddNum(m.uid)
		}
	}
	if err == nil && set == nil {
		err = fmt.Errorf("no %q in %s", subject, mailbox)
	}
	return set, err
}

// entry is a message of a mailbox.
type entry struct {
	uid     imap.UID
	subject string
	flags   mail.Flags
}

// headers lists the selected mailbox.
func (r rival) headers(mailbox string) (list []entry, err error) {
	subject := &imap.FetchItemBodySection{Specifier: imap.PartSpecifierHeader, HeaderFields: []string{"Subject"}, Peek: true}
	got, err := r.Fetch(imap.UIDSet{{Start: 1, Stop: 0}}, &imap.FetchOptions{UID: true, Flags: true, BodySection: []*imap.FetchItemBodySection{subject}}).Collect()
	for _, m := range got {
		names := make([]string, len(m.Flags))
		for i, f := range m.Flags {
			names[i] = string(f)
		}
		_, s, _ := strings.Cut(string(m.FindBodySection(subject)), ": ")
		list = append(list, entry{m.UID, strings.TrimSpace(s), mail.FlagsOf(names...)})
	}
	return list, err
}

func (r rival) Expunge(mailbox, subject string) error {
	set, err := r.named(mailbox, subject)
	if err != nil {
		return err
	}
	if err := r.Store(set, &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: []imap.Flag{imap.FlagDeleted}}, nil).Close(); err != nil {
		return err
	}
	return r.UIDExpunge(set).Close()
}

func (r rival) SetFlags(mailbox, subject string, patch mail.FlagPatch) error {
	set, err := r.named(mailbox, subject)
	if err != nil {
		return err
	}
	for op, flags := range map[imap.StoreFlagsOp]mail.Flags{imap.StoreFlagsAdd: patch.Add, imap.StoreFlagsDel: patch.Remove} {
		var list []imap.Flag
		for _, name := range flags.Names() {
			list = append(list, imap.Flag(name))
		}
		if list == nil {
			continue
		}
		if err := r.Store(set, &imap.StoreFlags{Op: op, Silent: true, Flags: list}, nil).Close(); err != nil {
			return err
		}
	}
	return nil
}

func (r rival) Move(mailbox, subject, to string) error {
	set, err := r.named(mailbox, subject)
	if err == nil {
		_, err = r.Client.Move(set, to).Wait()
	}
	return err
}

func (r rival) Make(mailbox string) error       { return r.Create(mailbox, nil).Wait() }
func (r rival) Rename(mailbox, to string) error { return r.Client.Rename(mailbox, to, nil).Wait() }

func (r rival) Delete(mailbox string) error {
	r.Unselect().Wait()
	return r.Client.Delete(mailbox).Wait()
}

func (r rival) Mailboxes() (names []string, err error) {
	list, err := r.List("", "*", nil).Collect()
	for _, b := range list {
		if !slices.Contains(b.Attrs, imap.MailboxAttrNoSelect) {
			names = append(names, b.Mailbox)
		}
	}
	return names, err
}

func (r rival) Picture() (string, error) {
	names, err := r.Mailboxes()
	if err != nil {
		return "", err
	}
	var lines []string
	for _, name := range names {
		data, err := r.Select(name, &imap.SelectOptions{ReadOnly: true}).Wait()
		if err != nil {
			return "", err
		}
		if data.NumMessages == 0 {
			continue
		}
		list, err := r.headers(name)
		if err != nil {
			return "", err
		}
		for _, m := range list {
			lines = append(lines, enginetest.Line(name, m.subject, m.flags))
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n"), nil
}

// Renumber copies the messages to another mailbox, the last first, and puts
// that in the first one's place: it has another UIDVALIDITY, and the UIDs from
// 1 on name other messages. Not for the inbox, which cannot be replaced.
func (r rival) Renumber(mailbox string) error {
	const other = "renumbered"
	if err := r.Make(other); err != nil {
		return err
	}
	if _, err := r.Select(mailbox, nil).Wait(); err != nil {
		return err
	}
	list, err := r.headers(mailbox)
	if err != nil {
		return err
	}
	for _, m := range slices.Backward(list) {
		if _, err := r.Copy(imap.UIDSetNum(m.uid), other).Wait(); err != nil {
			return err
		}
	}
	if err := r.Delete(mailbox); err != nil {
		return err
	}
	return r.Rename(other, mailbox)
}

// empty brings the account to how a contract begins: an empty inbox, A and B.
func (r rival) empty() error {
	names, err := r.Mailboxes()
	slices.Sort(names)
	for _, name := range slices.Backward(names) {
		if name != "INBOX" {
			err = errors.Join(err, r.Delete(name))
		}
	}
	data, failed := r.Select("INBOX", nil).Wait()
	if err = errors.Join(err, failed); err != nil {
		return err
	}
	if data.NumMessages > 0 {
		all := imap.UIDSet{{Start: 1, Stop: 0}}
		r.Store(all, &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: []imap.Flag{imap.FlagDeleted}}, nil).Close()
		if err := r.Client.Expunge().Close(); err != nil {
			return err
		}
	}
	return errors.Join(r.Make("A"), r.Make("B"))
}

// patience bounds what has to be prompt, on a machine that does ten other
// things.
const patience = 30 * time.Second
