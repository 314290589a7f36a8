package pop

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"postrider/accounts"
	"postrider/mail/store"
)

// TestWait: it waits for the time to look, counted from the last look, and
// longer where the server wants that.
func TestWait(t *testing.T) {
	for name, tt := range map[string]struct {
		poll, delay, since, want time.Duration
	}{
		"by itself":    {want: 5 * time.Minute},
		"as set":       {poll: time.Minute, want: time.Minute},
		"interrupted":  {since: 4 * time.Minute, want: time.Minute},
		"long ago":     {since: time.Hour},
		"as announced": {delay: 15 * time.Minute, want: 15 * time.Minute},
		"both":         {delay: 15 * time.Minute, since: 14 * time.Minute, want: time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := &Driver{cfg: Config{Account: accounts.Account{ID: "acct"}, Poll: tt.poll, Store: openStore(t)}}
				d.looked = time.Now()
				if err := d.signedIn(t.Context(), tt.delay); err != nil {
					t.Fatal(err)
				}
				time.Sleep(tt.since)
				begun := time.Now()
				if err := d.Wait(t.Context()); err != nil || time.Since(begun) != tt.want {
					t.Errorf("waited %v (%v), want %v", time.Since(begun), err, tt.want)
				}
				d.looked = time.Now()
				ctx, cancel := context.WithTimeout(t.Context(), time.Second)
				defer cancel()
				if err := d.Wait(ctx); err != context.DeadlineExceeded {
					t.Errorf("stopped, it returns %v", err)
				}
			})
		})
	}
}

func openStore(t *testing.T) *store.Store {
	s, err := store.Open(t.Context(), t.TempDir(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if err := s.AddAccount(t.Context(), "acct", store.POP3); err != nil {
		t.Fatal(err)
	}
	return s
}
