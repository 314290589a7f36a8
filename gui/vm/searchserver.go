package vm

import (
	"context"
	"errors"

	"postrider/accounts"
	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/phrase"
	"postrider/mail/query"
)

// sought is what servers told of a query.
type sought struct {
	client.Sought
	query string
}

// AskServers asks the servers that know more of their mail than is here, and looks
// once more with what they tell. What the person types meanwhile calls it off.
func (s *Search) AskServers() {
	text := s.Query()
	s.Asking, s.Offer, s.asked = true, "", text
	Ask(s.desk, &s.servers, func(ctx context.Context) (client.Sought, error) {
		return s.client.AskServers(ctx, text, nil)
	}, func(told client.Sought, err error) {
		s.Asking = false
		if err != nil {
			told.Errs = append(told.Errs, err)
		}
		s.sought = &sought{told, text}
		s.ask(s.limit)
	})
	s.changed()
}

// forgetServers drops what servers told, or what they are being asked.
func (s *Search) forgetServers() {
	s.servers.Drop()
	s.sought, s.Asking, s.Offer = nil, false, ""
}

// soughtFor returns what servers told of a query; of another one it is forgotten.
func (s *Search) soughtFor(text string) *sought {
	if s.sought != nil && s.sought.query == text {
		return s.sought
	}
	if s.asked != text {
		s.forgetServers()
	}
	return nil
}

// offer is the words for asking servers; "" where that would find no more.
func (s *Search) offer() string {
	if s.Asking || s.sought != nil || !hasWords(query.Parse(s.Query(), query.Options{}).Expr) {
		return ""
	}
	servers := 0
	for _, c := range s.coverOf {
		if a, ok := s.roster.Account(c.Account); ok && c.Bodiless > 0 && a.Settings.Protocol == accounts.IMAP {
			servers++
		}
	}
	switch servers {
	case 0:
		return ""
	case 1:
		return "Search that server too"
	}
	return "Search those servers too"
}

// hasWords reports whether a query asks for words.
func hasWords(e query.Expr) bool {
	parts := query.And{}
	switch e := e.(type) {
	case query.Text:
		return true
	case query.Not:
		return hasWords(e.Expr)
	case query.And:
		parts = e
	case query.Or:
		parts = query.And(e)
	}
	for _, p := range parts {
		if hasWords(p) {
			return true
		}
	}
	return false
}

// told says what came of asking servers.
func (s *Search) told() (text string) {
	if s.sought == nil {
		return ""
	}
	if s.sought.Asked > len(s.sought.Errs) {
		text = " The servers' answers are among these."
	}
	if n := s.sought.Unknown; n > 0 {
		text += " " + phrase.Things(n, "message", "messages") + " that a server found are not in the list of its folder yet."
	}
	for _, err := range s.sought.Errs {
		why, _ := Explain(err)
		text += " " + s.serverOf(err) + " did not answer: " + why
	}
	return text
}

// serverOf names the server that an error is of.
func (s *Search) serverOf(err error) string {
	var e *mail.Error
	if errors.As(err, &e) {
		if a, ok := s.roster.Account(e.Account); ok {
			return "The server of " + a.Name
		}
	}
	return "A server"
}
