package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"postrider/mail"
	"postrider/mail/message"
	"postrider/mail/query"
)

// The index is a database of its own: it is written beside the mail's, not
// after it, and when it is damaged or missing it is made anew.
//
// A row's id is its message's date and id, so that "newest first" is a walk
// along the index. Contentless: the words are in the packs already.
const indexVersion = 3

// wordsOnly is the version before headers without a text were in the index.
const wordsOnly = 2

var indexSchema = `PRAGMA page_size = 8192;
CREATE VIRTUAL TABLE words USING fts5(subject, sender, recipient, cc, body, filename,
	content='', contentless_delete=1, tokenize="` + query.Tokenizer + `");
INSERT INTO words(words, rank) VALUES ('hashsize', 4194304);
INSERT INTO words(words, rank) VALUES ('automerge', 8);
INSERT INTO words(words, rank) VALUES ('pgsz', 8000);` + beginningSchema

// indexReady marks an index as whole: it is empty, or the queue has all that it
// lacks.
var indexReady = fmt.Sprint("PRAGMA user_version = ", indexVersion)

// idBits is how much of an index row's id is the message's.
const idBits = 30

// indexRow is the id of a message's row in the index.
func indexRow(id mail.MessageID, date int64) int64 {
	const latest = 1<<(63-idBits) - 1
	return min(max(date, 0), latest)<<idBits | int64(id)&(1<<idBits-1)
}

// messageOf is the message of an index row.
func messageOf(row int64) mail.MessageID { return mail.MessageID(row & (1<<idBits - 1)) }

// words are the texts of a message that can be searched for, and how the words
// in them begin.
type words struct {
	subject, sender, recipient, cc, body, filename string
	begins                                         []begins

	light bool // of the header alone: the text is not here
}

// size is about how much memory they take, in bytes.
func (w words) size() int {
	return len(w.subject) + len(w.sender) + len(w.recipient) + len(w.cc) + len(w.body) + 8*len(w.begins)
}

func wordsOf(m *message.Message) words {
	var names []string
	for _, a := range m.Attachments() {
		names = append(names, a.Filename)
	}
	w := words{
		subject: query.Segment(m.Subject), sender: query.Segment(addressWords(m.From)),
		recipient: query.Segment(addressWords(m.To)), cc: query.Segment(addressWords(m.Cc)),
		body: query.Segment(m.IndexText()), filename: query.Segment(strings.Join(names, "\n")),
	}
	w.begins = beginningsOf(w)
	return w
}

// words are those of a message of which only the header is here.
func (l light) words() words {
	w := words{
		subject: query.Segment(l.subject), sender: query.Segment(l.fromName + " " + l.fromAddr),
		recipient: query.Segment(l.recipients), cc: query.Segment(l.cc), light: true,
	}
	w.begins = beginningsOf(w)
	return w
}

func addressWords(list []message.Address) string {
	var b strings.Builder
	for _, a := range list {
		b.WriteString(a.Name + " " + a.Addr + "\n")
	}
	return b.String()
}

// lack is what an index does not have; it is to be marked as ready when the queue
// has that.
type lack int

const (
	nothing lack = iota
	headers      // of messages whose text is not here
	everything
)

// openIndexDB opens the index, anew if it is missing, damaged or of a version that
// is of no use.
func openIndexDB(ctx context.Context, path string) (db *sql.DB, lacks lack, err error) {
	if db, err = openPrivate(path); err != nil {
		return nil, 0, err
	}
	if lacks = indexLacks(ctx, db); lacks != everything {
		_, err := db.ExecContext(ctx, checkpointRarely)
		return db, lacks, err
	}
	db.Close()
	if err := removeDB(path); err != nil {
		return nil, 0, err
	}
	if db, err = openPrivate(path); err != nil {
		return nil, 0, err
	}
	if _, err := db.ExecContext(ctx, indexSchema+";"+checkpointRarely); err != nil {
		db.Close()
		return nil, 0, err
	}
	return db, everything, nil
}

// indexLacks looks at an index: whether it can be asked, and its version.
func indexLacks(ctx context.Context, db *sql.DB) lack {
	version, err := pragmaInt(ctx, db, "user_version")
	if err != nil || version < wordsOnly || version > indexVersion {
		return everything
	}
	var row int64
	err = db.QueryRowContext(ctx, `SELECT rowid FROM words WHERE words MATCH '"a"' LIMIT 1`).Scan(&row)
	switch {
	case err != nil && !errors.Is(err, sql.ErrNoRows):
		return everything
	case version == wordsOnly:
		return headers
	}
	return nothing
}

// openPrivate opens the index's file for writing, for nobody else to read.
func openPrivate(path string) (*sql.DB, error) {
	if err := private(path); err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite3", indexDSN(path, "rwc"))
	if err == nil {
		db.SetMaxOpenConns(1)
	}
	return db, err
}

// indexDSN opens the index as durable as the mail: words must not be lost after
// the queue has forgotten them.
func indexDSN(path, mode string) string {
	return strings.Replace(dsn(path, mode), "_cache_size=-12000", "_cache_size=-6000", 1)
}

// insertWords adds messages to the index in one transaction. Rows must ascend:
// FTS5 flushes what it has gathered whenever one does not.
func insertWords(ctx context.Context, db *sql.DB, list []indexed) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	const into = ` INTO words (rowid, subject, sender, recipient, cc, body, filename) VALUES (?,?,?,?,?,?,?)`
	first, err := tx.Prepare("INSERT" + into)
	if err != nil {
		return err
	}
	defer first.Close()
	again, err := tx.Prepare("REPLACE" + into)
	if err != nil {
		return err
	}
	defer again.Close()
	for _, d := range list {
		w, st := d.words, again
		if d.anew {
			st = first
		}
		if _, err := st.Exec(d.row, w.subject, w.sender, w.recipient, w.cc, w.body, w.filename); err != nil {
			return err
		}
	}
	if err := keepBeginnings(tx, list); err != nil {
		return err
	}
	return tx.Commit()
}
