package vm

import (
	"context"

	"postrider/mail"
)

// Focus says whether the window has the focus: a message counts as read only
// when somebody may have seen it.
func (r *Reader) Focus(focused bool) {
	r.focused = focused
	r.watch()
}

// watch starts the time after which what is shown counts as read.
func (r *Reader) watch() {
	r.stopMarking()
	if r.MarkAfter < 0 || !r.focused || len(r.seen()) == 0 {
		return
	}
	if r.MarkAfter == 0 {
		r.mark()
		return
	}
	r.marking = r.desk.After(r.MarkAfter, func() {
		r.marking = nil
		r.mark()
	})
}

func (r *Reader) stopMarking() {
	if r.marking != nil {
		r.marking()
		r.marking = nil
	}
}

// seen are the messages that are shown and count as unread. One that was marked
// once is not marked again: the person may have marked it as unread since.
func (r *Reader) seen() (ids []mail.PlacementID) {
	for _, c := range r.Cards {
		if c.Open && c.Unread && !r.marked[c.ID] && (c.State == BodyHere || c.State == BodyAway) {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

func (r *Reader) mark() {
	ids := r.seen()
	if len(ids) == 0 || r.client.ReadOnly() {
		return
	}
	for _, id := range ids {
		r.marked[id] = true
	}
	Run(r.desk, func(ctx context.Context) error {
		return r.client.DoInPassing(ctx, mail.SetFlags{Targets: ids, Patch: mail.FlagPatch{Add: mail.Bits(mail.Seen)}})
	}, func(error) {}) // what could not be marked is unread, and shows
}
