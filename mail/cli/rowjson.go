package cli

import (
	"time"

	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/message"
)

// rowJSON is a message in lists and searches.
type rowJSON struct {
	ID          mail.PlacementID `json:"id"`
	Account     string           `json:"account"`
	Mailbox     string           `json:"mailbox"`
	From        string           `json:"from"`
	To          string           `json:"to"`
	Subject     string           `json:"subject"`
	Date        string           `json:"date"`
	Size        int64            `json:"size"`
	Flags       []string         `json:"flags"`
	Tags        []string         `json:"tags"`
	Attachments int              `json:"attachments"`
	MessageID   string           `json:"message_id"`
	UID         *mail.UID        `json:"uid"`
	UIDL        *mail.UIDL       `json:"uidl"`
	Snippet     string           `json:"snippet"`
	Body        string           `json:"body"`
	Thread      int64            `json:"thread"`
}

func (a *app) rowJSON(r client.Row) rowJSON {
	j := rowJSON{
		ID: r.ID, Account: a.nameOf(r.Account), Mailbox: r.Path, From: fromOf(r), To: r.To, Subject: r.Subject, Date: stamp(r.Date),
		Size: r.Size, Flags: r.Flags.SystemNames(), Tags: append([]string{}, r.Flags.Words()...), Attachments: r.Attachments,
		MessageID: r.MessageID, Snippet: r.Snippet, Body: "server", Thread: r.Thread,
	}
	if r.UID != 0 {
		j.UID = &r.UID
	}
	if r.UIDL != "" {
		j.UIDL = &r.UIDL
	}
	if r.Here {
		j.Body = "here"
	}
	return j
}

func fromOf(r client.Row) string {
	return message.Address{Name: r.FromName, Addr: r.FromAddr}.String()
}

// stamp is a moment in JSON; the zero time is "".
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// moment is a moment in JSON that may be null.
func moment(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	s := stamp(t)
	return &s
}
