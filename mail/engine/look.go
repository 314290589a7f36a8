package engine

import (
	"context"

	"postrider/mail"
	"postrider/mail/query"
	"postrider/mail/store"
)

// Searcher is implemented by drivers whose server can look into the mail for
// words.
type Searcher interface {
	// Search returns the messages of a mailbox that the server finds words in,
	// under the validity that State tells for it; kind busy if the server has
	// numbered the mailbox anew.
	Search(ctx context.Context, box mail.Mailbox, validity mail.UIDValidity, words query.Text) ([]mail.UIDRange, error)
}

// Sighted is what a server found: for each of the words that were asked for the
// placements that have them.
type Sighted struct {
	Found   map[query.Text][]mail.PlacementID
	Unknown int // messages that the server found and that are not in the store yet
}

// Search asks the server for words in mailboxes, over the connection of a worker
// that runs.
func (w *Worker) Search(asking context.Context, words []query.Text, boxes []mail.Mailbox) (Sighted, error) {
	told := make(chan Sighted, 1) // the worker may be at it still when nobody asks any more
	err := w.ask(asking, func(ctx context.Context, r *run) error {
		seen, err := r.search(ctx, asking, words, boxes)
		told <- seen
		return err
	})
	select {
	case seen := <-told:
		return seen, err
	default:
		return Sighted{}, err
	}
}

// SearchOnce is Search for a worker that does not run.
func (w *Worker) SearchOnce(ctx context.Context, words []query.Text, boxes []mail.Mailbox) (seen Sighted, err error) {
	err = w.brief(ctx, func(r *run) error {
		seen, err = r.search(ctx, ctx, words, boxes)
		return err
	})
	return seen, err
}

// search stops between two folders when nobody asks any more; the connection is
// good for others then.
func (r *run) search(ctx, asking context.Context, words []query.Text, boxes []mail.Mailbox) (seen Sighted, err error) {
	seen.Found = map[query.Text][]mail.PlacementID{}
	d, can := r.d.(Searcher)
	if !can {
		return seen, nil
	}
	for _, box := range boxes {
		if asking.Err() != nil {
			return seen, nil
		}
		state, err := r.mirror.State(ctx, box.ID)
		if err != nil {
			return seen, err
		}
		if state.Validity == 0 { // nothing of it is here
			continue
		}
		for _, text := range words {
			if err := r.sight(ctx, d, box, state.Validity, text, &seen); err != nil {
				return seen, r.w.wrap("search on the server", err)
			}
		}
	}
	return seen, nil
}

func (r *run) sight(ctx context.Context, d Searcher, box mail.Mailbox, validity mail.UIDValidity, text query.Text, seen *Sighted) error {
	uids, err := d.Search(ctx, box, validity, text)
	if err != nil || len(uids) == 0 {
		return err
	}
	return r.w.store.Read(ctx, func(sn *store.Snapshot) error {
		ids, err := sn.Placed(box.ID, uids)
		seen.Found[text] = append(seen.Found[text], ids...)
		for _, u := range uids {
			seen.Unknown += int(u.Last-u.First) + 1
		}
		seen.Unknown -= len(ids)
		return err
	})
}
