package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"time"

	"postrider/mail"
	"postrider/mail/query"
)

// Search asks for messages by a query, newest first.
type Search struct {
	Expr      query.Expr
	Mailboxes []mail.MailboxID // nil: all
	Limit     int
	Now       time.Time // for dates counted back, in the person's time zone
	Resolve   Resolver

	// Elsewhere are the placements that a server found words in, for Sift.
	Elsewhere map[query.Text][]mail.PlacementID
}

// Resolver finds what a person's words for a mailbox or an account mean; none
// found is an empty list.
type Resolver struct {
	Mailbox func(name string) []mail.MailboxID
	Account func(name string) []mail.AccountID
}

// Found is the answer to a search.
type Found struct {
	Rows    []Row
	Waiting int // messages here whose words are not in the index yet
}

// searchSteps is how many candidates of the index are looked at at a time,
// growing: the newest matches of a common word come from the first few, and a
// rare state of a common word does not cost a thousand queries.
var searchSteps = []int{200, 1000, 5000, 20000, 100000}

// Search runs a query. Its rows are of one snapshot.
func (s *Store) Search(ctx context.Context, q Search) (found Found, err error) {
	index, err := s.indexReader()
	if err != nil {
		return found, err
	}
	err = s.Read(ctx, func(sn *Snapshot) error {
		r := &searching{s: s, ctx: ctx, sn: sn, index: index, q: q, seen: map[seenKey]int{}}
		if err := r.run(); err != nil {
			return err
		}
		found.Rows = r.rows
		_, err := sn.get([]any{&found.Waiting}, `SELECT count(*) FROM unindexed`)
		return err
	})
	return found, err
}

// Sift returns those of the placements that match a query, by what is here and
// by what was found elsewhere, newest first.
func (s *Store) Sift(ctx context.Context, q Search, ids []mail.PlacementID) (rows []Row, err error) {
	index, err := s.indexReader()
	if err != nil {
		return nil, err
	}
	err = s.Read(ctx, func(sn *Snapshot) error {
		r := &searching{s: s, ctx: ctx, sn: sn, index: index, q: q, seen: map[seenKey]int{}}
		where, args, err := r.where(q.Expr)
		if err != nil {
			return err
		}
		text, err := json.Marshal(ids)
		if err != nil {
			return err
		}
		err = r.collect(`SELECT `+rowColumns+` FROM json_each(?) c JOIN placement p ON p.id = c.value
			JOIN message g ON g.id = p.message JOIN mailbox b ON b.id = p.mailbox JOIN account a ON a.id = p.account
			WHERE `+where+` ORDER BY p.date DESC, p.id DESC`, append([]any{string(text)}, args...))
		rows = r.rows
		return err
	})
	return rows, err
}

// indexReader opens the index for reading, once.
func (s *Store) indexReader() (*sql.DB, error) {
	s.indexOnce.Do(func() {
		s.indexDB, s.indexErr = sql.Open("sqlite3", indexDSN(s.path("index.db"), "ro"))
		if s.indexErr == nil {
			s.indexDB.SetMaxOpenConns(4)
			s.indexDB.SetMaxIdleConns(4)
			version, err := pragmaInt(context.Background(), s.indexDB, "user_version")
			s.indexNew = err == nil && version >= wordsOnly && version <= indexVersion
		}
	})
	return s.indexDB, diskError(s.indexErr, s.dir)
}

// knowsBeginnings reports whether the index has them: beside another process
// there may be one of an older version.
func (s *Store) knowsBeginnings() bool { return s.index != nil || s.indexNew }

// seenKey: a message is found once in an account, wherever it has copies.
type seenKey struct {
	account mail.AccountID
	message mail.MessageID
}

type searching struct {
	s     *Store
	ctx   context.Context
	sn    *Snapshot
	index *sql.DB
	q     Search
	rows  []Row
	seen  map[seenKey]int // where in rows

	from, before int64 // rows of the index to look at
}

func (r *searching) run() error {
	positive, negative, rest := parts(r.q.Expr)
	short, long := r.shortest(positive)
	if len(long) == 0 {
		rest = append(rest, negative...) // the index has nothing to take them from
	}
	where, args, err := r.where(rest)
	if err != nil {
		return err
	}
	set, err := r.narrowest(short)
	if err != nil {
		return err
	}
	r.from, r.before = r.dates(rest)
	boxes, cond := r.lanes(rest)
	everywhere := boxes == nil && cond == ""
	c := combing{set: set, boxes: boxes, cond: cond, where: where, args: args}
	if len(long) > 0 {
		c.match = matchOf(long, negative)
	}
	switch {
	case c.match != "" && everywhere:
		_, err = r.walk(c.match, set, len(searchSteps), where, args)
		return err
	case c.match != "":
		return r.walkNarrowly(c)
	case set == nil && everywhere:
		return r.scan(where, args)
	}
	return r.comb(c)
}

// dates are the rows of the index that the dates of a query leave: between
// them is where the walk has to look.
func (r *searching) dates(rest query.And) (from, before int64) {
	from, before = 0, int64(1<<63-1)
	for _, e := range rest {
		d, ok := e.(query.Dated)
		if !ok {
			continue
		}
		first, end := d.When.Range(r.q.Now)
		if d.Side != query.Before {
			from = max(from, indexRow(0, first.Unix()))
		}
		switch d.Side {
		case query.Before:
			before = min(before, indexRow(0, first.Unix()))
		case query.On:
			before = min(before, indexRow(0, end.Unix()))
		}
	}
	return from, before
}

// walk goes along the index from the newest match and filters by the rest; as
// far as it takes, or for some steps. ended says that there is no more.
func (r *searching) walk(match string, set *messageSet, steps int, where string, args []any) (ended bool, err error) {
	for step := 0; len(r.rows) < r.q.Limit && (step < steps || steps == len(searchSteps)); step++ {
		n := searchSteps[min(step, len(searchSteps)-1)]
		ids, last, err := r.candidates(match, r.before, n)
		if err != nil {
			return false, err
		}
		more := len(ids) == n
		if set != nil {
			ids = slices.DeleteFunc(ids, func(id mail.MessageID) bool { return !set.has(id) })
		}
		if err := r.keep(ids, where, args); err != nil {
			return false, err
		}
		if !more {
			ended = true
			break
		}
		r.before = last
	}
	r.rows = r.rows[:min(len(r.rows), r.q.Limit)]
	return ended, nil
}

// candidates are the next matches of the index; as text in one row, for a
// hundred thousand rows take a second on their way out of SQLite.
func (r *searching) candidates(match string, before int64, n int) (ids []mail.MessageID, last int64, err error) {
	var text string
	err = r.index.QueryRowContext(r.ctx, `SELECT coalesce(group_concat(rowid, ' '), '') FROM (SELECT rowid FROM words
		WHERE words MATCH ? AND rowid < ? AND rowid >= ? ORDER BY rowid DESC LIMIT ?)`, match, before, r.from, n).Scan(&text)
	if err != nil {
		return nil, 0, indexError(err)
	}
	rows := numbers[int64](nil, text)
	ids = make([]mail.MessageID, len(rows))
	for i, at := range rows {
		ids[i], last = messageOf(at), at
	}
	return ids, last, nil
}

// indexError says of a damaged index that it is not the mail that is damaged.
func indexError(err error) error {
	if !unreadable(err) {
		return err
	}
	return &mail.Error{
		Op: "search", Kind: mail.KindDisk, Err: err, Detail: err.Error(),
		Message: "the index of words is damaged; `postrider check --repair` has it made anew",
	}
}

// keep adds the placements of candidates that pass the filter.
func (r *searching) keep(ids []mail.MessageID, where string, args []any) error {
	if len(ids) == 0 {
		return nil
	}
	text, err := json.Marshal(ids)
	if err != nil {
		return err
	}
	return r.collect(`SELECT `+rowColumns+` FROM json_each(?) c JOIN placement p ON p.message = c.value
		JOIN message g ON g.id = p.message JOIN mailbox b ON b.id = p.mailbox JOIN account a ON a.id = p.account
		WHERE `+where+` ORDER BY p.date DESC, p.id DESC`, append([]any{string(text)}, args...))
}

// scan answers a query without words from the dates, newest first.
func (r *searching) scan(where string, args []any) error {
	return r.collect(`SELECT `+rowColumns+` FROM placement p INDEXED BY placement_date JOIN message g ON g.id = p.message
		JOIN mailbox b ON b.id = p.mailbox JOIN account a ON a.id = p.account
		WHERE p.mailbox IS NOT NULL AND `+where+` ORDER BY p.date DESC, p.id DESC`, args)
}

func (r *searching) collect(query string, args []any) error {
	rows, err := r.sn.tx.QueryContext(r.ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() && len(r.rows) < r.q.Limit {
		found, err := scanRow(rows.Scan)
		if err != nil {
			return err
		}
		r.add(found)
	}
	return rows.Err()
}

// add keeps one row a message and account.
func (r *searching) add(found Row) {
	k := seenKey{found.Account, found.Message}
	if _, twice := r.seen[k]; twice {
		return
	}
	r.seen[k] = len(r.rows)
	r.rows = append(r.rows, found)
}

// parts takes a query apart into what its matches must have in words, what they
// must not have, and the rest, which filters.
func parts(e query.Expr) (positive, negative []query.Expr, rest query.And) {
	all, ok := e.(query.And)
	if !ok {
		all = query.And{e}
	}
	for _, p := range all {
		switch {
		case positiveWords(p):
			positive = append(positive, p)
		case negativeWords(p):
			negative = append(negative, p)
		default:
			rest = append(rest, p)
		}
	}
	return positive, negative, rest
}

func positiveWords(e query.Expr) bool {
	switch e := e.(type) {
	case query.Text:
		return true
	case query.And:
		return len(e) > 0 && !slices.ContainsFunc(e, func(p query.Expr) bool { return !positiveWords(p) })
	case query.Or:
		return len(e) > 0 && !slices.ContainsFunc(e, func(p query.Expr) bool { return !positiveWords(p) })
	}
	return false
}

func negativeWords(e query.Expr) bool {
	n, ok := e.(query.Not)
	return ok && positiveWords(n.Expr)
}
