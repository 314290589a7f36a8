package settings_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"postrider/accounts/settings"
	"postrider/mail"
)

func TestSettingsLastAndKeepWhatTheyDoNotKnow(t *testing.T) {
	dir := t.TempDir()
	f := settings.In(dir)
	s, err := f.Load()
	if err != nil || !reflect.DeepEqual(s, settings.Default()) {
		t.Fatalf("without a file: %+v, %v", s, err)
	}
	path := filepath.Join(dir, "settings.toml")
	write(t, path, "later = 3\n[general]\nconversations = false\nfuture = \"yes\"\n[future]\na = [1, 2]\n")
	s, err = f.Load()
	if err != nil || s.General.Conversations || !s.General.SingleKeys {
		t.Fatalf("a file with one key: %+v, %v", s.General, err)
	}
	s, err = f.Change(t.Context(), func(s *settings.Settings) {
		s.Appearance.Theme = settings.Dark
		s.Privacy.Senders = append(s.Privacy.Senders, " News@Example.org", "@shop.example", "news@example.org", "nobody")
	})
	if err != nil || s.Appearance.Theme != settings.Dark {
		t.Fatalf("%+v, %v", s, err)
	}
	again, err := f.Load()
	if err != nil || !reflect.DeepEqual(again, s) {
		t.Errorf("read again: %+v, want %+v, %v", again, s, err)
	}
	text, _ := os.ReadFile(path)
	for _, want := range []string{"future = \"yes\"", "[future]", "later = 3", "conversations = false"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%q is lost:\n%s", want, text)
		}
	}
	if len(s.Privacy.Senders) != 2 {
		t.Errorf("senders %q", s.Privacy.Senders)
	}
}

func TestBrokenSettingsAreDefaultsAndArePutAside(t *testing.T) {
	dir := t.TempDir()
	f := settings.In(dir)
	path := filepath.Join(dir, "settings.toml")
	write(t, path, "[general\n")
	s, err := f.Load()
	if !mail.Is(err, mail.KindInput) || !reflect.DeepEqual(s, settings.Default()) {
		t.Errorf("%+v, %v", s, err)
	}
	if _, err := f.Change(t.Context(), func(s *settings.Settings) { s.Appearance.Zoom = 120 }); err != nil {
		t.Fatal(err)
	}
	if s, err = f.Load(); err != nil || s.Appearance.Zoom != 120 {
		t.Errorf("%+v, %v", s, err)
	}
	if text, err := os.ReadFile(path + ".broken"); err != nil || string(text) != "[general\n" {
		t.Errorf("put aside: %q, %v", text, err)
	}
}

func TestOddValuesAreTidied(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "settings.toml"), `
[general]
mark_read_after = 1e9
[appearance]
theme = "purple"
zoom = 5
[privacy]
pictures = "always"
[notifications]
quiet_from = "25:00"
[writing]
quote = "sideways"
undo_seconds = 100000
`)
	s, err := settings.In(dir).Load()
	if err != nil || s.Appearance.Theme != settings.FollowSystem || s.Appearance.Zoom != 50 || s.Privacy.Pictures != settings.PicturesAsked ||
		s.General.MarkRead() != time.Minute || s.Notifications.From != "00:00" ||
		s.Writing != (settings.Writing{Quote: settings.QuoteBelow, UndoSeconds: 120, Spelling: true}) {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestAllowedSenders(t *testing.T) {
	p := settings.Privacy{Pictures: settings.PicturesKnown, Senders: []string{"letter@kestrel.example", "@shop.example"}}
	for address, want := range map[string]bool{
		"Letter@Kestrel.example": true, "other@kestrel.example": false, "a@shop.example": true, "a@evil-shop.example": false,
		"a@b.shop.example": false, "@shop.example": true, "": false, "shop.example": false,
	} {
		if got := p.Allows(address); got != want {
			t.Errorf("%q: %v", address, got)
		}
	}
	p.Pictures = settings.PicturesAsked
	if p.Allows("a@shop.example") {
		t.Error("allowed though the person wants to be asked")
	}
}

func TestQuietHours(t *testing.T) {
	at := func(h, m int) time.Time { return time.Date(2026, 3, 3, h, m, 0, 0, time.Local) }
	night := settings.Notifications{Quiet: true, From: "22:00", Until: "07:00"}
	for _, tt := range []struct {
		h, m int
		want bool
	}{{21, 59, false}, {22, 0, true}, {3, 0, true}, {6, 59, true}, {7, 0, false}} {
		if got := night.Quieted(at(tt.h, tt.m)); got != tt.want {
			t.Errorf("%02d:%02d: %v", tt.h, tt.m, got)
		}
	}
	day := settings.Notifications{Quiet: true, From: "12:00", Until: "13:00"}
	if !day.Quieted(at(12, 30)) || day.Quieted(at(13, 0)) {
		t.Error("an hour at noon")
	}
	night.Quiet = false
	if night.Quieted(at(23, 0)) {
		t.Error("quiet though it is off")
	}
}

func TestWindowIsRemembered(t *testing.T) {
	f := settings.In(t.TempDir())
	if w := f.Window(); !reflect.DeepEqual(w, settings.Window{}) {
		t.Errorf("at first %+v", w)
	}
	want := settings.Window{Width: 1280, Height: 800, Sidebar: 220, Folded: []string{"abcdefgh", "abcdefgh/Lists"}, Account: "abcdefgh", Mailbox: "INBOX"}
	if err := f.SetWindow(t.Context(), want); err != nil {
		t.Fatal(err)
	}
	if w := f.Window(); !reflect.DeepEqual(w, want) {
		t.Errorf("got %+v, want %+v", w, want)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
