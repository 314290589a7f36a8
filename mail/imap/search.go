package imap

import (
	"context"

	"github.com/emersion/go-imap/v2"

	"postrider/mail"
	"postrider/mail/query"
)

// Search implements engine.Searcher with SEARCH (RFC 9051 6.4.4): servers look
// for a run of characters, or for words, as they are built. Names of files are
// looked for in the whole message.
func (d *Driver) Search(ctx context.Context, box mail.Mailbox, validity mail.UIDValidity, words query.Text) ([]mail.UIDRange, error) {
	const op = "search on the server"
	if err := d.sel(ctx, box.Remote); err != nil {
		return nil, err
	}
	if d.open.validity != validity {
		return nil, mail.Errorf(mail.KindBusy, op, "the server has numbered this folder anew; sync first")
	}
	return d.uidSearch(ctx, op, criteriaOf(words))
}

func criteriaOf(t query.Text) *imap.SearchCriteria {
	header := map[query.Field]string{query.From: "From", query.To: "To", query.Cc: "Cc", query.Subject: "Subject"}
	switch t.Field {
	case query.Body:
		return &imap.SearchCriteria{Body: []string{t.Value}}
	case query.Anywhere, query.Filename:
		return &imap.SearchCriteria{Text: []string{t.Value}}
	}
	return &imap.SearchCriteria{Header: []imap.SearchCriteriaHeaderField{{Key: header[t.Field], Value: t.Value}}}
}

// uidSearch asks for UIDs, in short form where the server has it (RFC 4731).
func (d *Driver) uidSearch(ctx context.Context, op string, criteria *imap.SearchCriteria) (found []mail.UIDRange, err error) {
	err = d.bound(ctx, op, func() error {
		opts := &imap.SearchOptions{ReturnAll: d.has("ESEARCH")}
		if !opts.ReturnAll {
			opts = nil
		}
		data, err := d.client.UIDSearch(criteria, opts).Wait()
		if err != nil {
			return err
		}
		set, _ := data.All.(imap.UIDSet)
		for _, r := range set {
			found = append(found, mail.UIDRange{First: mail.UID(min(r.Start, r.Stop)), Last: mail.UID(max(r.Start, r.Stop))})
		}
		return nil
	})
	if found == nil {
		found = []mail.UIDRange{}
	}
	return normal(found), err
}
