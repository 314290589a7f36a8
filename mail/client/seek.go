package client

import (
	"context"
	"slices"
	"sync"

	"postrider/accounts"
	"postrider/mail"
	"postrider/mail/engine"
	"postrider/mail/query"
	"postrider/mail/store"
)

// Elsewhere is where servers found words.
type Elsewhere = map[query.Text][]mail.PlacementID

// Sought is the answer of servers to a search.
type Sought struct {
	Found   Elsewhere
	Asked   int     // servers
	Errs    []error // of the servers that did not answer
	Unknown int     // messages that servers found and that are not here yet
}

// AskServers asks the servers of IMAP accounts for the words of a query. They know
// the text of messages of which only the header is here: those that have none are
// not asked. A server that does not answer does not keep the others' answers back.
func (c *Client) AskServers(ctx context.Context, text string, in []mail.MailboxID) (sought Sought, err error) {
	expr := query.Parse(text, query.Options{}).Expr
	words := wordsIn(expr, nil)
	if len(words) == 0 { // everything else is known here
		return sought, nil
	}
	tree, err := c.Tree(ctx)
	if err != nil {
		return sought, err
	}
	var covered []store.Coverage
	if err := c.Read(ctx, func(sn *store.Snapshot) (err error) {
		covered, err = sn.Coverage()
		return err
	}); err != nil {
		return sought, err
	}
	sought.Found = Elsewhere{}
	var all sync.WaitGroup
	var mu sync.Mutex
	for account, boxes := range searchable(tree, covered, in, expr) {
		sought.Asked++
		all.Go(func() {
			seen, err := c.sight(ctx, account, words, boxes)
			mu.Lock()
			defer mu.Unlock()
			sought.add(seen, err)
		})
	}
	all.Wait()
	return sought, ctx.Err()
}

func (s *Sought) add(seen engine.Sighted, err error) {
	if err != nil {
		s.Errs = append(s.Errs, err)
	}
	s.Unknown += seen.Unknown
	for text, ids := range seen.Found {
		s.Found[text] = append(s.Found[text], ids...)
	}
}

// SearchWith is Search that knows what servers found.
func (c *Client) SearchWith(ctx context.Context, text string, in []mail.MailboxID, limit int, elsewhere Elsewhere) (Found, error) {
	found, err := c.Search(ctx, text, in, limit)
	if err != nil || len(elsewhere) == 0 {
		return found, err
	}
	tree, err := c.Tree(ctx)
	if err != nil {
		return found, err
	}
	var ids []mail.PlacementID
	for _, r := range found.Rows {
		ids = append(ids, r.ID)
	}
	for _, more := range elsewhere {
		ids = append(ids, more...)
	}
	slices.Sort(ids)
	search := c.searchOf(tree, query.Parse(text, query.Options{}), in, limit)
	search.Elsewhere = elsewhere
	found.Rows, err = c.store.Sift(ctx, search, slices.Compact(ids))
	return found, err
}

// sight asks the server of an account for words.
func (c *Client) sight(ctx context.Context, account mail.AccountID, words []query.Text, boxes []mail.Mailbox) (engine.Sighted, error) {
	s := c.seat(account)
	if err := s.take(ctx); err != nil {
		return engine.Sighted{}, err
	}
	if s.working.cancel == nil {
		defer s.give()
		return s.worker.SearchOnce(ctx, words, boxes)
	}
	s.give()
	return s.worker.Search(ctx, words, boxes)
}

func (c *Client) searchOf(tree *Tree, q query.Query, in []mail.MailboxID, limit int) store.Search {
	return store.Search{
		Expr: q.Expr, Mailboxes: in, Limit: limit, Now: c.Now(),
		Resolve: store.Resolver{Mailbox: tree.ids, Account: tree.Account},
	}
}

// searchable are the folders on servers, by account, in which there may be words
// that are not here.
func searchable(tree *Tree, covered []store.Coverage, in []mail.MailboxID, expr query.Expr) map[mail.AccountID][]mail.Mailbox {
	all, ok := expr.(query.And)
	if !ok {
		all = query.And{expr}
	}
	boxes := map[mail.AccountID][]mail.Mailbox{}
	for _, m := range tree.Mailboxes {
		wanted := m.Origin == mail.Remote && !m.NoSelect && m.Total > 0 && (in == nil || slices.Contains(in, m.ID))
		if wanted && tree.lacksText(m.Account, covered) && tree.within(m, all) {
			boxes[m.Account] = append(boxes[m.Account], m)
		}
	}
	return boxes
}

// lacksText reports whether texts of an account's mail are not here, and there is
// a server to ask.
func (t *Tree) lacksText(id mail.AccountID, covered []store.Coverage) bool {
	return slices.ContainsFunc(t.Accounts, func(m Member) bool { return m.ID == id && !m.Removed && m.Protocol == accounts.IMAP }) &&
		slices.ContainsFunc(covered, func(c store.Coverage) bool { return c.Account == id && c.Bodiless > 0 })
}

// within reports whether a folder is where all of the parts of a query look.
func (t *Tree) within(m mail.Mailbox, all query.And) bool {
	for _, e := range all {
		switch e := e.(type) {
		case query.In:
			if !slices.Contains(t.ids(e.Mailbox), m.ID) {
				return false
			}
		case query.InAccount:
			if !slices.Contains(t.Account(e.Account), m.Account) {
				return false
			}
		}
	}
	return true
}

// wordsIn adds all words of a query to a list, also those that must not be.
func wordsIn(e query.Expr, list []query.Text) []query.Text {
	var parts []query.Expr
	switch e := e.(type) {
	case query.Text:
		if !slices.Contains(list, e) {
			list = append(list, e)
		}
	case query.And:
		parts = e
	case query.Or:
		parts = e
	case query.Not:
		parts = []query.Expr{e.Expr}
	}
	for _, p := range parts {
		list = wordsIn(p, list)
	}
	return list
}
