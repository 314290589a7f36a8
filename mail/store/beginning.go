package store

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"strconv"
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
// A row has the set of one letter, or those of two letters and all that follow
// them: see shelf. They are written in the transaction that writes the words. A
// few new messages wait in the table begun until there are enough to be worth
// rewriting blocks for.
const beginningSchema = `
CREATE TABLE beginning (
	block INTEGER NOT NULL,  -- message id >> 12
	field INTEGER NOT NULL,
	word  INTEGER NOT NULL,  -- query.Beginning of one letter, or of two
	sets  BLOB NOT NULL,
	PRIMARY KEY (block, field, word)
) STRICT, WITHOUT ROWID;
CREATE TABLE begun (message INTEGER PRIMARY KEY, words TEXT NOT NULL) STRICT;`

// field is where a word stands, in the table; words of other fields are known
// as anywhere only.
type field uint8

const (
	always field = iota // not a place: all messages whose beginnings are known have a word in it
	anywhere
	inSender
	inRecipient
	inCc
	inSubject
	fields = iota // how many there are
)

var beginningField = map[query.Field]field{
	query.Anywhere: anywhere, query.From: inSender, query.To: inRecipient, query.Cc: inCc, query.Subject: inSubject,
}

// begins is a beginning in a field.
type begins uint64

func beginsIn(f field, word query.Beginning) begins {
	return begins(f)<<query.BeginningBits | begins(word)
}

func (b begins) field() field          { return field(b >> query.BeginningBits) }
func (b begins) word() query.Beginning { return query.Beginning(b & (1<<query.BeginningBits - 1)) }

// first is the beginning of the first n letters.
func (b begins) first(n int) begins { return beginsIn(b.field(), b.word().First(n)) }

// maxBegun is how many messages wait in begun at most.
const maxBegun = 1024

// keepBeginnings adds those of messages.
func keepBeginnings(tx *sql.Tx, list []indexed) error {
	waiting := 0
	if err := tx.QueryRow(`SELECT count(*) FROM begun`).Scan(&waiting); err != nil {
		return err
	}
	if waiting+len(list) <= maxBegun && len(list) < maxBegun/8 {
		return awaitBlocks(tx, list)
	}
	blocks, err := begun(tx)
	if err != nil {
		return err
	}
	for _, d := range list {
		blocks.add(d.id, d.words.begins)
	}
	for _, n := range slices.Sorted(maps.Keys(blocks)) {
		if err := blocks[n].merge(tx, n); err != nil {
			return err
		}
	}
	_, err = tx.Exec(`DELETE FROM begun`)
	return err
}

// awaitBlocks writes beginnings as text, with the shorter ones, so that SQLite can
// look for them.
func awaitBlocks(tx *sql.Tx, list []indexed) error {
	st, err := tx.Prepare(`INSERT OR REPLACE INTO begun (message, words) VALUES (?, ?)`)
	if err != nil {
		return err
	}
	defer st.Close()
	for _, d := range list {
		met := map[begins]bool{}
		text := []byte{' '}
		for _, b := range d.words.begins {
			for n := b.word().Len(); n > 0; n-- {
				one := b.first(n)
				if met[one] {
					break
				}
				met[one] = true
				text = append(one.append(text), ' ')
			}
		}
		if _, err := st.Exec(d.id, string(text)); err != nil {
			return err
		}
	}
	return nil
}

func (b begins) append(text []byte) []byte { return strconv.AppendUint(text, uint64(b), 36) }

func parseBegins(text string) begins {
	n, _ := strconv.ParseUint(text, 36, 64) // append wrote it
	return begins(n)
}

// begun reads what waits.
func begun(tx *sql.Tx) (newBlocks, error) {
	blocks := newBlocks{}
	rows, err := tx.Query(`SELECT message, words FROM begun`)
	if err != nil {
		return nil, err
	}
	var list []begins
	err = eachRow(rows, func(scan row) error {
		var id mail.MessageID
		var text string
		err := scan(&id, &text)
		list = list[:0]
		for word := range strings.FieldsSeq(text) {
			list = append(list, parseBegins(word))
		}
		blocks.add(id, list)
		return err
	})
	return blocks, err
}

// newBlocks are beginnings on their way into blocks.
type newBlocks map[int64]newBlock

// newBlock has the places of messages in a block, by beginning.
type newBlock map[begins]*[]uint16

func (n newBlocks) add(id mail.MessageID, list []begins) {
	block, at := int64(id)>>blockBits, uint16(id&blockMask)
	m := n[block]
	if m == nil {
		m = newBlock{}
		n[block] = m
	}
	for _, b := range list {
		places := m[b]
		if places == nil {
			places = new([]uint16)
			m[b] = places
		}
		*places = append(*places, at)
	}
}

// merge adds messages to what a block has.
func (n newBlock) merge(tx *sql.Tx, block int64) error {
	fresh := n.shelves()
	had := map[begins]shelf{}
	rows, err := tx.Query(`SELECT field, word, sets FROM beginning WHERE block = ?`, block)
	if err != nil {
		return err
	}
	if err := eachRow(rows, func(scan row) error {
		var in field
		var word query.Beginning
		var sets []byte
		err := scan(&in, &word, &sets)
		b := beginsIn(in, word)
		if _, more := fresh[b]; more {
			had[b] = sets
		}
		return err
	}); err != nil {
		return err
	}
	st, err := tx.Prepare(`INSERT OR REPLACE INTO beginning (block, field, word, sets) VALUES (?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	defer st.Close()
	for _, b := range slices.Sorted(maps.Keys(fresh)) {
		if _, err := st.Exec(block, b.field(), b.word(), []byte(had[b].with(fresh[b]))); err != nil {
			return err
		}
	}
	return nil
}

// shelves puts what is new in the order of the table's rows: by the first letter,
// and by the first two with what follows them.
func (n newBlock) shelves() map[begins]map[rune][]uint16 {
	all := map[begins]map[rune][]uint16{}
	put := func(b begins, letter rune, places []uint16) {
		m := all[b]
		if m == nil {
			m = map[rune][]uint16{}
			all[b] = m
		}
		m[letter] = append(m[letter], places...)
	}
	for b, places := range n {
		put(b.first(1), 0, *places)
		if b.word().Len() < 2 {
			continue
		}
		put(b.first(2), 0, *places)
		if third := b.word().Letter(2); third != 0 {
			put(b.first(2), third, *places)
		}
	}
	return all
}

// begins reads the set of messages in which a word of the field begins so.
func (r *searching) begins(b begins) (*messageSet, error) {
	set := newMessageSet()
	if err := r.beginsBegun(set, b); err != nil {
		return nil, err
	}
	var last sql.NullInt64
	if err := r.index.QueryRowContext(r.ctx, `SELECT max(block) FROM beginning`).Scan(&last); err != nil {
		return nil, indexError(err)
	}
	rows, err := r.index.QueryContext(r.ctx, `WITH RECURSIVE n (block) AS (SELECT 0 UNION ALL SELECT block + 1 FROM n WHERE block < ?)
		SELECT n.block, b.sets FROM n JOIN beginning b ON b.block = n.block AND b.field = ? AND b.word = ?`, last.Int64, b.field(), b.word().First(2))
	if err != nil {
		return nil, indexError(err)
	}
	if err := eachRow(rows, func(scan row) error {
		var block int64
		var sets sql.RawBytes
		err := scan(&block, &sets)
		set.addBlock(block, shelf(sets).set(b.word().Letter(2)))
		return err
	}); err != nil {
		return nil, indexError(err)
	}
	return set, nil
}

// beginsBegun adds what is not in blocks yet. It comes before the blocks: what
// moves to one meanwhile is seen in both, and not in neither.
func (r *searching) beginsBegun(set *messageSet, b begins) error {
	rows, err := r.index.QueryContext(r.ctx, `SELECT message FROM begun WHERE instr(words, ?)`, string(append(b.append([]byte{' '}), ' ')))
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
	return (&searching{ctx: ctx, index: index}).begins(beginsIn(always, 1))
}
