package imap

import (
	"context"
	"strings"
	"sync/atomic"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"postrider/mail"
	"postrider/mail/dial"
	"postrider/mail/engine"
	"postrider/mail/imap/wire"
)

// Driver is one signed-in connection. It implements engine.Driver; one
// goroutine uses it.
type Driver struct {
	cfg    Config
	conn   *dial.Conn
	since  time.Time // when it was made
	wire   *wire.Conn
	client *imapclient.Client
	caps   wire.Caps
	news   chan struct{} // holds a token when the server said something by itself

	inbox     selection    // the inbox as the last pull took it in
	others    others       // what the server tells of folders that are not open
	told      atomic.Int64 // messages of the open mailbox, as the server last said
	selected  string       // the server's name of the mailbox that is open; "" none
	open      selection
	remoteIDs map[mail.UID]string // of the FETCH under way, from items that go-imap does not know
}

var _ engine.Driver = (*Driver)(nil)
var _ engine.Traffic = (*Driver)(nil)

// selection is what SELECT said.
type selection struct {
	validity mail.UIDValidity
	next     mail.UID
	modseq   mail.ModSeq
	exists   int
}

// has reports whether the server offers an extension that the account may use.
func (d *Driver) has(name string) bool {
	return d.caps.Has(name) && d.cfg.Account.Uses(name)
}

// hear notes that the server said something on its own.
func (d *Driver) hear() {
	select {
	case d.news <- struct{}{}:
	default:
	}
}

// Traffic implements engine.Traffic.
func (d *Driver) Traffic() (in, out, roundTrips int64) {
	s := d.wire.Stats()
	return s.In, s.Out, int64(s.RoundTrips)
}

// Close logs out and closes. It does not wait long for a server that is gone.
func (d *Driver) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	defer d.wire.Bind(ctx)()
	d.client.Logout().Wait()
	d.client.Close()
	return nil
}

// bound makes ctx end the connection while a command runs, and turns the
// command's error into ours.
func (d *Driver) bound(ctx context.Context, op string, command func() error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	release := d.wire.Bind(ctx)
	err := command()
	release()
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return d.wire.Explain(op, err)
}

// sel opens a mailbox, if it is not open.
func (d *Driver) sel(ctx context.Context, name string) error {
	if d.selected == name {
		return nil
	}
	return d.reselect(ctx, name)
}

// reselect opens a mailbox and learns its state as it is now.
func (d *Driver) reselect(ctx context.Context, name string) error {
	d.selected = ""
	return d.bound(ctx, "open the folder", func() error {
		data, err := d.client.Select(name, &imap.SelectOptions{CondStore: d.has("CONDSTORE")}).Wait()
		if err != nil {
			return err
		}
		d.selected = name
		d.told.Store(int64(data.NumMessages))
		d.open = selection{
			validity: mail.UIDValidity(data.UIDValidity), next: mail.UID(data.UIDNext),
			modseq: mail.ModSeq(data.HighestModSeq), exists: int(data.NumMessages),
		}
		return nil
	})
}

// onExtra keeps the ids that go-imap does not know.
func (d *Driver) onExtra(x wire.Extra) {
	if x.UID == 0 || d.remoteIDs == nil {
		return
	}
	switch {
	case x.EmailID != "":
		d.remoteIDs[x.UID] = "e:" + x.EmailID
	case x.GmailID != 0:
		d.remoteIDs[x.UID] = "g:" + formatUint(x.GmailID)
	}
}

// extraItems are the FETCH items that identify a message for good, where the
// server has them.
func (d *Driver) extraItems() []string {
	switch {
	case d.has("OBJECTID"):
		return []string{"EMAILID"}
	case d.has("X-GM-EXT-1"):
		return []string{"X-GM-MSGID"}
	}
	return nil
}

func uidsOf(list []mail.UID) (set imap.UIDSet) {
	for _, u := range list {
		set.AddNum(imap.UID(u))
	}
	return set
}

func flagsOf(list []imap.Flag) mail.Flags {
	names := make([]string, len(list))
	for i, f := range list {
		names[i] = wire.FlagName(string(f))
	}
	return mail.FlagsOf(names...)
}

func imapFlags(f mail.Flags) (list []imap.Flag) {
	for _, name := range f.Names() {
		if !strings.HasPrefix(name, `\`) {
			name = wire.FlagAtom(name)
		}
		list = append(list, imap.Flag(name))
	}
	return list
}
