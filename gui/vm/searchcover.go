package vm

import (
	"context"
	"strings"
	"time"

	"postrider/accounts"
	"postrider/mail/phrase"
	"postrider/mail/store"
)

// coverEvery is how long what is covered is taken for true.
const coverEvery = time.Minute

// readCoverage reads how much there is to look through.
func (s *Search) readCoverage() {
	if now := s.desk.Now(); !s.covered.IsZero() && now.Sub(s.covered) < coverEvery {
		return
	}
	s.covered = s.desk.Now()
	Ask(s.desk, &s.cover, func(ctx context.Context) (list []store.Coverage, err error) {
		err = s.client.Read(ctx, func(sn *store.Snapshot) error {
			list, err = sn.Coverage()
			return err
		})
		return list, err
	}, func(list []store.Coverage, err error) {
		if err == nil {
			s.coverOf = list
			s.sayCovered()
			s.changed()
		}
	})
}

// sayCovered says what is looked through, and offers what can be, too.
func (s *Search) sayCovered() { s.Covered, s.Offer = s.coverage()+s.told(), s.offer() }

// coverage says what a search looks through, and what it cannot.
func (s *Search) coverage() string {
	here, text := 0, ""
	for _, c := range s.coverOf {
		here += c.Messages - c.Bodiless
	}
	first, more := "Searched people and subjects of ", ""
	if here > 0 {
		text = "Searched all " + phrase.Messages(here) + " on this computer: people, subjects, texts and attachment names."
		first, more = "Of ", ", only people and subjects"
	}
	for _, c := range s.coverOf {
		a, ok := s.roster.Account(c.Account)
		if c.Bodiless == 0 || !ok {
			continue
		}
		text += " " + first + phrase.Messages(c.Bodiless) + " of " + a.Name + more + ": "
		if a.Settings.Offline.Mode == accounts.OfflineAll {
			text += "their texts are not downloaded yet."
		} else {
			text += "their texts are on its server."
		}
	}
	if text == "" && s.coverOf != nil {
		text = "There is no mail on this computer yet."
	}
	if s.waiting > 0 {
		text += " " + phrase.Things(s.waiting, "message has", "messages have") + " just come and can be found in a moment."
	}
	return strings.TrimSpace(text)
}
