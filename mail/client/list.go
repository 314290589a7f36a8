package client

import (
	"context"

	"postrider/mail"
	"postrider/mail/store"
)

// What a list that shows any number of messages is made of; see package store.
type (
	View     = store.View
	Filter   = store.Filter
	Sort     = store.Sort
	SortKey  = store.SortKey
	Spine    = store.Spine
	Stamp    = store.Stamp
	News     = store.News
	Group    = store.Group
	Spot     = store.Spot
	Gathered = store.Gathered
	Writer   = store.Writer
)

// Filters and orders of a view.
const (
	All       = store.All
	Starred   = store.Starred
	Attached  = store.Attached
	ByDate    = store.ByDate
	BySender  = store.BySender
	BySubject = store.BySubject
	BySize    = store.BySize
)

// Top reads the newest entries of a view, and how they are shown; all says that
// there are no others. Count is how many there are, or at most.
func (c *Client) Top(ctx context.Context, v View, n int) (t Top, err error) {
	err = c.Read(ctx, func(sn *store.Snapshot) (err error) {
		if t.Spine, t.All, err = sn.Top(v, n); err != nil {
			return err
		}
		if t.Count, _, err = sn.Count(v); err != nil {
			return err
		}
		t.Rows, err = sn.Gather(v, t.Spine.IDs)
		return err
	})
	return t, err
}

// Top is the beginning of a view.
type Top struct {
	Spine Spine // newest first
	Rows  []Gathered
	All   bool // there is no more
	Count int  // about how many entries the view has
}

// Spine reads the whole order of a view; see store.Snapshot.Spine.
func (c *Client) Spine(ctx context.Context, v View) (s Spine, err error) {
	err = c.Read(ctx, func(sn *store.Snapshot) error {
		s, err = sn.Spine(v)
		return err
	})
	return s, err
}

// Gather reads entries of a view as they are shown.
func (c *Client) Gather(ctx context.Context, v View, ids []mail.PlacementID) (list []Gathered, err error) {
	err = c.Read(ctx, func(sn *store.Snapshot) error {
		list, err = sn.Gather(v, ids)
		return err
	})
	return list, err
}

// News tells how a view stands after changes of these messages.
func (c *Client) News(ctx context.Context, v View, ids []mail.PlacementID) (n News, err error) {
	err = c.Read(ctx, func(sn *store.Snapshot) error {
		n, err = sn.News(v, ids)
		return err
	})
	return n, err
}

// Members are the messages that entries of a view stand for.
func (c *Client) Members(ctx context.Context, v View, ids []mail.PlacementID) (all []mail.PlacementID, err error) {
	err = c.Read(ctx, func(sn *store.Snapshot) error {
		all, err = sn.Members(v, ids)
		return err
	})
	return all, err
}
