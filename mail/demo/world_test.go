package demo_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/smtp"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"go.uber.org/goleak"

	"postrider/accounts"
	"postrider/mail"
	"postrider/mail/demo"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// noon is when the tests' world starts: a Tuesday.
var noon = time.Date(2026, time.March, 3, 12, 0, 0, 0, time.FixedZone("", 3600))

func start(t testing.TB, options demo.Options) *demo.World {
	t.Helper()
	if options.Now == nil {
		options.Now = func() time.Time { return noon }
	}
	if options.Every == 0 {
		options.Every = -1
	}
	w, err := demo.Start(context.Background(), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Close)
	return w
}

func account(t testing.TB, w *demo.World, address string) demo.Account {
	t.Helper()
	for _, a := range w.Accounts() {
		if a.Address == address {
			return a
		}
	}
	t.Fatalf("there is no account %s", address)
	return demo.Account{}
}

// trust is what a client of the account trusts, on the tests' clock.
func trust(t testing.TB, s accounts.Server) *tls.Config {
	t.Helper()
	pem, err := os.ReadFile(s.CAFile)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(pem)
	return &tls.Config{RootCAs: roots, ServerName: s.Host, Time: func() time.Time { return noon }}
}

func dialIMAP(t testing.TB, a demo.Account, handler *imapclient.UnilateralDataHandler) *imapclient.Client {
	t.Helper()
	c, err := imapclient.DialTLS(a.Incoming.Addr(), &imapclient.Options{TLSConfig: trust(t, a.Incoming), UnilateralDataHandler: handler})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

func signIn(t testing.TB, w *demo.World, address string, handler *imapclient.UnilateralDataHandler) *imapclient.Client {
	t.Helper()
	a := account(t, w, address)
	c := dialIMAP(t, a, handler)
	if err := c.Login(a.Incoming.User, a.Password).Wait(); err != nil {
		t.Fatal(err)
	}
	return c
}

const work, home, club, letters = "nora@fernlight.example", "nora.falk@postbox.example", "secretary@harbour-sailing.example", "nora@norafalk.example"

func TestAccountsAreValid(t *testing.T) {
	w := start(t, demo.Options{})
	ids := map[mail.AccountID]bool{}
	for _, a := range w.Accounts() {
		if ids[a.ID] || len(a.ID) != 8 {
			t.Errorf("%s has the id %q", a.Address, a.ID)
		}
		ids[a.ID] = true
		for _, s := range []accounts.Server{a.Incoming, *a.Outgoing} {
			if s.TLS != accounts.ImplicitTLS || !accounts.Loopback(s.Host) || s.Port == 0 {
				t.Errorf("%s is served at %+v", a.Address, s)
			}
		}
	}
	if len(ids) != 4 {
		t.Errorf("%d accounts", len(ids))
	}
}

func TestMailboxesOfWork(t *testing.T) {
	w := start(t, demo.Options{})
	c := signIn(t, w, work, nil)
	list, err := c.List("", "*", &imap.ListOptions{ReturnSpecialUse: true, ReturnStatus: &imap.StatusOptions{NumMessages: true, NumUnseen: true}}).Collect()
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]uint32{}
	var roles []string
	for _, box := range list {
		count[box.Mailbox] = *box.Status.NumMessages
		for _, attr := range box.Attrs {
			if slices.Contains([]imap.MailboxAttr{imap.MailboxAttrSent, imap.MailboxAttrDrafts, imap.MailboxAttrArchive, imap.MailboxAttrJunk, imap.MailboxAttrTrash}, attr) {
				roles = append(roles, box.Mailbox)
			}
		}
	}
	if want := []string{"Archive", "Drafts", "Junk", "Sent", "Trash"}; !slices.Equal(roles, want) {
		t.Errorf("roles %q, want %q", roles, want)
	}
	for _, name := range []string{"INBOX", "Sent", "Drafts", "Archive", "Trash", "Junk", "Projects/Reading room", "Projects/Łódź", "Projects/Märkische Höfe/Entwürfe"} {
		if count[name] == 0 {
			t.Errorf("%s is empty", name)
		}
	}
}

func TestTheClubIsRefused(t *testing.T) {
	w := start(t, demo.Options{})
	a := account(t, w, club)
	c := dialIMAP(t, a, nil)
	var refused *imap.Error
	if err := c.Login(a.Incoming.User, a.Password).Wait(); !errors.As(err, &refused) || refused.Code != imap.ResponseCodeAuthenticationFailed {
		t.Errorf("got %v", err)
	}
}

func TestStepIsPushed(t *testing.T) {
	w := start(t, demo.Options{})
	exists := make(chan uint32, 16)
	c := signIn(t, w, work, &imapclient.UnilateralDataHandler{Mailbox: func(data *imapclient.UnilateralDataMailbox) {
		if data.NumMessages != nil {
			exists <- *data.NumMessages
		}
	}})
	data, err := c.Select("INBOX", nil).Wait()
	if err != nil {
		t.Fatal(err)
	}
	idle, err := c.Idle()
	if err != nil {
		t.Fatal(err)
	}
	e, ok := w.Step()
	if !ok || e.Kind != demo.Arrived || e.Account != account(t, w, work).ID || e.Mailbox != "INBOX" {
		t.Fatalf("the first event is %+v", e)
	}
	if n := <-exists; n != data.NumMessages+1 {
		t.Errorf("EXISTS %d after %d", n, data.NumMessages)
	}
	if err := idle.Close(); err != nil {
		t.Fatal(err)
	}
	if err := idle.Wait(); err != nil {
		t.Fatal(err)
	}
	list, err := c.Fetch(imap.SeqSetNum(data.NumMessages+1), &imap.FetchOptions{Envelope: true, Flags: true}).Collect()
	if err != nil {
		t.Fatal(err)
	}
	if list[0].Envelope.Subject != e.Subject || !list[0].Envelope.Date.Equal(noon) || len(list[0].Flags) != 0 {
		t.Errorf("%q of %v with %v arrived", list[0].Envelope.Subject, list[0].Envelope.Date, list[0].Flags)
	}
}

func TestTheScriptGoesOnForEver(t *testing.T) {
	w := start(t, demo.Options{})
	kinds := map[demo.EventKind]int{}
	for range 60 {
		e, ok := w.Step()
		if !ok {
			t.Fatal("nothing happens any more")
		}
		if (e.Mailbox == "") != (e.Kind == demo.Erased) || e.Account == "" || e.Subject == "" {
			t.Errorf("%+v", e)
		}
		kinds[e.Kind]++
	}
	for _, kind := range []demo.EventKind{demo.Arrived, demo.Seen, demo.Starred, demo.Filed, demo.Erased} {
		if kinds[kind] == 0 {
			t.Errorf("never: %s", kind)
		}
	}
}

func TestTicksMakeEvents(t *testing.T) {
	ticks := make(chan time.Time)
	w := start(t, demo.Options{Ticks: ticks})
	c := signIn(t, w, work, nil)
	before, err := c.Status("INBOX", &imap.StatusOptions{NumMessages: true}).Wait()
	if err != nil {
		t.Fatal(err)
	}
	ticks <- noon
	ticks <- noon // taken only after the first event is done
	after, err := c.Status("INBOX", &imap.StatusOptions{NumMessages: true}).Wait()
	if err != nil {
		t.Fatal(err)
	}
	if *after.NumMessages != *before.NumMessages+1 {
		t.Errorf("%d messages after %d", *after.NumMessages, *before.NumMessages)
	}
	close(ticks)
}

// maildrop signs in to POP3, and returns sizes by UIDL.
func maildrop(t *testing.T, w *demo.World) map[string]string {
	t.Helper()
	a := account(t, w, home)
	conn, err := tls.Dial("tcp", a.Incoming.Addr(), trust(t, a.Incoming))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "USER %s\r\nPASS %s\r\nUIDL\r\nLIST\r\nQUIT\r\n", a.Incoming.User, a.Password)
	var sb strings.Builder
	buf := make([]byte, 4096)
	for {
		n, err := conn.Read(buf)
		sb.Write(buf[:n])
		if err != nil {
			break
		}
	}
	blocks := strings.Split(sb.String(), "\r\n.\r\n")
	if len(blocks) != 3 {
		t.Fatalf("got %q", sb.String())
	}
	uidls, sizes := strings.Split(blocks[0], "\r\n")[4:], strings.Split(blocks[1], "\r\n")[1:]
	drop := map[string]string{}
	for i := range uidls {
		drop[uidls[i]] = sizes[i]
	}
	return drop
}

func TestHomeIsAMaildropAndTheSameEveryTime(t *testing.T) {
	first := maildrop(t, start(t, demo.Options{Seed: 3}))
	second := maildrop(t, start(t, demo.Options{Seed: 3}))
	if len(first) < 60 {
		t.Errorf("%d messages", len(first))
	}
	for uidl, size := range first {
		if second[uidl] != size {
			t.Errorf("%s: %s, then %s", uidl, size, second[uidl])
		}
	}
}

func TestMailFromOneAccountReachesAnother(t *testing.T) {
	w := start(t, demo.Options{})
	a := account(t, w, work)
	conn, err := tls.Dial("tcp", a.Outgoing.Addr(), trust(t, *a.Outgoing))
	if err != nil {
		t.Fatal(err)
	}
	c, err := smtp.NewClient(conn, a.Outgoing.Host)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	before := len(maildrop(t, w))
	for _, err := range []error{c.Auth(smtp.PlainAuth("", a.Outgoing.User, a.Password, a.Outgoing.Host)), c.Mail(a.Address), c.Rcpt(home), c.Rcpt("ines@moreau-electric.example")} {
		if err != nil {
			t.Fatal(err)
		}
	}
	data, err := c.Data()
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(data, "Subject: milk\r\n\r\nand bread\r\n")
	if err := data.Close(); err != nil {
		t.Fatal(err)
	}
	if after := len(maildrop(t, w)); after != before+1 {
		t.Errorf("%d messages after %d", after, before)
	}
}

func TestHuge(t *testing.T) {
	const n = 2000
	w := start(t, demo.Options{Huge: n})
	c := signIn(t, w, work, nil)
	data, err := c.Select("Correspondence", nil).Wait()
	if err != nil {
		t.Fatal(err)
	}
	if data.NumMessages != n {
		t.Fatalf("%d messages", data.NumMessages)
	}
	list, err := c.Fetch(imap.SeqSet{{Start: n - 99, Stop: n}}, &imap.FetchOptions{Envelope: true, RFC822Size: true, InternalDate: true}).Collect()
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 100 || list[99].Envelope.Date.After(noon) || list[0].Envelope.Date.After(list[99].Envelope.Date) {
		t.Errorf("%d messages of %v to %v", len(list), list[0].Envelope.Date, list[99].Envelope.Date)
	}
}

func TestCloseLeavesNothing(t *testing.T) {
	w := start(t, demo.Options{})
	c := signIn(t, w, work, nil)
	if _, err := c.Select("INBOX", nil).Wait(); err != nil {
		t.Fatal(err)
	}
	idle, err := c.Idle()
	if err != nil {
		t.Fatal(err)
	}
	a := account(t, w, work)
	addr := a.Incoming.Addr()
	w.Close()
	w.Close() // twice is once
	if err := idle.Wait(); err == nil {
		t.Error("the client did not notice")
	}
	if conn, err := net.Dial("tcp", addr); err == nil {
		conn.Close()
		t.Error("the port is still open")
	}
	if _, err := os.Stat(w.CAFile()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the certificate is still there: %v", err)
	}
}

func TestOwnFolderIsKept(t *testing.T) {
	dir := t.TempDir()
	w := start(t, demo.Options{Dir: dir})
	w.Close()
	if _, err := os.Stat(w.CAFile()); err != nil || !strings.HasPrefix(w.CAFile(), dir) {
		t.Errorf("%s: %v", w.CAFile(), err)
	}
	if _, err := demo.Start(context.Background(), demo.Options{Dir: dir + "/missing"}); mail.KindOf(err) != mail.KindDisk {
		t.Errorf("a missing folder is %v", err)
	}
}

// BenchmarkLightData is a first sync of a large mailbox: all but the bodies.
func BenchmarkLightData(b *testing.B) {
	const n = 10_000
	w := start(b, demo.Options{Huge: n})
	c := signIn(b, w, work, nil)
	if _, err := c.Select("Correspondence", nil).Wait(); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		cmd := c.Fetch(imap.SeqSet{{Start: 1, Stop: n}}, &imap.FetchOptions{
			UID: true, Envelope: true, Flags: true, RFC822Size: true, InternalDate: true, BodyStructure: &imap.FetchItemBodyStructure{Extended: true},
		})
		for m := cmd.Next(); m != nil; m = cmd.Next() {
			if _, err := m.Collect(); err != nil {
				b.Fatal(err)
			}
		}
		if err := cmd.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*n), "µs/message")
}

func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		start(b, demo.Options{}).Close()
	}
}
