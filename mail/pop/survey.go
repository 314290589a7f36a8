package pop

import "context"

// Survey looks at what the maildrop has without telling a mirror: one mailbox,
// and the number of its messages. For trying an account before it is kept.
func (d *Driver) Survey(ctx context.Context) (mailboxes, messages int, err error) {
	if err := d.open(ctx); err != nil {
		return 0, 0, err
	}
	messages, _, err = d.client.Stat(ctx)
	return 1, messages, err
}
