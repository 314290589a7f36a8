package imap

import (
	"context"
	"strings"

	"github.com/emersion/go-imap/v2"

	"postrider/mail/store"
)

// filed looks whether a message that was sent lies in the Sent folder already:
// put there by the server, in bytes of its own, or by an earlier try of ours.
func (d *Driver) filed(ctx context.Context, name string, item store.Item) (there bool, err error) {
	if err := d.reselect(ctx, name); err != nil {
		return false, err
	}
	criteria := &imap.SearchCriteria{Header: []imap.SearchCriteriaHeaderField{{Key: "Message-ID", Value: "<" + item.MessageID + ">"}}}
	err = d.bound(ctx, "look for the sent message", func() error {
		data, err := d.client.UIDSearch(criteria, nil).Wait()
		there = err == nil && len(data.AllUIDs()) > 0
		return err
	})
	return there, err
}

// filingTries is how often, a minute apart, a provider that files what it sends
// is looked at before we do it.
const filingTries = 5

// filers are the outgoing servers that put what they send into the Sent folder,
// as their own web mail does; some take a while, and a second copy of ours would
// be there for good.
var filers = []string{
	"smtp.gmail.com", "smtp.googlemail.com", "smtp.office365.com", "smtp-mail.outlook.com", "smtp.mail.me.com",
	"smtp.zoho.com", "smtp.zoho.eu", "smtp.zoho.in", "smtppro.zoho.com", "smtppro.zoho.eu", "smtppro.zoho.in",
}

func (d *Driver) filesByItself() bool {
	out := d.cfg.Account.Outgoing
	if out == nil {
		return false
	}
	for _, host := range filers {
		if strings.EqualFold(out.Host, host) {
			return true
		}
	}
	return false
}
