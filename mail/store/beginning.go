package store

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"strings"

	"postrider/mail"
	"postrider/mail/query"
)

// Beginnings are how a search finds what somebody has typed one to three letters
// of. FTS5 would gather every hit of every word that begins so before it tells
// the first: half a second for a letter and a million messages. Here each
// beginning has a set of the messages with such a word, in blocks of message
// ids; a search goes along the messages, newest first, and looks into the sets.
//
// They are written in the transaction that writes the words. New messages wait
// in the table begun, with their beginnings as text, until there are enough to
// be worth rewriting blocks for.
const beginningSchema = `
CREATE TABLE beginning (
	block    INTEGER NOT NULL,  -- message id >> 12
	word     TEXT NOT NULL,     -- the field's letter, then the beginning
	messages BLOB NOT NULL,     -- see blockSet
	PRIMARY KEY (block, word)
) STRICT, WITHOUT ROWID;
CREATE TABLE begun (message INTEGER PRIMARY KEY, words TEXT NOT NULL) STRICT;`

// longestBeginning is how many letters a beginning has at most: those of four
// stand for few enough words.
const longestBeginning = 3

// The letters of fields in the table; the rest of the fields is in anyField only.
const (
	anyField     = "a"
	everyMessage = "*" // the word that all have whose beginnings are known
)

var beginningField = map[query.Field]string{query.Anywhere: anyField, query.From: "f", query.To: "t", query.Cc: "c", query.Subject: "s"}

// maxBegun is how many messages wait in begun at most.
const maxBegun = 1024

// beginnings are those of one message, each once.
type beginnings map[string]struct{}

func (b beginnings) add(field, text string) {
	key := make([]byte, 0, 32)
	query.Beginnings(text, longestBeginning, func(begins []byte) {
		key = append(append(key[:0], field...), begins...)
		if _, met := b[string(key)]; !met {
			b[string(key)] = struct{}{}
		}
	})
}

func beginningsOf(w words) beginnings {
	b := make(beginnings, 256)
	for _, f := range []struct{ field, text string }{
		{"f", w.sender}, {"t", w.recipient}, {"c", w.cc}, {"s", w.subject},
		{anyField, w.sender}, {anyField, w.recipient}, {anyField, w.cc}, {anyField, w.subject}, {anyField, w.body}, {anyField, w.filename},
	} {
		b.add(f.field, f.text)
	}
	b[everyMessage] = struct{}{}
	return b
}

// keepBeginnings adds those of messages.
func keepBeginnings(tx *sql.Tx, list []indexed) error {
	waiting := 0
	if err := tx.QueryRow(`SELECT count(*) FROM begun`).Scan(&waiting); err != nil {
		return err
	}
	if waiting+len(list) <= maxBegun {
		return awaitBlocks(tx, list)
	}
	blocks, err := begun(tx)
	if err != nil {
		return err
	}
	for _, d := range list {
		blocks.add(d.id, maps.Keys(beginningsOf(d.words)))
	}
	for _, n := range slices.Sorted(maps.Keys(blocks)) {
		if err := mergeBlock(tx, n, blocks[n]); err != nil {
			return err
		}
	}
	_, err = tx.Exec(`DELETE FROM begun`)
	return err
}

func awaitBlocks(tx *sql.Tx, list []indexed) error {
	st, err := tx.Prepare(`INSERT OR REPLACE INTO begun (message, words) VALUES (?, ?)`)
	if err != nil {
		return err
	}
	defer st.Close()
	for _, d := range list {
		if _, err := st.Exec(d.id, " "+strings.Join(slices.Sorted(maps.Keys(beginningsOf(d.words))), " ")+" "); err != nil {
			return err
		}
	}
	return nil
}

// begun reads what waits.
func begun(tx *sql.Tx) (newBlocks, error) {
	blocks := newBlocks{}
	rows, err := tx.Query(`SELECT message, words FROM begun`)
	if err != nil {
		return nil, err
	}
	err = eachRow(rows, func(scan row) error {
		var id mail.MessageID
		var text string
		err := scan(&id, &text)
		blocks.add(id, strings.FieldsSeq(text))
		return err
	})
	return blocks, err
}

// newBlocks are beginnings on their way into blocks: by block, then word.
type newBlocks map[int64]map[string][]uint16

func (n newBlocks) add(id mail.MessageID, words func(func(string) bool)) {
	block, at := int64(id)>>blockBits, uint16(id&blockMask)
	m := n[block]
	if m == nil {
		m = map[string][]uint16{}
		n[block] = m
	}
	for w := range words {
		m[w] = append(m[w], at)
	}
}

// mergeBlock adds messages to what a block has.
func mergeBlock(tx *sql.Tx, block int64, fresh map[string][]uint16) error {
	had := map[string]blockSet{}
	rows, err := tx.Query(`SELECT word, messages FROM beginning WHERE block = ?`, block)
	if err != nil {
		return err
	}
	if err := eachRow(rows, func(scan row) error {
		var word string
		var set []byte
		err := scan(&word, &set)
		if _, more := fresh[word]; more {
			had[word] = set
		}
		return err
	}); err != nil {
		return err
	}
	st, err := tx.Prepare(`INSERT OR REPLACE INTO beginning (block, word, messages) VALUES (?, ?, ?)`)
	if err != nil {
		return err
	}
	defer st.Close()
	for _, word := range slices.Sorted(maps.Keys(fresh)) {
		set := had[word].with(fresh[word])
		if _, err := st.Exec(block, word, []byte(set)); err != nil {
			return err
		}
	}
	return nil
}

// begins reads the set of messages in which a word of the field begins so; the
// beginning is folded.
func (r *searching) begins(field, beginning string) (*messageSet, error) {
	set := newMessageSet()
	word := field + beginning
	var last sql.NullInt64
	if err := r.index.QueryRowContext(r.ctx, `SELECT max(block) FROM beginning`).Scan(&last); err != nil {
		return nil, indexError(err)
	}
	rows, err := r.index.QueryContext(r.ctx, `WITH RECURSIVE n (block) AS (SELECT 0 UNION ALL SELECT block + 1 FROM n WHERE block < ?)
		SELECT n.block, b.messages FROM n JOIN beginning b ON b.block = n.block AND b.word = ?`, last.Int64, word)
	if err != nil {
		return nil, indexError(err)
	}
	if err := eachRow(rows, func(scan row) error {
		var block int64
		var messages sql.RawBytes
		err := scan(&block, &messages)
		set.addBlock(block, blockSet(messages))
		return err
	}); err != nil {
		return nil, indexError(err)
	}
	return set, r.beginsBegun(set, word)
}

// beginsBegun adds what is not in blocks yet. It is read last: what moves to a
// block meanwhile is seen in one place or the other.
func (r *searching) beginsBegun(set *messageSet, word string) error {
	rows, err := r.index.QueryContext(r.ctx, `SELECT message FROM begun WHERE instr(words, ?)`, " "+word+" ")
	if err != nil {
		return indexError(err)
	}
	return indexError(eachRow(rows, func(scan row) error {
		var id mail.MessageID
		err := scan(&id)
		set.add(id)
		return err
	}))
}

// begunMessages are those whose beginnings are known, for a check.
func (s *Store) begunMessages(ctx context.Context) (*messageSet, error) {
	index, err := s.indexReader()
	if err != nil {
		return nil, err
	}
	return (&searching{ctx: ctx, index: index}).begins(everyMessage, "")
}
