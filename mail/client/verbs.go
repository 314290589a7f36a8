package client

import (
	"context"
	"slices"
	"strings"

	"postrider/mail"
	"postrider/mail/store"
)

// Do commits what the person did, all of ops as one act, and wakes the workers.
// It returns the placements that were made.
func (c *Client) Do(ctx context.Context, ops ...mail.Op) ([]mail.PlacementID, error) {
	made, err := c.store.Do(ctx, ops...)
	if err == nil {
		c.wake()
	}
	return made, err
}

// Act is Do, for who may want to undo this very act later.
func (c *Client) Act(ctx context.Context, ops ...mail.Op) (store.Acted, error) {
	done, err := c.store.Act(ctx, ops...)
	if err == nil {
		c.wake()
	}
	return done, err
}

// DoInPassing is Do for what comes with reading: an Undo passes it over.
func (c *Client) DoInPassing(ctx context.Context, ops ...mail.Op) error {
	err := c.store.DoInPassing(ctx, ops...)
	if err == nil {
		c.wake()
	}
	return err
}

// UndoAct takes back one act, whatever was done after it; it returns the
// messages that changed.
func (c *Client) UndoAct(ctx context.Context, act int64) ([]mail.PlacementID, error) {
	changed, err := c.store.UndoAct(ctx, act)
	if err == nil {
		c.wake()
	}
	return changed, err
}

// Undo takes back the last act on messages; it returns those that changed.
func (c *Client) Undo(ctx context.Context) ([]mail.PlacementID, error) {
	changed, err := c.store.Undo(ctx)
	if err == nil {
		c.wake()
	}
	return changed, err
}

// Retry lets a waiting or failed operation be tried now.
func (c *Client) Retry(ctx context.Context, id mail.OpID) error {
	err := c.store.Retry(ctx, id)
	if err == nil {
		c.wake()
	}
	return err
}

// Cancel calls a waiting operation off.
func (c *Client) Cancel(ctx context.Context, id mail.OpID) error { return c.store.Cancel(ctx, id) }

// Rows returns messages by id, in the order of ids; missing are those that are
// not there.
func (c *Client) Rows(ctx context.Context, ids []mail.PlacementID) (rows []store.Row, missing []mail.PlacementID, err error) {
	err = c.Read(ctx, func(sn *store.Snapshot) error {
		for some := range slices.Chunk(ids, rowsAtOnce) {
			list, err := sn.Rows(some)
			if err != nil {
				return err
			}
			rows = append(rows, list...)
		}
		return nil
	})
	if err != nil || len(rows) == len(ids) {
		return rows, nil, err
	}
	here := make(map[mail.PlacementID]bool, len(rows))
	for _, r := range rows {
		here[r.ID] = true
	}
	for _, id := range ids {
		if !here[id] {
			missing = append(missing, id)
		}
	}
	return rows, missing, nil
}

// rowsAtOnce is how many rows one query reads.
const rowsAtOnce = 1000

// Archive moves messages to the archive of their account.
func (c *Client) Archive(ctx context.Context, rows []store.Row) error {
	ops, err := c.toRole(ctx, rows, mail.RoleArchive)
	if err != nil {
		return err
	}
	return c.do(ctx, ops)
}

// Junk moves messages to the junk folder of their account, and marks them for
// the server's filter to learn from (RFC 5788 $Junk).
func (c *Client) Junk(ctx context.Context, rows []store.Row) error {
	ops, err := c.toRole(ctx, rows, mail.RoleJunk)
	if err != nil {
		return err
	}
	mark := mail.SetFlags{Targets: targets(rows), Patch: mail.FlagPatch{Add: mail.Bits(mail.Junk), Remove: mail.Bits(mail.NotJunk)}}
	return c.do(ctx, append([]mail.Op{mark}, ops...))
}

// Delete moves messages to the trash of their account; forever, or from the
// trash, it removes them for good.
func (c *Client) Delete(ctx context.Context, rows []store.Row, forever bool) error {
	tree, err := c.Tree(ctx)
	if err != nil {
		return err
	}
	var drop, move []store.Row
	for _, r := range rows {
		if trash, ok := tree.Role(r.Account, mail.RoleTrash); forever || ok && trash.ID == r.Mailbox {
			drop = append(drop, r)
		} else {
			move = append(move, r)
		}
	}
	ops, err := c.toRole(ctx, move, mail.RoleTrash)
	if err != nil {
		return err
	}
	if len(drop) > 0 {
		ops = append(ops, mail.Expunge{Targets: targets(drop)})
	}
	return c.do(ctx, ops)
}

func (c *Client) do(ctx context.Context, ops []mail.Op) error {
	if len(ops) == 0 {
		return nil
	}
	_, err := c.Do(ctx, ops...)
	return err
}

// toRole returns the moves of messages to the folder for a role of their own
// account, and makes the folder where it is missing.
func (c *Client) toRole(ctx context.Context, rows []store.Row, role mail.Role) (ops []mail.Op, err error) {
	var order []mail.AccountID
	byAccount := map[mail.AccountID][]store.Row{}
	for _, r := range rows {
		if byAccount[r.Account] == nil {
			order = append(order, r.Account)
		}
		byAccount[r.Account] = append(byAccount[r.Account], r)
	}
	for _, account := range order {
		box, err := c.Folder(ctx, account, role)
		if err != nil {
			return nil, err
		}
		ops = append(ops, mail.Move{Targets: targets(byAccount[account]), To: box.ID})
	}
	return ops, nil
}

// Folder returns an account's folder for a role, and makes it if need be. Where
// everything is kept in one place anyway, as at Gmail, that is the archive.
func (c *Client) Folder(ctx context.Context, account mail.AccountID, role mail.Role) (mail.Mailbox, error) {
	tree, err := c.Tree(ctx)
	if err != nil {
		return mail.Mailbox{}, err
	}
	if box, ok := tree.Role(account, role); ok {
		return box, nil
	}
	if box, ok := tree.Role(account, mail.RoleAll); ok && role == mail.RoleArchive {
		return box, nil
	}
	return c.Create(ctx, account, roleNames[role])
}

// Create makes a mailbox and returns it.
func (c *Client) Create(ctx context.Context, account mail.AccountID, path string) (box mail.Mailbox, err error) {
	if _, err := c.Do(ctx, mail.CreateMailbox{Account: account, Path: path}); err != nil {
		return box, err
	}
	tree, err := c.Tree(ctx)
	if err != nil {
		return box, err
	}
	if box, ok := tree.At(account, strings.Trim(path, "/")); ok {
		return box, nil
	}
	return box, mail.Errorf(mail.KindGone, "create the folder", "the folder %s is gone again", path)
}

func targets(rows []store.Row) (ids []mail.PlacementID) {
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	return ids
}
