package client

import (
	"context"
	"slices"
	"sync"

	"postrider/mail"
	"postrider/mail/engine"
	"postrider/mail/query"
	"postrider/mail/store"
)

// Sought is the answer of servers to a search, together with what is here.
type Sought struct {
	Found
	Asked   int     // servers
	Errs    []error // of the servers that did not answer
	Unknown int     // messages that servers found and that are not here yet
}

// SearchServers is Search that also asks the servers of IMAP accounts for the
// words: they know the text of messages of which only the header is here. A
// server that does not answer does not keep the others' answers back.
func (c *Client) SearchServers(ctx context.Context, text string, in []mail.MailboxID, limit int) (sought Sought, err error) {
	q := query.Parse(text, query.Options{})
	tree, err := c.Tree(ctx)
	if err != nil {
		return sought, err
	}
	search := c.searchOf(tree, q, in, limit)
	if sought.Found.Found, err = c.store.Search(ctx, search); err != nil {
		return sought, err
	}
	sought.Notes = q.Notes
	words := wordsIn(q.Expr, nil)
	if len(words) == 0 { // everything else is known here
		return sought, nil
	}
	search.Elsewhere = map[query.Text][]mail.PlacementID{}
	var all sync.WaitGroup
	var mu sync.Mutex
	asked := searchable(tree, search)
	for account, boxes := range asked {
		all.Go(func() {
			seen, err := c.sight(ctx, account, words, boxes)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				sought.Errs = append(sought.Errs, err)
			}
			sought.add(search.Elsewhere, seen)
		})
	}
	all.Wait()
	sought.Asked = len(asked)
	if ctx.Err() != nil {
		return sought, ctx.Err()
	}
	var ids []mail.PlacementID
	for _, r := range sought.Rows {
		ids = append(ids, r.ID)
	}
	for _, found := range search.Elsewhere {
		ids = append(ids, found...)
	}
	slices.Sort(ids)
	sought.Rows, err = c.store.Sift(ctx, search, slices.Compact(ids))
	return sought, err
}

func (s *Sought) add(elsewhere map[query.Text][]mail.PlacementID, seen engine.Sighted) {
	s.Unknown += seen.Unknown
	for text, ids := range seen.Found {
		elsewhere[text] = append(elsewhere[text], ids...)
	}
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

// searchable are the folders on servers in which a search can find something, by
// account.
func searchable(tree *Tree, s store.Search) map[mail.AccountID][]mail.Mailbox {
	all, ok := s.Expr.(query.And)
	if !ok {
		all = query.And{s.Expr}
	}
	boxes := map[mail.AccountID][]mail.Mailbox{}
	for _, m := range tree.Mailboxes {
		if tree.removed(m.Account) {
			continue
		}
		if m.Origin == mail.Remote && !m.NoSelect && m.Total > 0 && (s.Mailboxes == nil || slices.Contains(s.Mailboxes, m.ID)) && within(m, all, s.Resolve) {
			boxes[m.Account] = append(boxes[m.Account], m)
		}
	}
	return boxes
}

func (t *Tree) removed(id mail.AccountID) bool {
	return slices.ContainsFunc(t.Accounts, func(m Member) bool { return m.ID == id && m.Removed })
}

// within reports whether a folder is where all of the parts of a query look.
func within(m mail.Mailbox, all query.And, find store.Resolver) bool {
	for _, e := range all {
		switch e := e.(type) {
		case query.In:
			if !slices.Contains(find.Mailbox(e.Mailbox), m.ID) {
				return false
			}
		case query.InAccount:
			if !slices.Contains(find.Account(e.Account), m.Account) {
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
