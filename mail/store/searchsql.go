package store

import (
	"encoding/json"
	"strings"

	"postrider/mail"
	"postrider/mail/query"
)

// matchOf writes an FTS5 query: all of positive, none of negative. Every word
// of a person's is in quotes: nothing they type is FTS5's own syntax.
func matchOf(positive, negative []query.Expr) string {
	var b strings.Builder
	for i, e := range positive {
		if i > 0 {
			b.WriteString(" AND ")
		}
		b.WriteString(matchExpr(e))
	}
	text := b.String()
	for _, e := range negative {
		text = "(" + text + ") NOT " + matchExpr(e.(query.Not).Expr)
	}
	return text
}

func matchExpr(e query.Expr) string {
	switch e := e.(type) {
	case query.Text:
		return matchText(e)
	case query.And:
		return matchJoin(e, " AND ")
	case query.Or:
		return matchJoin(e, " OR ")
	}
	return `""`
}

func matchJoin(parts []query.Expr, with string) string {
	texts := make([]string, len(parts))
	for i, p := range parts {
		texts[i] = matchExpr(p)
	}
	return "(" + strings.Join(texts, with) + ")"
}

var matchColumn = map[query.Field]string{
	query.From: "sender", query.To: "recipient", query.Cc: "cc", query.Subject: "subject", query.Body: "body", query.Filename: "filename",
}

func matchText(t query.Text) string {
	// FTS5 reads its queries as C strings, quotes or not.
	phrase := `"` + strings.NewReplacer(`"`, `""`, "\x00", " ").Replace(query.Segment(t.Value)) + `"`
	if t.Prefix {
		phrase += " *"
	}
	if col, ok := matchColumn[t.Field]; ok {
		return "({" + col + "} : " + phrase + ")"
	}
	return "(" + phrase + ")"
}

// where turns the rest of a query into an SQL condition on p and g.
func (r *searching) where(e query.Expr) (string, []any, error) {
	w := &whereBuilder{r: r}
	text := w.expr(e)
	if r.q.Mailboxes != nil {
		text += " AND " + w.in("p.mailbox", r.q.Mailboxes)
	}
	return text, w.args, w.err
}

type whereBuilder struct {
	r    *searching
	args []any
	err  error
}

func (w *whereBuilder) arg(v any) string {
	w.args = append(w.args, v)
	return "?"
}

func (w *whereBuilder) in(column string, list any) string {
	text, err := json.Marshal(list)
	if err != nil {
		w.err = err
	}
	if string(text) == "null" { // of an empty list: IN (NULL) is neither true nor false, and NOT of it neither
		text = []byte("[]")
	}
	return column + " IN (SELECT value FROM json_each(" + w.arg(string(text)) + "))"
}

func (w *whereBuilder) join(parts []query.Expr, with, none string) string {
	if len(parts) == 0 {
		return none
	}
	texts := make([]string, len(parts))
	for i, p := range parts {
		texts[i] = w.expr(p)
	}
	return "(" + strings.Join(texts, with) + ")"
}

func (w *whereBuilder) expr(e query.Expr) string {
	switch e := e.(type) {
	case query.And:
		return w.join(e, " AND ", "1")
	case query.Or:
		return w.join(e, " OR ", "0")
	case query.Not:
		return "NOT " + w.expr(e.Expr)
	case query.Text:
		return w.text(e)
	case query.Is:
		return stateSQL[e.State]
	case query.Has:
		return "(g.attachments > 0)"
	case query.Dated:
		return w.dated(e)
	case query.Sized:
		if e.Larger {
			return "(g.size > " + w.arg(e.Bytes) + ")"
		}
		return "(g.size < " + w.arg(e.Bytes) + ")"
	case query.Tagged:
		return "(' ' || lower(p.keywords) || ' ' LIKE " + w.arg("% "+strings.TrimSuffix(likePrefix(strings.ToLower(e.Tag)), "%")+" %") + ` ESCAPE '\')`
	case query.In:
		return "(" + w.in("p.mailbox", w.r.q.Resolve.Mailbox(e.Mailbox)) + ")"
	case query.InAccount:
		return "(" + w.in("a.key", w.r.q.Resolve.Account(e.Account)) + ")"
	}
	return "1"
}

var stateSQL = map[query.State]string{
	query.Unread: "(p.flags & 1 = 0)", query.Read: "(p.flags & 1 <> 0)", query.Flagged: "(p.flags & 2 <> 0)",
	query.Answered: "(p.flags & 4 <> 0)", query.Draft: "(p.flags & 8 <> 0)", query.Forwarded: "(p.flags & 32 <> 0)",
	query.AnyTag: "(p.keywords <> '')",
}

func (w *whereBuilder) dated(d query.Dated) string {
	from, until := d.When.Range(w.r.q.Now)
	switch d.Side {
	case query.After:
		return "(p.date >= " + w.arg(from.Unix()) + ")"
	case query.Before:
		return "(p.date < " + w.arg(from.Unix()) + ")"
	}
	return "(p.date >= " + w.arg(from.Unix()) + " AND p.date < " + w.arg(until.Unix()) + ")"
}

// text is for words that stand where the index cannot be walked along, as in
// "is:starred OR engine": all messages that have them.
func (w *whereBuilder) text(t query.Text) string {
	var ids []mail.MessageID
	rows, err := w.r.index.QueryContext(w.r.ctx, `SELECT rowid FROM words WHERE words MATCH ?`, matchText(t))
	if err == nil {
		err = eachRow(rows, func(scan row) error {
			var at int64
			err := scan(&at)
			ids = append(ids, messageOf(at))
			return err
		})
	}
	if err != nil {
		w.err = indexError(err)
	}
	here := w.in("g.id", ids)
	if found := w.r.q.Elsewhere[t]; len(found) > 0 {
		return "(" + here + " OR " + w.in("p.id", found) + ")"
	}
	return here
}
