package settings

import (
	"slices"
	"strings"
	"time"
)

// Settings are what a person can choose.
type Settings struct {
	General       General       `toml:"general"`
	Appearance    Appearance    `toml:"appearance"`
	Privacy       Privacy       `toml:"privacy"`
	Notifications Notifications `toml:"notifications"`
	Writing       Writing       `toml:"writing"`
}

// General is about how the window behaves.
type General struct {
	StartHidden   bool    `toml:"start_hidden"`    // in the tray, without a window
	CloseToTray   bool    `toml:"close_to_tray"`   // closing the window leaves Postrider running
	Conversations bool    `toml:"conversations"`   // a row is a conversation, not a message
	MarkReadAfter float64 `toml:"mark_read_after"` // seconds that a message is seen before it counts as read; less than 0: never by itself
	SingleKeys    bool    `toml:"single_keys"`     // e archives, without Ctrl
}

// Appearance is about how it looks.
type Appearance struct {
	Theme   Theme   `toml:"theme"`
	Density Density `toml:"density"`
	Zoom    int     `toml:"zoom"` // of mail, percent
}

// Theme is light or dark.
type Theme string

// The themes.
const (
	FollowSystem Theme = "system"
	Light        Theme = "light"
	Dark         Theme = "dark"
)

// Density is how much room a row of the list takes.
type Density string

// The densities.
const (
	Comfortable Density = "comfortable"
	Cosy        Density = "cosy"
	Compact     Density = "compact"
)

// Privacy is about what others learn.
type Privacy struct {
	Pictures Pictures `toml:"pictures"`
	Senders  []string `toml:"picture_senders"` // addresses, and domains as @example.org, whose pictures are shown
}

// Pictures says when pictures are fetched from other servers, which tells who
// runs them that a mail was opened.
type Pictures string

// The ways. A picture is never fetched because of a mail that is not open, and
// one that nobody could see never at all.
const (
	PicturesAsked Pictures = "asked" // when the person asks, message by message
	PicturesKnown Pictures = "known" // also at once for the senders of Privacy.Senders
)

// Notifications are about new mail.
type Notifications struct {
	Show  Show   `toml:"show"`
	Quiet bool   `toml:"quiet"` // nothing is shown in the quiet hours
	From  string `toml:"quiet_from"`
	Until string `toml:"quiet_until"`
}

// Show is what a notification tells.
type Show string

// What it tells: all of it also on a locked screen, if the system shows it there.
const (
	ShowAll    Show = "all"    // sender, subject and first line
	ShowSender Show = "sender" // who wrote
	ShowNumber Show = "number" // that there is mail
	ShowNone   Show = "none"   // no notifications
)

// Writing is about what the person writes.
type Writing struct {
	Quote       Quote `toml:"quote"`
	Plain       bool  `toml:"plain_text"`   // a message is sent as plain text alone
	UndoSeconds int   `toml:"undo_seconds"` // that a message waits before it goes out; 0: none
	Spelling    bool  `toml:"check_spelling"`
}

// Undo is how long a message waits before it goes out, so that it can be taken
// back.
func (w Writing) Undo() time.Duration { return time.Duration(w.UndoSeconds) * time.Second }

// Quote says where an answer has what it answers.
type Quote string

// The places.
const (
	QuoteBelow Quote = "below" // under what the person writes
	QuoteAbove Quote = "above"
	QuoteNone  Quote = "none"
)

// Default is what somebody has who never chose anything.
func Default() Settings {
	return Settings{
		General:       General{Conversations: true, MarkReadAfter: 1, SingleKeys: true},
		Appearance:    Appearance{Theme: FollowSystem, Density: Comfortable, Zoom: 100},
		Privacy:       Privacy{Pictures: PicturesKnown},
		Notifications: Notifications{Show: ShowAll, From: "22:00", Until: "07:00"},
		Writing:       Writing{Quote: QuoteBelow, UndoSeconds: 10, Spelling: true},
	}
}

// Bounds of the zoom, percent, and of the wait before sending, seconds.
const (
	minZoom = 50
	maxZoom = 300
	maxUndo = 120
)

// tidy takes out of a file what makes no sense.
func (s *Settings) tidy() {
	d := Default()
	s.Appearance.Theme = oneOf(s.Appearance.Theme, d.Appearance.Theme, FollowSystem, Light, Dark)
	s.Appearance.Density = oneOf(s.Appearance.Density, d.Appearance.Density, Comfortable, Cosy, Compact)
	s.Appearance.Zoom = min(max(s.Appearance.Zoom, minZoom), maxZoom)
	s.Privacy.Pictures = oneOf(s.Privacy.Pictures, PicturesAsked, PicturesAsked, PicturesKnown)
	s.Notifications.Show = oneOf(s.Notifications.Show, d.Notifications.Show, ShowAll, ShowSender, ShowNumber, ShowNone)
	s.Writing.Quote = oneOf(s.Writing.Quote, d.Writing.Quote, QuoteBelow, QuoteAbove, QuoteNone)
	s.Writing.UndoSeconds = min(max(s.Writing.UndoSeconds, 0), maxUndo)
	if s.General.MarkReadAfter > 60 {
		s.General.MarkReadAfter = 60
	}
	for _, at := range []*string{&s.Notifications.From, &s.Notifications.Until} {
		if _, ok := minutes(*at); !ok {
			*at = "00:00"
		}
	}
	var senders []string
	for _, who := range s.Privacy.Senders {
		who = strings.ToLower(strings.TrimSpace(who))
		if strings.Contains(who, "@") && len(who) > 3 && !slices.Contains(senders, who) {
			senders = append(senders, who)
		}
	}
	s.Privacy.Senders = senders
}

func oneOf[T comparable](v, other T, all ...T) T {
	if slices.Contains(all, v) {
		return v
	}
	return other
}

// MarkRead is how long a message is seen before it counts as read; less than 0:
// never by itself.
func (g General) MarkRead() time.Duration {
	return time.Duration(g.MarkReadAfter * float64(time.Second))
}

// Allows reports whether pictures of a sender are shown without asking.
func (p Privacy) Allows(address string) bool {
	address = strings.ToLower(strings.TrimSpace(address))
	at := strings.LastIndexByte(address, '@')
	if p.Pictures != PicturesKnown || at < 0 {
		return false
	}
	return slices.Contains(p.Senders, address) || slices.Contains(p.Senders, address[at:])
}

// Quieted reports whether a moment is in the quiet hours.
func (n Notifications) Quieted(now time.Time) bool {
	from, ok := minutes(n.From)
	until, ok2 := minutes(n.Until)
	if !n.Quiet || !ok || !ok2 || from == until {
		return false
	}
	at := now.Hour()*60 + now.Minute()
	if from < until {
		return at >= from && at < until
	}
	return at >= from || at < until
}

// minutes reads a time of day such as 22:30.
func minutes(text string) (int, bool) {
	t, err := time.Parse("15:04", text)
	return t.Hour()*60 + t.Minute(), err == nil
}
