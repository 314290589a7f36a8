package vm

import (
	"context"
	"strings"

	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/query"
)

// Marks are where the words of a search stand in a row of the list.
type Marks struct {
	Who     []query.Span // in the sender's name, or the address where there is none
	Subject []query.Span
	Text    string // the passage in which they stand; "": the snippet does
	Passage []query.Span
}

// passageWidth is more than a line of the list shows, in characters.
const passageWidth = 180

// maxPassage is how large a message may be to be read for a line of a list.
const maxPassage = 2 << 20

// Marks returns the marks of a found message. Until its passage is there, the
// row's snippet is marked.
func (s *Search) Marks(row client.Row) Marks {
	if m, ok := s.marks[row.ID]; ok {
		return m
	}
	m := s.rowMarks(row)
	m.Text = row.Snippet
	m.Passage = query.Hits(row.Snippet, query.Among(s.words, query.Body))
	return m
}

func (s *Search) rowMarks(row client.Row) Marks {
	who := row.FromName
	if who == "" {
		who = row.FromAddr
	}
	return Marks{
		Who:     query.Hits(who, query.Among(s.words, query.From)),
		Subject: query.Hits(row.Subject, query.Among(s.words, query.Subject)),
	}
}

// Want says which rows are shown: their passages are read, and Marked tells.
func (s *Search) Want(rows []client.Row) {
	if len(s.words) == 0 || s.marking.Busy() {
		return
	}
	var missing []client.Row
	for _, r := range rows {
		if _, known := s.marks[r.ID]; !known {
			missing = append(missing, r)
		}
	}
	if len(missing) == 0 {
		return
	}
	words := s.words
	Ask(s.desk, &s.marking, func(ctx context.Context) (map[mail.PlacementID]query.Passage, error) {
		return passages(ctx, s.client, missing, words)
	}, func(found map[mail.PlacementID]query.Passage, err error) {
		if err != nil {
			return // the snippets stay
		}
		var ids []mail.PlacementID
		for _, r := range missing {
			m := s.rowMarks(r)
			if p := found[r.ID]; p.Text != "" {
				m.Text, m.Passage = p.Text, p.Hits
			} else {
				m.Text, m.Passage = r.Snippet, query.Hits(r.Snippet, query.Among(words, query.Body))
			}
			s.marks[r.ID] = m
			ids = append(ids, r.ID)
		}
		if s.Marked != nil {
			s.Marked(ids)
		}
	})
}

// passages reads the passages of messages that are on this computer.
func passages(ctx context.Context, c *client.Client, rows []client.Row, words []query.Text) (map[mail.PlacementID]query.Passage, error) {
	found := map[mail.PlacementID]query.Passage{}
	for _, r := range rows {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if !r.Here || r.Size > maxPassage {
			continue
		}
		m, err := c.Message(ctx, r.Message)
		if err != nil {
			continue // the row keeps its snippet
		}
		p := query.PassageOf(m.Text(), query.Among(words, query.Body), passageWidth)
		if p.Text == "" {
			var names []string
			for _, a := range m.Attachments() {
				names = append(names, a.SaveName())
			}
			p = query.PassageOf(strings.Join(names, ", "), query.Among(words, query.Filename), passageWidth)
		}
		found[r.ID] = p
	}
	return found, nil
}
