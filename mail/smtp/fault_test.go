package smtp_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	gosmtp "github.com/emersion/go-smtp"

	"postrider/accounts"
	"postrider/mail"
	"postrider/mail/dial"
	"postrider/mail/engine"
	"postrider/mail/mailtest"
	"postrider/mail/smtp"
	"postrider/mail/store"
)

var cycles = flag.Int("cycles", 12, "how many cycles of each kind of fault")

// office is a store with letters to send, and a real outgoing server behind a
// proxy that breaks things.
type office struct {
	t     *testing.T
	store *store.Store
	sink  *mailtest.Sink
	proxy *mailtest.FaultProxy
	acc   accounts.Account
	made  int
}

const key = mail.AccountID("acct0001")

func newOffice(t *testing.T, opts mailtest.SubmissionOptions) *office {
	t.Helper()
	opts.NoTLS = true
	sink := mailtest.Submission(t, opts)
	proxy := mailtest.Proxy(t, sink.SMTP)
	s, err := store.Open(t.Context(), t.TempDir(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if err := s.AddAccount(t.Context(), key, store.POP3); err != nil {
		t.Fatal(err)
	}
	host, port, _ := net.SplitHostPort(proxy.Addr)
	n, _ := strconv.Atoi(port)
	return &office{t: t, store: s, sink: sink, proxy: proxy, acc: accounts.Account{
		ID: key, Address: "alice@example.org", Protocol: accounts.POP3,
		Outgoing: &accounts.Server{Host: host, Port: n, TLS: accounts.NoTLS, User: "alice"},
	}}
}

func (o *office) sender() *engine.Sender {
	return engine.NewSender(o.store, key, smtp.Connect(smtp.Config{
		Account: o.acc, Store: o.store, Dialer: &dial.Dialer{}, Timeout: 500 * time.Millisecond,
		Credentials: func(context.Context) (smtp.Credentials, error) {
			return smtp.Credentials{User: "alice", Password: mailtest.Password("alice")}, nil
		},
	}))
}

func (o *office) letter(to ...string) (mail.OpID, string) {
	o.t.Helper()
	o.made++
	id := fmt.Sprintf("letter-%d@example.org", o.made)
	raw := "From: alice@example.org\r\nTo: " + strings.Join(to, ", ") + "\r\nBcc: secret@example.net\r\nSubject: " + id + "\r\nMessage-ID: <" + id + ">\r\n\r\n.dot\r\n" +
		strings.Repeat("A line that fills the pipe, so that it breaks in the middle.\r\n", 400)
	st, err := o.store.StageBytes(o.t.Context(), []byte(raw))
	if err != nil {
		o.t.Fatal(err)
	}
	op, _, err := o.store.Queue(o.t.Context(), store.Letter{Account: key, Staged: st, Sender: "alice@example.org", To: to})
	if err != nil {
		o.t.Fatal(err)
	}
	return op, id
}

func (o *office) states() map[mail.OpID]mail.Pending {
	o.t.Helper()
	states := map[mail.OpID]mail.Pending{}
	if err := o.store.Read(o.t.Context(), func(sn *store.Snapshot) error {
		list, err := sn.Pending(key)
		for _, p := range list {
			states[p.ID] = p
		}
		return err
	}); err != nil {
		o.t.Fatal(err)
	}
	return states
}

// taken counts how often each letter was taken.
func (o *office) taken() map[string]int {
	count := map[string]int{}
	for _, e := range o.sink.Accepted() {
		_, after, _ := bytes.Cut(e.Raw, []byte("Subject: "))
		subject, _, _ := bytes.Cut(after, []byte("\r\n"))
		count[string(subject)]++
		if bytes.Contains(e.Raw, []byte("secret@example.net")) {
			o.t.Errorf("Bcc went out:\n%.300s", e.Raw)
		}
	}
	return count
}

// rehearse tells how many bytes go a way when a letter is sent.
func (o *office) rehearse(dir mailtest.Direction) int64 {
	o.letter("bob@example.net", "carl@example.net")
	o.proxy.ResetCounters()
	if rep, err := o.sender().Once(o.t.Context()); err != nil || rep.Sent != 1 {
		o.t.Fatalf("%+v, %v", rep, err)
	}
	if c := o.proxy.Counters(); dir == mailtest.Down {
		return c.Down
	} else {
		return c.Up
	}
}

// TestBrokenConnections: each letter meets faults of one kind at random bytes,
// and then a good connection. It is taken once; or it was taken at most once and
// nobody knows, which is said and not tried again.
func TestBrokenConnections(t *testing.T) {
	kinds := map[string]mailtest.Action{"closed": mailtest.Cut, "reset": mailtest.Reset, "stalled": mailtest.Freeze}
	for name, do := range kinds {
		for way, dir := range map[string]mailtest.Direction{"up": mailtest.Up, "down": mailtest.Down} {
			t.Run(name+" "+way, func(t *testing.T) {
				t.Parallel()
				o := newOffice(t, mailtest.SubmissionOptions{})
				random := rand.New(rand.NewPCG(7, uint64(len(name))))
				n := *cycles
				if do == mailtest.Freeze {
					n = n / 3
				}
				whole := o.rehearse(dir)
				unknown := 0
				for range n {
					op, id := o.letter("bob@example.net", "carl@example.net")
					after := random.Int64N(whole)
					if random.IntN(2) == 0 { // where it matters: about the end
						after = whole - min(whole, 100) + random.Int64N(100)
					}
					o.proxy.SetRules(mailtest.Rule{Do: do, After: after, Dir: dir})
					o.sender().Once(t.Context())
					o.proxy.SetRules()
					o.sender().Once(t.Context())
					o.sender().Once(t.Context())
					p, waits := o.states()[op]
					switch taken := o.taken()[id]; {
					case !waits && taken == 1:
					case waits && p.State == mail.StateUnknown && taken <= 1:
						unknown++
					default:
						t.Errorf("cut at byte %d: taken %d times, waits %v: %+v", after, taken, waits, p)
					}
				}
				t.Logf("%d letters, %d of which nobody knows", n, unknown)
			})
		}
	}
}

// hall is an outgoing server that takes so many recipients at a time, and keeps
// who got what.
type hall struct {
	mu  sync.Mutex
	got map[string]int // by recipient
	raw []int          // sizes of the messages
}

type guest struct {
	h  *hall
	to []string
}

func (h *hall) NewSession(*gosmtp.Conn) (gosmtp.Session, error) { return &guest{h: h}, nil }
func (g *guest) Reset()                                         { g.to = nil }
func (g *guest) Logout() error                                  { return nil }
func (g *guest) Mail(string, *gosmtp.MailOptions) error         { return nil }
func (g *guest) Rcpt(to string, _ *gosmtp.RcptOptions) error    { g.to = append(g.to, to); return nil }

func (g *guest) Data(r io.Reader) error {
	n, err := io.Copy(io.Discard, r)
	if err != nil {
		return err
	}
	g.h.mu.Lock()
	defer g.h.mu.Unlock()
	g.h.raw = append(g.h.raw, int(n))
	for _, to := range g.to {
		g.h.got[to]++
	}
	return nil
}

func (o *office) movesTo(t *testing.T, limit int, size int64) *hall {
	t.Helper()
	h := &hall{got: map[string]int{}}
	s := gosmtp.NewServer(h)
	s.MaxRecipients, s.MaxMessageBytes = limit, size
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go s.Serve(l)
	t.Cleanup(func() { s.Close() })
	o.acc.Outgoing.Port = l.Addr().(*net.TCPAddr).Port
	return h
}

// A thousand recipients get the message once each from a server that takes a
// hundred at a time.
func TestThousandRecipientsOfAHundredAtATime(t *testing.T) {
	o := newOffice(t, mailtest.SubmissionOptions{})
	h := o.movesTo(t, 100, 1<<20)
	var to []string
	for i := range 1000 {
		to = append(to, fmt.Sprintf("member.%d@example.net", i))
	}
	o.letter(to...)
	rep, err := o.sender().Once(t.Context())
	if err != nil || rep.Sent != 1 || len(o.states()) != 0 {
		t.Errorf("%+v, %v, waiting %d", rep, err, len(o.states()))
	}
	for _, one := range to {
		if h.got[one] != 1 {
			t.Fatalf("%s got it %d times", one, h.got[one])
		}
	}
	if len(h.raw) != 10 {
		t.Errorf("it went out %d times", len(h.raw))
	}
}

// A message that is too large is refused before any of it is uploaded.
func TestTooLargeIsToldBeforeTheUpload(t *testing.T) {
	o := newOffice(t, mailtest.SubmissionOptions{})
	h := o.movesTo(t, 100, 10_000)
	op, _ := o.letter("bob@example.net")
	if rep, err := o.sender().Once(t.Context()); err != nil || rep.Failed != 1 || len(h.raw) != 0 {
		t.Errorf("%+v, %v", rep, err)
	}
	if p := o.states()[op]; p.State != mail.StateFailed || !strings.Contains(p.Err.Message, "at most 10 kB") {
		t.Errorf("%+v", p)
	}
}

// An address that is not ASCII goes through a server that takes it, and is
// refused in words by one that does not.
func TestAddressOfAnyScript(t *testing.T) {
	o := newOffice(t, mailtest.SubmissionOptions{})
	o.letter("röß@müller.example")
	if rep, err := o.sender().Once(t.Context()); err != nil || rep.Sent != 1 {
		t.Fatalf("%+v, %v", rep, err)
	}
	if e := o.sink.Accepted()[0]; fmt.Sprint(e.To) != "[röß@xn--mller-kva.example]" {
		t.Errorf("it went to %v", e.To)
	}
	h := o.movesTo(t, 100, 1<<20)
	op, _ := o.letter("röß@müller.example")
	if rep, err := o.sender().Once(t.Context()); err != nil || rep.Failed != 1 || len(h.raw) != 0 {
		t.Errorf("%+v, %v", rep, err)
	}
	if p := o.states()[op]; !strings.Contains(p.Err.Message, "not ASCII") {
		t.Errorf("%+v", p.Err)
	}
}
