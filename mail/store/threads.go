package store

import (
	"crypto/sha256"
	"encoding/binary"
	"strings"

	"postrider/mail"
)

// threadRefs is how many of a message's references tie it to a conversation:
// the first and the newest. A forged list of ten thousand ties no more.
const threadRefs = 6

// threadOf finds the conversation that a message belongs to by its Message-ID
// and references, merging those that it shows to be one. 0: none yet.
func (t *Tx) threadOf(keys []int64) (thread int64, err error) {
	var others []int64
	for _, k := range keys {
		var at int64
		found, err := t.get([]any{&at}, `SELECT thread FROM thread WHERE key = ?`, k)
		if err != nil {
			return 0, err
		}
		if found && at != thread {
			others = append(others, at)
			if thread == 0 || at < thread {
				thread = at
			}
		}
	}
	if thread == 0 {
		return 0, nil
	}
	for _, other := range others {
		if other != thread {
			if err := t.mergeThread(other, thread); err != nil {
				return 0, err
			}
		}
	}
	return thread, t.claim(keys, thread)
}

// startThread makes a message the first of a conversation, which has its id.
func (t *Tx) startThread(id mail.MessageID, keys []int64) error {
	if _, err := t.exec(`UPDATE message SET thread = id WHERE id = ?`, id); err != nil {
		return err
	}
	return t.claim(keys, int64(id))
}

func (t *Tx) claim(keys []int64, thread int64) error {
	for _, k := range keys {
		if _, err := t.exec(`INSERT OR IGNORE INTO thread (key, thread) VALUES (?, ?)`, k, thread); err != nil {
			return err
		}
	}
	return nil
}

func (t *Tx) mergeThread(from, to int64) error {
	list, err := t.places(`SELECT `+placeColumns+` FROM placement WHERE message IN (SELECT id FROM message WHERE thread = ?)`, from)
	if err != nil {
		return err
	}
	for _, p := range list { // lists by conversation have one row less
		t.placed(p.id, p.mailbox, p.mailbox, mail.ChangedMessage)
	}
	if _, err := t.exec(`UPDATE placement SET thread = ? WHERE message IN (SELECT id FROM message WHERE thread = ?)`, to, from); err != nil {
		return err
	}
	if _, err := t.exec(`UPDATE message SET thread = ? WHERE thread = ?`, to, from); err != nil {
		return err
	}
	_, err = t.exec(`UPDATE thread SET thread = ? WHERE thread = ?`, to, from)
	return err
}

func threadKeys(l light) (keys []int64) {
	if l.messageID != "" {
		keys = append(keys, threadKey(l.messageID))
	}
	refs := strings.Fields(l.refs)
	if len(refs) > threadRefs {
		refs = append(refs[:1:1], refs[len(refs)-threadRefs+1:]...)
	}
	for _, r := range refs {
		keys = append(keys, threadKey(r))
	}
	return keys
}

func threadKey(messageID string) int64 {
	sum := sha256.Sum256([]byte(messageID))
	return int64(binary.BigEndian.Uint64(sum[:8]))
}
