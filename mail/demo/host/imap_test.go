package host_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"postrider/mail"
)

func selectBox(t *testing.T, c *imapclient.Client, name string) *imap.SelectData {
	t.Helper()
	data, err := c.Select(name, nil).Wait()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func fetchFlags(t *testing.T, c *imapclient.Client) map[imap.UID][]imap.Flag {
	t.Helper()
	list, err := c.Fetch(imap.UIDSet{{Start: 1, Stop: 0}}, &imap.FetchOptions{UID: true, Flags: true}).Collect()
	if err != nil {
		t.Fatal(err)
	}
	flags := map[imap.UID][]imap.Flag{}
	for _, m := range list {
		flags[m.UID] = m.Flags
	}
	return flags
}

func TestWrongPasswordIsRefusedWithItsCode(t *testing.T) {
	r := start(t)
	c, err := imapclient.DialTLS(r.IMAP().String(), &imapclient.Options{TLSConfig: r.client})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	var refused *imap.Error
	if err := c.Login("nora", "wrong").Wait(); !errors.As(err, &refused) || refused.Code != imap.ResponseCodeAuthenticationFailed {
		t.Fatalf("got %v, want AUTHENTICATIONFAILED", err)
	}
}

func TestMailboxesTellTheirRoles(t *testing.T) {
	r := start(t)
	r.nora.Create("Sent", mail.RoleSent)
	r.nora.Create("Projekte/Vögel im März", mail.RoleNone)
	c := r.imap(t, nil)
	list, err := c.List("", "*", &imap.ListOptions{ReturnSpecialUse: true, ReturnStatus: &imap.StatusOptions{NumMessages: true, NumUnseen: true}}).Collect()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, box := range list {
		names = append(names, box.Mailbox)
		if slices.Contains(box.Attrs, imap.MailboxAttrSent) != (box.Mailbox == "Sent") {
			t.Errorf("%s has the attributes %v", box.Mailbox, box.Attrs)
		}
		if box.Status == nil || *box.Status.NumMessages != 0 {
			t.Errorf("%s has the status %+v", box.Mailbox, box.Status)
		}
	}
	if want := []string{"INBOX", "Projekte", "Projekte/Vögel im März", "Sent"}; !slices.Equal(names, want) {
		t.Errorf("got %q, want %q", names, want)
	}
}

func TestRenameTakesTheChildrenAlong(t *testing.T) {
	r := start(t)
	r.nora.Deliver("Projects/Reading room", letter("plan", 0))
	c := r.imap(t, nil)
	if err := c.Rename("Projects", "Done", nil).Wait(); err != nil {
		t.Fatal(err)
	}
	if got := r.nora.Where("plan"); got != "Done/Reading room" {
		t.Errorf("the mail is in %q", got)
	}
	if err := c.Delete("Done").Wait(); err != nil {
		t.Fatal(err)
	}
	if got := r.nora.Where("plan"); got != "Done/Reading room" {
		t.Errorf("after the parent was deleted, the mail is in %q", got)
	}
	if err := c.Delete("inbox").Wait(); err == nil {
		t.Error("INBOX could be deleted")
	}
}

func TestRecreatedMailboxHasAnotherValidity(t *testing.T) {
	r := start(t)
	r.nora.Deliver("Old", letter("x", 0))
	c := r.imap(t, nil)
	before := selectBox(t, c, "Old").UIDValidity
	for _, err := range []error{c.Unselect().Wait(), c.Delete("Old").Wait(), c.Create("Old", nil).Wait()} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if after := selectBox(t, c, "Old").UIDValidity; after == before {
		t.Errorf("UIDVALIDITY stayed %d", after)
	}
}

func TestMoveTellsTheNewUIDs(t *testing.T) {
	r := start(t)
	r.nora.Create("Archive", mail.RoleArchive)
	for _, key := range []string{"one", "two", "three"} {
		r.nora.Deliver("INBOX", letter(key, mail.Flagged))
	}
	c := r.imap(t, nil)
	selectBox(t, c, "INBOX")
	data, err := c.Move(imap.UIDSetNum(1, 3), "Archive").Wait()
	if err != nil {
		t.Fatal(err)
	}
	if data.SourceUIDs.String() != "1,3" || data.DestUIDs.String() != "1:2" {
		t.Errorf("COPYUID %s → %s", data.SourceUIDs, data.DestUIDs)
	}
	if n := c.Mailbox().NumMessages; n != 1 {
		t.Errorf("the client counts %d messages left", n)
	}
	if data := selectBox(t, c, "Archive"); data.NumMessages != 2 {
		t.Errorf("%d messages arrived", data.NumMessages)
	}
	if flags := fetchFlags(t, c); !slices.Contains(flags[1], imap.FlagFlagged) {
		t.Errorf("flags were lost: %v", flags)
	}
	if _, err := c.Move(imap.UIDSetNum(1), "Nowhere").Wait(); err == nil {
		t.Error("a move into a missing mailbox succeeded")
	}
	if _, err := c.Copy(imap.UIDSetNum(99), "INBOX").Wait(); err != nil {
		t.Errorf("a copy of nothing failed: %v", err)
	}
}

// heard collects unilateral data.
type heard struct {
	exists  chan uint32
	expunge chan uint32
	flags   chan []imap.Flag
}

func listen() (*heard, *imapclient.UnilateralDataHandler) {
	h := &heard{make(chan uint32, 16), make(chan uint32, 16), make(chan []imap.Flag, 16)}
	return h, &imapclient.UnilateralDataHandler{
		Mailbox: func(data *imapclient.UnilateralDataMailbox) {
			if data.NumMessages != nil {
				h.exists <- *data.NumMessages
			}
		},
		Expunge: func(n uint32) { h.expunge <- n },
		Fetch: func(m *imapclient.FetchMessageData) {
			if buf, err := m.Collect(); err == nil {
				h.flags <- buf.Flags
			}
		},
	}
}

func TestIdleHearsWhatOthersDo(t *testing.T) {
	r := start(t)
	r.nora.Deliver("INBOX", letter("first", 0))
	r.nora.Deliver("INBOX", letter("second", 0))
	h, handler := listen()
	idle := r.imap(t, handler)
	selectBox(t, idle, "INBOX")
	cmd, err := idle.Idle()
	if err != nil {
		t.Fatal(err)
	}

	r.nora.Deliver("INBOX", letter("third", 0))
	if n := <-h.exists; n != 3 {
		t.Errorf("EXISTS %d, want 3", n)
	}
	other := r.imap(t, nil)
	selectBox(t, other, "INBOX")
	if err := other.Store(imap.UIDSetNum(2), &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: []imap.Flag{imap.FlagSeen}}, nil).Close(); err != nil {
		t.Fatal(err)
	}
	if flags := <-h.flags; !slices.Equal(flags, []imap.Flag{imap.FlagSeen}) {
		t.Errorf("FLAGS %v", flags)
	}
	r.nora.Delete("first")
	if n := <-h.expunge; n != 1 {
		t.Errorf("EXPUNGE %d, want 1", n)
	}
	if err := cmd.Close(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
}

func TestNumbersStayWhileAnotherClientExpunges(t *testing.T) {
	r := start(t)
	for _, key := range []string{"one", "two", "three"} {
		r.nora.Deliver("INBOX", letter(key, 0))
	}
	c := r.imap(t, nil)
	selectBox(t, c, "INBOX")
	r.nora.Delete("one")
	// FETCH by number must not shift, and may still show what is gone.
	list, err := c.Fetch(imap.SeqSetNum(2), &imap.FetchOptions{Envelope: true}).Collect()
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 1 || list[0].Envelope.Subject != "two" {
		t.Fatalf("message 2 is %+v", list)
	}
	if err := c.Noop().Wait(); err != nil {
		t.Fatal(err)
	}
	if n := c.Mailbox().NumMessages; n != 2 {
		t.Errorf("after NOOP the client counts %d", n)
	}
}

func TestReadingSetsSeenUnlessPeeking(t *testing.T) {
	r := start(t)
	r.nora.Deliver("INBOX", letter("one", 0))
	c := r.imap(t, nil)
	selectBox(t, c, "INBOX")
	for _, peek := range []bool{true, false} {
		section := &imap.FetchItemBodySection{Peek: peek}
		list, err := c.Fetch(imap.UIDSetNum(1), &imap.FetchOptions{BodySection: []*imap.FetchItemBodySection{section}}).Collect()
		if err != nil {
			t.Fatal(err)
		}
		if got, want := string(list[0].FindBodySection(section)), string(letter("one", 0).Content()); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		if seen := slices.Contains(fetchFlags(t, c)[1], imap.FlagSeen); seen == peek {
			t.Errorf("peek %v: seen is %v", peek, seen)
		}
	}
}

func TestExamineChangesNothing(t *testing.T) {
	r := start(t)
	r.nora.Deliver("INBOX", letter("one", mail.Deleted))
	c := r.imap(t, nil)
	if _, err := c.Select("INBOX", &imap.SelectOptions{ReadOnly: true}).Wait(); err != nil {
		t.Fatal(err)
	}
	if err := c.Store(imap.UIDSetNum(1), &imap.StoreFlags{Op: imap.StoreFlagsAdd, Flags: []imap.Flag{imap.FlagFlagged}}, nil).Close(); err == nil {
		t.Error("STORE was accepted")
	}
	if err := c.UnselectAndExpunge().Wait(); err != nil {
		t.Fatal(err)
	}
	if r.nora.Where("one") == "" {
		t.Error("CLOSE expunged a mailbox opened to read")
	}
}

func TestUIDExpungeTakesOnlyWhatItNames(t *testing.T) {
	r := start(t)
	r.nora.Deliver("INBOX", letter("one", mail.Deleted))
	r.nora.Deliver("INBOX", letter("two", mail.Deleted))
	c := r.imap(t, nil)
	selectBox(t, c, "INBOX")
	if err := c.UIDExpunge(imap.UIDSetNum(2)).Close(); err != nil {
		t.Fatal(err)
	}
	if r.nora.Where("one") == "" || r.nora.Where("two") != "" {
		t.Error("the wrong one is gone")
	}
}

func TestAppendGivesTheBytesBack(t *testing.T) {
	r := start(t)
	r.nora.Create("Drafts", mail.RoleDrafts)
	c := r.imap(t, nil)
	raw := "Subject: broken\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\nno boundary in here\r\n"
	cmd := c.Append("Drafts", int64(len(raw)), &imap.AppendOptions{Flags: []imap.Flag{imap.FlagDraft, "$Label1"}})
	if _, err := cmd.Write([]byte(raw)); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := cmd.Wait()
	if err != nil {
		t.Fatal(err)
	}
	selectBox(t, c, "Drafts")
	section := &imap.FetchItemBodySection{Peek: true}
	list, err := c.Fetch(imap.UIDSetNum(data.UID), &imap.FetchOptions{
		Flags: true, BodyStructure: &imap.FetchItemBodyStructure{Extended: true}, BodySection: []*imap.FetchItemBodySection{section},
	}).Collect()
	if err != nil {
		t.Fatal(err)
	}
	if got := string(list[0].FindBodySection(section)); got != raw {
		t.Errorf("got %q", got)
	}
	if !slices.Contains(list[0].Flags, "$Label1") {
		t.Errorf("flags %v", list[0].Flags)
	}
}

func TestSearch(t *testing.T) {
	r := start(t)
	r.nora.Deliver("INBOX", letter("Lamps for the stairs", mail.Seen))
	r.nora.Deliver("INBOX", letter("Lamps for the hall", 0))
	r.nora.Deliver("INBOX", letter("Regatta", mail.Flagged))
	c := r.imap(t, nil)
	selectBox(t, c, "INBOX")
	subject := func(s string) imap.SearchCriteria {
		return imap.SearchCriteria{Header: []imap.SearchCriteriaHeaderField{{Key: "Subject", Value: s}}}
	}
	for name, q := range map[string]struct {
		imap.SearchCriteria
		want string
	}{
		"all":      {imap.SearchCriteria{}, "1:3"},
		"subject":  {subject("LAMPS"), "1:2"},
		"unseen":   {imap.SearchCriteria{NotFlag: []imap.Flag{imap.FlagSeen}}, "2:3"},
		"flagged":  {imap.SearchCriteria{Flag: []imap.Flag{imap.FlagFlagged}}, "3"},
		"not":      {imap.SearchCriteria{Not: []imap.SearchCriteria{subject("hall")}}, "1,3"},
		"or":       {imap.SearchCriteria{Or: [][2]imap.SearchCriteria{{subject("stairs"), subject("regatta")}}}, "1,3"},
		"last":     {imap.SearchCriteria{UID: []imap.UIDSet{{{Start: 0, Stop: 0}}}}, "3"},
		"body":     {imap.SearchCriteria{Body: []string{"dear nora"}}, "1:3"},
		"not text": {imap.SearchCriteria{Text: []string{"zebra"}}, ""},
	} {
		data, err := c.UIDSearch(&q.SearchCriteria, nil).Wait()
		if err != nil {
			t.Fatal(name, err)
		}
		if got := imap.UIDSetNum(data.AllUIDs()...).String(); got != q.want {
			t.Errorf("%s: got %q, want %q", name, got, q.want)
		}
	}
}
