package imap

import "context"

// Survey looks at what the account has without telling a mirror: the number of
// mailboxes that hold messages, and of messages where the server says it with
// the list, else -1. For trying an account before it is kept.
func (d *Driver) Survey(ctx context.Context) (mailboxes, messages int, err error) {
	list, err := d.folders(ctx)
	for _, f := range list {
		if f.NoSelect {
			continue
		}
		mailboxes++
		switch {
		case f.status == nil || f.status.NumMessages == nil:
			messages = -1
		case messages >= 0:
			messages += int(*f.status.NumMessages)
		}
	}
	return mailboxes, messages, err
}
