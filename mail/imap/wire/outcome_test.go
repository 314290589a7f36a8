package wire

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"sort"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"postrider/mail"
)

// outcome is what a client noticed, a line each.
type outcome struct {
	mu    sync.Mutex
	lines []string
}

func (o *outcome) say(format string, args ...any) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.lines = append(o.lines, fmt.Sprintf(format, args...))
}

// steady puts what go-imap tells on goroutines of its own into an order.
func (o *outcome) steady() {
	sort.SliceStable(o.lines, func(i, j int) bool {
		a, b := o.lines[i], o.lines[j]
		loose := strings.HasPrefix(a, "unasked")
		return loose && (!strings.HasPrefix(b, "unasked") || a < b)
	})
}

func (o *outcome) options() Options {
	return Options{
		Secure:     true,
		OnVanished: func(earlier bool, uids []mail.UIDRange) { o.say("vanished %s earlier=%v", formatSet(uids), earlier) },
		OnExtra:    func(x Extra) { o.say("extra %s", describeExtra(x)) },
		OnUnknown:  func(line string) { o.say("left out: %s", line) },
		OnCode: func(code Code) {
			if code.Name != "CAPABILITY" && code.Text != "x" {
				o.say("code %s (%s) %s", code.Name, code.Args, code.Text)
			}
		},
	}
}

func describeExtra(x Extra) string {
	return fmt.Sprintf("seq=%d uid=%d gmail=%d/%d labels=%q email=%s thread=%s", x.Seq, x.UID, x.GmailID, x.GmailThread, x.Labels, x.EmailID, x.ThreadID)
}

// play runs one command of a client against a script, and then a NOOP.
func play(t *testing.T, verb string, say []string, hang bool) (o *outcome, server *scripted) {
	o = &outcome{}
	synctest.Test(t, func(t *testing.T) {
		ours, theirs := net.Pipe()
		server = &scripted{conn: theirs, verb: verb, say: say, hang: hang}
		done := make(chan struct{})
		go func() { defer close(done); server.serve() }()
		run(t, ours, o, verb)
		<-done
	})
	return o, server
}

func run(t *testing.T, conn net.Conn, o *outcome, verb string) {
	c := New(conn, o.options())
	ctx := context.Background()
	if _, err := c.Greet(ctx); err != nil {
		t.Fatal("greeting:", err)
	}
	if err := c.Login(ctx, Credentials{User: "ann", Password: "secret"}); err != nil {
		t.Fatal("login:", err)
	}
	client := imapclient.New(c, &imapclient.Options{UnilateralDataHandler: unasked(o)})
	defer client.Close()
	if verb != "SELECT" {
		if _, err := client.Select("INBOX", nil).Wait(); err != nil {
			t.Fatal("select:", err)
		}
	}
	o.lines = nil
	if err := act(client, o, verb); err != nil {
		o.fail("error", c.Explain(strings.ToLower(verb), err))
	}
	if err := client.Noop().Wait(); err != nil {
		o.fail("dead", c.Explain("noop", err))
		return
	}
	synctest.Wait() // notices run on goroutines of their own
	o.say("alive")
}

func (o *outcome) fail(what string, err error) {
	var e *mail.Error
	if !errors.As(err, &e) {
		o.say("%s that is no mail.Error: %v", what, err)
		return
	}
	o.say("%s %s: %s (%s)", what, e.Kind, e.Message, e.Detail)
}

func unasked(o *outcome) *imapclient.UnilateralDataHandler {
	return &imapclient.UnilateralDataHandler{
		Expunge: func(n uint32) { o.say("expunged %d", n) },
		Mailbox: func(d *imapclient.UnilateralDataMailbox) {
			if d.NumMessages != nil {
				o.say("exists %d", *d.NumMessages)
			}
		},
		Fetch: func(m *imapclient.FetchMessageData) {
			b, err := m.Collect()
			if err == nil {
				o.say("unasked %s", describe(b))
			}
		},
	}
}

// collect is FetchMessageData.Collect, but leaves the client alone after an
// error within a body until the client is done.
func collect(client *imapclient.Client, m *imapclient.FetchMessageData) (*imapclient.FetchMessageBuffer, error) {
	b := &imapclient.FetchMessageBuffer{SeqNum: m.SeqNum}
	for item := m.Next(); item != nil; item = m.Next() {
		switch item := item.(type) {
		case imapclient.FetchItemDataUID:
			b.UID = item.UID
		case imapclient.FetchItemDataFlags:
			b.Flags = item.Flags
		case imapclient.FetchItemDataEnvelope:
			b.Envelope = item.Envelope
		case imapclient.FetchItemDataInternalDate:
			b.InternalDate = item.Time
		case imapclient.FetchItemDataRFC822Size:
			b.RFC822Size = item.Size
		case imapclient.FetchItemDataModSeq:
			b.ModSeq = item.ModSeq
		case imapclient.FetchItemDataBodyStructure:
			b.BodyStructure = item.BodyStructure
		case imapclient.FetchItemDataBodySection:
			var body []byte
			if item.Literal != nil {
				var err error
				if body, err = io.ReadAll(item.Literal); err != nil {
					<-client.Closed()
					return b, err
				}
			}
			b.BodySection = append(b.BodySection, imapclient.FetchBodySectionBuffer{Section: item.Section, Bytes: body})
		}
	}
	return b, nil
}

// act does what a command is for.
func act(client *imapclient.Client, o *outcome, verb string) error {
	switch verb {
	case "FETCH":
		section := []*imap.FetchItemBodySection{{Peek: true}}
		cmd := client.Fetch(imap.UIDSetNum(7, 8), &imap.FetchOptions{UID: true, Flags: true, BodySection: section})
		for m := cmd.Next(); m != nil; m = cmd.Next() {
			b, err := collect(client, m)
			if err != nil {
				return err
			}
			o.say("message %s", describe(b))
		}
		return cmd.Close()
	case "LIST":
		list, err := client.List("", "*", nil).Collect()
		for _, l := range list {
			o.say("mailbox %q delimiter %q %v", l.Mailbox, l.Delim, l.Attrs)
		}
		return err
	case "SEARCH":
		d, err := client.UIDSearch(&imap.SearchCriteria{}, &imap.SearchOptions{ReturnAll: true}).Wait()
		if err == nil {
			o.say("found %T %v", d.All, d.All)
		}
		return err
	case "STATUS":
		d, err := client.Status("INBOX", &imap.StatusOptions{NumMessages: true, UIDNext: true}).Wait()
		if err == nil {
			o.say("status %s", describeStatus(d))
		}
		return err
	case "SELECT":
		d, err := client.Select("INBOX", nil).Wait()
		if err == nil {
			o.say("selected validity=%d next=%d modseq=%d permanent=%v", d.UIDValidity, d.UIDNext, d.HighestModSeq, d.PermanentFlags)
		}
		return err
	case "COPY":
		d, err := client.Copy(imap.UIDSetNum(7), "X").Wait()
		if err == nil {
			o.say("copied %v to %v", d.SourceUIDs, d.DestUIDs)
		}
		return err
	}
	return actElse(client, o, verb)
}

func actElse(client *imapclient.Client, o *outcome, verb string) error {
	switch verb {
	case "ID":
		d, err := client.ID(&imap.IDData{Name: "x"}).Wait()
		if err == nil {
			o.say("id %q %q", d.Name, d.Version)
		}
		return err
	case "NAMESPACE":
		d, err := client.Namespace().Wait()
		if err == nil {
			o.say("namespace %v %v %v", d.Personal, d.Other, d.Shared)
		}
		return err
	case "GETQUOTAROOT":
		d, err := client.GetQuotaRoot("INBOX").Wait()
		for _, q := range d {
			o.say("quota %q %v", q.Root, q.Resources)
		}
		return err
	case "APPEND":
		cmd := client.Append("X", 5000, nil)
		cmd.Write([]byte(strings.Repeat("x", 5000)))
		cmd.Close()
		d, err := cmd.Wait()
		if err == nil {
			o.say("appended %d", d.UID)
		}
		return err
	}
	return client.Noop().Wait()
}

func describeStatus(d *imap.StatusData) string {
	s := fmt.Sprintf("%q next=%d", d.Mailbox, d.UIDNext)
	if d.NumMessages != nil {
		s += fmt.Sprintf(" messages=%d", *d.NumMessages)
	}
	if d.Size != nil {
		s += fmt.Sprintf(" size=%d", *d.Size)
	}
	return s
}

// describe writes down all that a FETCH brought.
func describe(m *imapclient.FetchMessageBuffer) string {
	parts := []string{fmt.Sprintf("%d/%d", m.SeqNum, m.UID)}
	add := func(format string, args ...any) { parts = append(parts, fmt.Sprintf(format, args...)) }
	if len(m.Flags) > 0 {
		add("flags %v", m.Flags)
	}
	if !m.InternalDate.IsZero() {
		add("date %s", m.InternalDate.Format("2006-01-02 15:04"))
	}
	if m.RFC822Size != 0 {
		add("size %d", m.RFC822Size)
	}
	if m.ModSeq != 0 {
		add("modseq %d", m.ModSeq)
	}
	if e := m.Envelope; e != nil {
		add("subject %q from %v to %v cc %v id %q replies %q", e.Subject, e.From, e.To, e.Cc, e.MessageID, e.InReplyTo)
	}
	if m.BodyStructure != nil {
		add("structure %s", describeStructure(m.BodyStructure))
	}
	for _, s := range m.BodySection {
		add("body[%s%s] %s", s.Section.Specifier, strings.Join(s.Section.HeaderFields, ","), describeBody(s.Bytes))
	}
	return strings.Join(parts, "; ")
}

func describeBody(b []byte) string {
	switch {
	case b == nil:
		return "none"
	case len(b) > 100:
		return fmt.Sprintf("%d octets", len(b))
	}
	return fmt.Sprintf("%q", b)
}

func describeStructure(s imap.BodyStructure) string {
	switch s := s.(type) {
	case *imap.BodyStructureMultiPart:
		var parts []string
		for _, child := range s.Children {
			parts = append(parts, describeStructure(child))
		}
		return s.MediaType() + "(" + strings.Join(parts, " ") + ")"
	case *imap.BodyStructureSinglePart:
		text := fmt.Sprintf("%s %s %d", s.MediaType(), s.Encoding, s.Size)
		var params []string
		for k, v := range s.Params {
			params = append(params, k+"="+v)
		}
		sort.Strings(params)
		if len(params) > 0 {
			text += " " + strings.Join(params, ",")
		}
		if s.Description != "" {
			text += fmt.Sprintf(" description %q", s.Description)
		}
		if s.Text != nil {
			text += fmt.Sprintf(" lines %d", s.Text.NumLines)
		}
		if d := s.Disposition(); d != nil {
			text += " " + d.Value + fmt.Sprint(d.Params)
		}
		if s.MessageRFC822 != nil {
			text += " of " + describeStructure(s.MessageRFC822.BodyStructure)
		}
		return "<" + text + ">"
	}
	return "?"
}
