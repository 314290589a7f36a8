package client

import (
	"context"
	"time"

	"postrider/mail"
	"postrider/mail/message"
)

// draftRest is how long a draft rests before its server gets it.
const draftRest = 20 * time.Second

// SaveDraft keeps what was written so far, durably, in place of old (0: none),
// and returns the draft, which may be old itself. The server gets it when the
// person has rested for a while, or at once with closing: when the composer
// closes, or when nobody has typed for long.
//
// A draft with files is written whole only when its files are others than
// before, and when closing; between that only its words are, in a moment.
func (c *Client) SaveDraft(ctx context.Context, account mail.AccountID, d *message.Draft, old mail.PlacementID, closing bool) (mail.PlacementID, error) {
	if !closing && old != 0 && len(d.Files)+len(d.Pictures) > 0 && c.sameFiles(old, d) {
		if _, err := c.Row(ctx, old); err == nil { // else somebody took it away, and its files with it
			return old, c.keepWords(account, old, d)
		}
	}
	hold := draftRest
	if closing {
		hold = 0
	}
	id, err := c.saveWhole(ctx, account, d, old, hold)
	if err != nil {
		return 0, err
	}
	if !closing && len(d.Files)+len(d.Pictures) > 0 {
		err = c.keepWords(account, id, d)
	}
	if id != old {
		c.forgetWords(old)
	}
	if closing {
		c.forgetWords(id)
	}
	return id, err
}

func (c *Client) saveWhole(ctx context.Context, account mail.AccountID, d *message.Draft, old mail.PlacementID, hold time.Duration) (mail.PlacementID, error) {
	kept := *d
	kept.Unfinished, kept.MessageID, kept.Date = true, "", time.Time{}
	kept.Complete(c.Now())
	st, err := c.written(ctx, kept.Write)
	if err != nil {
		return 0, err
	}
	id, err := c.store.SaveDraft(ctx, account, st, old, hold)
	if err == nil {
		c.wake()
	}
	return id, err
}

// DropDraft takes a draft away, here and on its server.
func (c *Client) DropDraft(ctx context.Context, id mail.PlacementID) error {
	err := c.store.DropDraft(ctx, id)
	if err == nil {
		c.forgetWords(id)
		c.wake()
	}
	return err
}

// Resume makes the draft again that was kept under an id, to be written on.
func (c *Client) Resume(ctx context.Context, id mail.PlacementID) (*message.Draft, error) {
	row, err := c.Row(ctx, id)
	if err != nil {
		return nil, err
	}
	m, err := c.Message(ctx, row.Message)
	if err != nil {
		return nil, err
	}
	d := m.Resume(c.Opener(row.Message))
	if w, ok := c.words(id); ok {
		w.fill(d)
	}
	return d, nil
}

// rescueWords makes whole drafts of those whose last words were kept alone when
// the program ended. What cannot be made whole now stays for the next start, and
// Resume has its words meanwhile.
func (c *Client) rescueWords(ctx context.Context) {
	c.rescued = map[mail.PlacementID]mail.PlacementID{}
	for _, w := range c.allWords() {
		d, err := c.Resume(ctx, w.Draft)
		switch {
		case mail.Is(err, mail.KindGone): // it was sent, or thrown away
			c.forgetWords(w.Draft)
		case err == nil:
			if id, err := c.SaveDraft(ctx, w.Account, d, w.Draft, true); err == nil {
				c.rescued[w.Draft] = id
			}
		}
	}
}

// Rescued is the draft that took the place of another when its last words were
// put into it, as the folder was opened; mostly it is the same.
func (c *Client) Rescued(id mail.PlacementID) mail.PlacementID {
	if now, ok := c.rescued[id]; ok {
		return now
	}
	return id
}
