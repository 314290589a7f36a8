package vm_test

import (
	"context"
	"testing"

	"postrider/accounts"
	"postrider/accounts/secret"
	"postrider/gui/vm"
	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/demo"
	"postrider/mail/store"
)

// world is a client on a real store with the demo's mail in it, and a desk to
// work at.
type world struct {
	*table
	t      *testing.T
	client *client.Client
	demo   *demo.World
	sub    *store.Subscription
	seen   uint64 // the last batch that catchUp returned
	roster *vm.Roster
}

// newWorld starts the demo's servers and syncs all accounts once. The sailing
// club's refuses to sign in.
func newWorld(t *testing.T) *world {
	t.Helper()
	ctx := t.Context()
	d, err := demo.Start(context.WithoutCancel(ctx), demo.Options{Every: -1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	w := openWorld(t, d)
	list, err := w.client.All()
	if err != nil {
		t.Fatal(err)
	}
	for i := range list { // one after the other, so that ids are the same every time
		if err := w.client.Sync(ctx, list[i:i+1], func(client.Synced) {}); err != nil {
			t.Fatal(err)
		}
	}
	w.catchUp()
	w.roster.Load()
	w.settle()
	return w
}

// openWorld sets the accounts of the demo up in a new data folder.
func openWorld(t *testing.T, d *demo.World) *world {
	t.Helper()
	ctx := t.Context()
	dir, keys := t.TempDir(), &secret.Memory{}
	if d != nil {
		for _, acc := range d.Accounts() {
			if _, err := accounts.In(dir).Add(ctx, acc.Account); err != nil {
				t.Fatal(err)
			}
			if err := keys.Set(ctx, acc.ID, secret.Password, secret.New(acc.Password)); err != nil {
				t.Fatal(err)
			}
		}
	}
	c, err := client.Open(ctx, client.Options{Dir: dir, Keyring: keys})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	w := &world{table: newTable(), t: t, client: c, demo: d}
	w.now = c.Now()
	w.sub, w.seen = c.Subscribe()
	w.roster = vm.NewRoster(&w.Desk, c)
	return w
}

// catchUp returns the batches since the last call, and gives them to the roster.
func (w *world) catchUp() (all []mail.Batch) {
	w.t.Helper()
	mark, last := w.client.Subscribe()
	mark.Close()
	for w.seen < last {
		list, err := w.sub.Next(w.t.Context())
		if err != nil {
			w.t.Fatal(err)
		}
		all = append(all, list...)
		w.seen = list[len(list)-1].Seq
	}
	w.roster.Apply(all)
	w.settle()
	return all
}
