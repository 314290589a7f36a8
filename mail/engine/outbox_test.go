package engine_test

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"postrider/mail"
	"postrider/mail/engine"
	"postrider/mail/engine/enginetest"
	"postrider/mail/store"
)

// post is a letter on its way from the Outbox to the outgoing server and into
// the Sent folder, with an end to be put to it at any step.
type post struct {
	t      *testing.T
	dir    string
	store  *store.Store
	server *enginetest.Server // the incoming one, which may file what is sent
	steps  *enginetest.Steps
	files  bool   // the provider files what it sends
	taken  int    // how often the outgoing server took the letter
	image  string // of the data folder when the process died; "": it lives
	log    []string
}

const letterID = "letter-1"

func newPost(t *testing.T, poor, files bool) *post {
	p := &post{t: t, dir: fastDir(t), steps: &enginetest.Steps{}, files: files, server: enginetest.NewServer("Sent", "Drafts")}
	p.server.Traits = enginetest.Traits{NoUIDPlus: poor, NoCondStore: poor}
	p.open()
	if err := p.store.AddAccount(t.Context(), account, store.IMAP); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.store.Close() })
	return p
}

func (p *post) open() {
	s, err := store.Open(p.t.Context(), p.dir, store.Options{})
	if err != nil {
		p.t.Fatal(err)
	}
	p.store = s
}

// step is a point at which the connection, or the process, may end.
func (p *post) step() error {
	p.steps.Taken++
	if p.steps.Taken == p.steps.Fail {
		return &mail.Error{Kind: mail.KindOffline, Message: "the connection was cut"}
	}
	if p.steps.Each != nil {
		p.steps.Each()
	}
	return nil
}

// courier is the outgoing server and the way to it.
type courier struct {
	p     *post
	spent bool
}

func (c *courier) Spent() bool  { return c.spent }
func (c *courier) Close() error { return nil }

func (c *courier) Send(_ context.Context, out *store.Outgoing, last func() error) store.Handover {
	cut := func(how store.Outcome, err error) store.Handover {
		c.spent = true
		return store.Handover{How: how, Err: err}
	}
	for range 2 { // MAIL and RCPT, DATA
		if err := c.p.step(); err != nil {
			return cut(store.Later, err)
		}
	}
	if err := last(); err != nil {
		return cut(store.Later, err)
	}
	if err := c.p.step(); err != nil {
		return cut(store.Unknown, err) // the end did not arrive, but who knows
	}
	c.p.taken++
	if c.p.files {
		c.p.server.Add("Sent", append([]byte("Received: by the provider\r\n"), enginetest.Raw(letterID, "letter")...), mail.Bits(mail.Seen))
	}
	if err := c.p.step(); err != nil {
		return cut(store.Unknown, err) // the answer is lost
	}
	return store.Handover{Recipients: make([]error, len(out.Recipients))}
}

func (p *post) connectOut(context.Context) (engine.Courier, error) {
	if err := p.step(); err != nil {
		return nil, err
	}
	return &courier{p: p}, nil
}

// round is a sync as the program does it.
func (p *post) round() {
	_, err := engine.NewSender(p.store, account, p.connectOut).Once(p.t.Context())
	p.log = append(p.log, fmt.Sprintf("sending: %v", err))
	if p.image != "" {
		return // the process is dead
	}
	_, err = engine.NewWorker(p.store, account, enginetest.Connect(p.server, p.store, p.steps)).Once(p.t.Context())
	p.log = append(p.log, fmt.Sprintf("sync: %v", err))
}

func (p *post) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatalf("%v\n%s", err, strings.Join(p.log, "\n"))
	}
}

func (p *post) stage(id, name string) *store.Staged {
	st, err := p.store.StageBytes(p.t.Context(), enginetest.Raw(id, name))
	p.must(err)
	return st
}

// write keeps a draft, brings it to the server, and queues the letter that it
// became.
func (p *post) write() {
	draft, err := p.store.SaveDraft(p.t.Context(), account, p.stage("draft-1", "draft"), 0, 0)
	p.must(err)
	p.round()
	_, _, err = p.store.Queue(p.t.Context(), store.Letter{
		Account: account, Staged: p.stage(letterID, "letter"), Sender: "ada@test.example", To: []string{"bob@test.example", "carl@test.example"}, Draft: draft,
	})
	p.must(err)
}

func (p *post) state() (state mail.OpState) {
	p.must(p.store.Read(p.t.Context(), func(sn *store.Snapshot) error {
		list, err := sn.Pending(account)
		for _, op := range list {
			if op.Kind == mail.OpSend {
				state = op.State
			}
		}
		return err
	}))
	return state
}

// shown counts the letter in a mailbox as the person sees it.
func (p *post) shown(path string) (n int) {
	p.must(p.store.Read(p.t.Context(), func(sn *store.Snapshot) error {
		boxes, err := sn.Mailboxes(account)
		if err != nil {
			return err
		}
		for _, b := range boxes {
			if b.Path == path {
				rows, err := sn.List(store.Page{Mailboxes: []mail.MailboxID{b.ID}, Limit: 100})
				if err != nil {
					return err
				}
				n = len(rows)
			}
		}
		return nil
	}))
	return n
}

// judge says what must hold after any end and some clean syncs.
func (p *post) judge() {
	p.t.Helper()
	fail := func(format string, args ...any) {
		p.t.Helper()
		p.t.Errorf(format+"\n%s\n%s\n%s", append(args, strings.Join(p.log, "\n"), p.server.Picture(), p.store.Dump(context.WithoutCancel(p.t.Context())))...)
	}
	state, sent, waiting := p.state(), len(p.server.UIDs("Sent")), p.shown("Outbox")
	if p.taken > 1 {
		fail("the letter was sent %d times", p.taken)
	}
	switch state {
	case "":
		if p.taken != 1 || sent != 1 || waiting != 0 || p.shown("Sent") != 1 {
			fail("sent %d times; %d in Sent on the server, %d here; %d in the Outbox", p.taken, sent, p.shown("Sent"), waiting)
		}
	case mail.StateUnknown:
		if waiting != 1 || sent != 0 {
			fail("nobody knows, and %d are in the Outbox, %d in Sent", waiting, sent)
		}
	default:
		fail("the letter is %s after all", state)
	}
	if n := len(p.server.UIDs("Drafts")); n != 0 || p.shown("Drafts") != 0 {
		fail("%d drafts are left on the server, %d here", n, p.shown("Drafts"))
	}
	rep, err := p.store.Check(context.WithoutCancel(p.t.Context()), false, nil)
	if err != nil || !rep.OK() {
		fail("check: %v %+v", err, rep.Problems)
	}
}

// TestLetterSurvivesAnEndAtEachStep: the connection, or the process, ends at any
// step between Send and the Sent folder; the letter is never lost, never sent
// twice, and lies in Sent once.
func TestLetterSurvivesAnEndAtEachStep(t *testing.T) {
	unknown := 0
	for _, files := range []bool{false, true} {
		for _, poor := range []bool{false, true} {
			for _, killed := range []bool{false, true} {
				for n, done := 1, false; !done; n++ {
					t.Run(fmt.Sprintf("files=%v,poor=%v,killed=%v,%d", files, poor, killed, n), func(t *testing.T) {
						p := newPost(t, poor, files)
						p.write()
						p.end(n, killed)
						done = p.steps.Taken < n
						*p.steps = enginetest.Steps{}
						for range 3 {
							p.round()
						}
						p.judge()
						if p.state() == mail.StateUnknown {
							unknown++
						}
					})
				}
			}
		}
	}
	if unknown == 0 {
		t.Error("no end left anything unknown: the test misses the moment")
	}
}

// end puts an end to a round at step n: the connection is cut before it, or the
// process dies while the server does what it is about.
func (p *post) end(n int, killed bool) {
	*p.steps = enginetest.Steps{Fail: n}
	if killed {
		*p.steps = enginetest.Steps{Fail: n + 1, Each: func() {
			if p.steps.Taken == n {
				p.image = p.photograph()
			}
		}}
	}
	p.round()
	if p.image != "" {
		p.must(p.store.Close())
		p.dir, p.image = p.image, ""
		p.open()
	}
}

// photograph copies the data folder as it is on disk at this moment.
func (p *post) photograph() (dir string) {
	dir = fastDir(p.t)
	err := filepath.WalkDir(p.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		to := filepath.Join(dir, strings.TrimPrefix(path, p.dir))
		switch {
		case d.IsDir():
			return os.MkdirAll(to, 0o700)
		case strings.HasPrefix(d.Name(), "index.db"): // another goroutine writes it, and it is made anew
			return nil
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(to, b, 0o600)
	})
	p.must(err)
	return dir
}

// TestOneDraftIsLeftAfterAnEndAtEachStep: wherever the connection or the process
// ends while drafts follow one another onto the server, the last is there, alone.
func TestOneDraftIsLeftAfterAnEndAtEachStep(t *testing.T) {
	for _, poor := range []bool{false, true} {
		for _, killed := range []bool{false, true} {
			for n, done := 1, false; !done; n++ {
				t.Run(fmt.Sprintf("poor=%v,killed=%v,%d", poor, killed, n), func(t *testing.T) {
					p := newPost(t, poor, false)
					save := func(name string, old mail.PlacementID) mail.PlacementID {
						id, err := p.store.SaveDraft(t.Context(), account, p.stage(name, name), old, 0)
						p.must(err)
						return id
					}
					id := save("first", 0)
					p.round()
					id = save("second", id)
					p.end(n, killed)
					done = p.steps.Taken < n
					*p.steps = enginetest.Steps{}
					save("third", id)
					for range 4 {
						p.round()
					}
					if got := p.server.Picture(); got != `Drafts | third | [\Seen \Draft]` || p.shown("Drafts") != 1 {
						t.Errorf("the server has\n%s\nand %d are shown\n%s\n%s", got, p.shown("Drafts"), strings.Join(p.log, "\n"), p.store.Dump(t.Context()))
					}
				})
			}
		}
	}
}
