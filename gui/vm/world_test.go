package vm_test

import (
	"context"
	"errors"
	"os"
	"sync"
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
	sub    *store.Subscription
	seen   uint64 // the last batch that catchUp returned
	roster *vm.Roster
}

// template is a data folder with the mail of a demo in it. Its servers run until
// the tests end.
var template = struct {
	once sync.Once
	dir  string
	demo *demo.World
	err  error
}{}

func TestMain(m *testing.M) {
	code := m.Run()
	if template.demo != nil {
		template.demo.Close()
	}
	if template.dir != "" {
		os.RemoveAll(template.dir)
	}
	os.Exit(code)
}

// makeTemplate syncs all accounts of a demo once. The sailing club's refuses to
// sign in.
func makeTemplate() error {
	ctx := context.Background()
	var err error
	if template.dir, err = os.MkdirTemp("", "postrider-vm-"); err != nil {
		return err
	}
	if template.demo, err = demo.Start(ctx, demo.Options{Every: -1}); err != nil {
		return err
	}
	keys, err := settleIn(ctx, template.demo, template.dir)
	if err != nil {
		return err
	}
	c, err := client.Open(ctx, client.Options{Dir: template.dir, Keyring: keys})
	if err != nil {
		return err
	}
	list, err := c.All()
	for i := range list { // one after the other, so that ids are the same every time
		if err == nil {
			err = c.Sync(ctx, list[i:i+1], func(client.Synced) {})
		}
	}
	return errors.Join(err, c.Close())
}

// newWorld opens the demo's mail, which only this test sees.
func newWorld(t *testing.T) *world {
	t.Helper()
	template.once.Do(func() { template.err = makeTemplate() })
	if template.err != nil {
		t.Fatal(template.err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(template.dir)); err != nil {
		t.Fatal(err)
	}
	keys := &secret.Memory{}
	for _, acc := range template.demo.Accounts() {
		if err := keys.Set(t.Context(), acc.ID, secret.Password, secret.New(acc.Password)); err != nil {
			t.Fatal(err)
		}
	}
	w := openDir(t, dir, keys)
	w.roster.Load()
	w.settle()
	return w
}

// openWorld sets the accounts of a demo up in a new data folder, without mail.
func openWorld(t *testing.T, d *demo.World) *world {
	t.Helper()
	dir := t.TempDir()
	keys, err := settleIn(t.Context(), d, dir)
	if err != nil {
		t.Fatal(err)
	}
	return openDir(t, dir, keys)
}

// settleIn puts the accounts of a demo into a data folder.
func settleIn(ctx context.Context, d *demo.World, dir string) (secret.Keyring, error) {
	keys := &secret.Memory{}
	for _, acc := range d.Accounts() {
		if _, err := accounts.In(dir).Add(ctx, acc.Account); err != nil {
			return nil, err
		}
		if err := keys.Set(ctx, acc.ID, secret.Password, secret.New(acc.Password)); err != nil {
			return nil, err
		}
	}
	return keys, nil
}

func openDir(t *testing.T, dir string, keys secret.Keyring) *world {
	t.Helper()
	c, err := client.Open(t.Context(), client.Options{Dir: dir, Keyring: keys})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	w := &world{table: newTable(), t: t, client: c}
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
