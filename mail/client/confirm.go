package client

import (
	"context"
	"io"
	"strings"
	"sync"

	"postrider/mail"
	"postrider/mail/message"
)

// confirmers are the servers that are known to check who sends, by account.
type confirmers struct {
	mu    sync.Mutex
	known map[mail.AccountID]string // the domain of the name that they sign with
}

// Confirms reports whether the account's own server found a message to be from
// whom it says it is from. Anybody may write such a finding into a message, so it
// counts only where the server does so with nearly all that it takes in: then the
// topmost finding is its own.
func (c *Client) Confirms(ctx context.Context, account mail.AccountID, h *message.Header) (bool, error) {
	if len(h.From) != 1 || !h.Checked.Confirms(h.From[0].Addr) {
		return false, nil
	}
	server, ok, err := c.confirmer(ctx, account)
	return ok && server == signer(h.Checked.Server), err
}

// confirmer tells by what name an account's server writes what it found; ok is
// false where it writes nothing, or too little mail is here to tell.
func (c *Client) confirmer(ctx context.Context, account mail.AccountID) (server string, ok bool, err error) {
	c.confirmers.mu.Lock()
	defer c.confirmers.mu.Unlock()
	if server, ok = c.confirmers.known[account]; ok {
		return server, true, nil
	}
	server, ok, err = c.learnConfirmer(ctx, account)
	if ok {
		if c.confirmers.known == nil {
			c.confirmers.known = map[mail.AccountID]string{}
		}
		c.confirmers.known[account] = server
	}
	return server, ok, err
}

// How much mail is looked at, and from how many domains it is to be at least: what
// one stranger sends is no habit of the server.
const (
	confirmedBy   = 40 // messages
	confirmedFrom = 3  // domains
	headerEnough  = 64 << 10
)

func (c *Client) learnConfirmer(ctx context.Context, account mail.AccountID) (string, bool, error) {
	tree, err := c.Tree(ctx)
	if err != nil {
		return "", false, err
	}
	inbox, _ := tree.Role(account, mail.RoleInbox)
	rows, err := c.List(ctx, Page{Mailboxes: []mail.MailboxID{inbox.ID}, Limit: confirmedBy})
	if err != nil || inbox.ID == 0 {
		return "", false, err
	}
	h := habit{domains: map[string]map[string]bool{}, messages: map[string]int{}}
	for _, row := range rows {
		if !row.Here {
			continue
		}
		head, err := c.headOf(ctx, row.Message)
		if err != nil {
			continue // one that cannot be read tells nothing
		}
		h.note(row.FromAddr, head.Checked)
	}
	server, ok := h.server()
	return server, ok, nil
}

// headOf reads the header of a message.
func (c *Client) headOf(ctx context.Context, id mail.MessageID) (*message.Header, error) {
	r, err := c.Raw(ctx, id)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, headerEnough))
	if err != nil {
		return nil, mail.Wrap(mail.KindDisk, "read the message", err)
	}
	return &message.ParseHeader(data).Header, nil
}

// habit is what was found in the mail that came last.
type habit struct {
	total    int
	messages map[string]int             // by signer
	domains  map[string]map[string]bool // the senders', by signer
}

func (h *habit) note(from string, c *message.Checked) {
	h.total++
	if c == nil {
		return
	}
	server := signer(c.Server)
	h.messages[server]++
	if h.domains[server] == nil {
		h.domains[server] = map[string]bool{}
	}
	h.domains[server][signer(from)] = true
}

// server is whoever signed four of five messages.
func (h *habit) server() (string, bool) {
	for server, n := range h.messages {
		if 5*n >= 4*h.total && len(h.domains[server]) >= confirmedFrom {
			return server, true
		}
	}
	return "", false
}

// signer is what the hosts of one provider have in common: the last two labels of
// their names.
func signer(name string) string {
	labels := strings.Split(strings.ToLower(name[strings.LastIndexByte(name, '@')+1:]), ".")
	return strings.Join(labels[max(0, len(labels)-2):], ".")
}
