package vm

import (
	"context"
	"slices"
	"time"

	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/store"
)

// UndoBar says what was just done, and offers to take it back.
type UndoBar struct {
	Verb Verb
	Text string // "3 messages moved to Archive"

	act int64
}

// Verbs is all that a person can do with messages. Each is one act: all of it or
// nothing, and one undo takes all of it back.
type Verbs struct {
	Bar    *UndoBar         // nil: nothing to take back just now
	Recent []mail.MailboxID // folders that messages were filed to, the last first

	Changed func()                    // after Bar changed; may be nil
	Failed  func(text, detail string) // when something could not be done; may be nil

	desk   *Desk
	client *client.Client
	roster *Roster
	hide   func() // ends the bar's timer
}

// NewVerbs makes the verbs over a roster.
func NewVerbs(d *Desk, c *client.Client, r *Roster) *Verbs {
	return &Verbs{desk: d, client: c, roster: r}
}

// barFor is how long the undo bar stays.
const barFor = 10 * time.Second

// Act is what to do with which messages.
type Act struct {
	Verb Verb
	IDs  []mail.PlacementID
	To   mail.MailboxID // MoveTo, CopyTo
	Tag  string         // AddTag, RemoveTag
}

// Do does it. then is told on the UI goroutine when it is done and in the store,
// with false where nothing was done; nil tells nobody.
func (v *Verbs) Do(a Act, then func(ok bool)) {
	if a.To != 0 {
		v.remember(a.To)
	}
	var bar *UndoBar
	Run(v.desk, func(ctx context.Context) (err error) {
		bar, err = v.act(ctx, a)
		return err
	}, func(err error) {
		if err != nil {
			v.fail(a.Verb, err)
		} else if bar != nil {
			v.show(bar)
		}
		if then != nil {
			then(err == nil && bar != nil)
		}
	})
}

func (v *Verbs) fail(verb Verb, err error) {
	if v.Failed == nil || mail.Is(err, mail.KindCanceled) {
		return
	}
	text, detail := Explain(err)
	v.Failed(text, detail)
}

// act runs elsewhere.
func (v *Verbs) act(ctx context.Context, a Act) (*UndoBar, error) {
	p := plan{Act: a, client: v.client}
	if err := p.read(ctx); err != nil || len(p.at) == 0 {
		return nil, err
	}
	ops, err := p.ops(ctx)
	if err != nil || len(ops) == 0 {
		return nil, err
	}
	made, err := v.client.Act(ctx, ops...)
	if err != nil {
		return nil, err
	}
	return &UndoBar{Verb: a.Verb, Text: p.sentence(), act: made.Act}, nil
}

// plan is an act on its way into operations.
type plan struct {
	Act
	client  *client.Client
	tree    *client.Tree
	at      []store.Located
	subject string
	to      mail.Mailbox
	kept    int // of Delete: how many go to the trash
	boxes   map[mail.AccountID]mail.Mailbox
}

func (p *plan) read(ctx context.Context) error {
	tree, err := p.client.Tree(ctx)
	if err != nil {
		return err
	}
	p.tree, p.boxes = tree, map[mail.AccountID]mail.Mailbox{}
	return p.client.Read(ctx, func(sn *store.Snapshot) (err error) {
		if p.at, err = sn.Locate(p.IDs); err != nil || len(p.at) != 1 {
			return err
		}
		row, err := sn.Row(p.at[0].ID)
		p.subject = quotable(row.Subject)
		return err
	})
}

func (p *plan) ops(ctx context.Context) ([]mail.Op, error) {
	if patch, ok := p.Verb.patch(p.Tag); ok {
		return p.flags(patch), nil
	}
	switch p.Verb {
	case Archive:
		return p.moves(ctx, p.at, mail.RoleArchive)
	case Delete:
		return p.delete(ctx)
	case Destroy:
		return []mail.Op{mail.Expunge{Targets: idsOf(p.at)}}, nil
	case Junk:
		return p.junk(ctx, mail.FlagPatch{Add: mail.Bits(mail.Junk), Remove: mail.Bits(mail.NotJunk)}, mail.RoleJunk)
	case NotJunk:
		return p.junk(ctx, mail.FlagPatch{Add: mail.Bits(mail.NotJunk), Remove: mail.Bits(mail.Junk)}, mail.RoleInbox)
	}
	return p.file()
}

// flags leaves messages out that are so already: they are not part of the act.
func (p *plan) flags(patch mail.FlagPatch) []mail.Op {
	p.at = slices.DeleteFunc(p.at, func(l store.Located) bool { return l.Flags.Apply(patch) == l.Flags })
	if len(p.at) == 0 {
		return nil
	}
	return []mail.Op{mail.SetFlags{Targets: idsOf(p.at), Patch: patch}}
}

// moves takes messages to the folder for a role of their own accounts; those
// that are there already stay out of it.
func (p *plan) moves(ctx context.Context, list []store.Located, role mail.Role) (ops []mail.Op, err error) {
	targets := map[mail.AccountID][]mail.PlacementID{}
	var order []mail.AccountID
	for _, l := range list {
		box, ok := p.boxes[l.Account]
		if !ok {
			if box, err = p.client.Folder(ctx, l.Account, role); err != nil {
				return nil, err
			}
			p.boxes[l.Account] = box
		}
		if l.Mailbox == box.ID {
			continue
		}
		if targets[l.Account] == nil {
			order = append(order, l.Account)
		}
		targets[l.Account] = append(targets[l.Account], l.ID)
	}
	for _, account := range order {
		ops = append(ops, mail.Move{Targets: targets[account], To: p.boxes[account].ID})
	}
	return ops, nil
}

func (p *plan) delete(ctx context.Context) ([]mail.Op, error) {
	var drop, move []store.Located
	for _, l := range p.at {
		if trash, ok := p.tree.Role(l.Account, mail.RoleTrash); ok && trash.ID == l.Mailbox {
			drop = append(drop, l)
		} else {
			move = append(move, l)
		}
	}
	ops, err := p.moves(ctx, move, mail.RoleTrash)
	if err != nil {
		return nil, err
	}
	p.kept = len(move)
	if len(drop) > 0 {
		ops = append(ops, mail.Expunge{Targets: idsOf(drop)})
	}
	return ops, nil
}

// junk marks messages for the server's filter to learn from (RFC 5788), and
// moves them.
func (p *plan) junk(ctx context.Context, patch mail.FlagPatch, role mail.Role) ([]mail.Op, error) {
	ops, err := p.moves(ctx, p.at, role)
	if err != nil {
		return nil, err
	}
	return append([]mail.Op{mail.SetFlags{Targets: idsOf(p.at), Patch: patch}}, ops...), nil
}

// file moves or copies to the folder that the person chose.
func (p *plan) file() ([]mail.Op, error) {
	box, ok := p.tree.Box(p.To)
	if !ok {
		return nil, mail.Errorf(mail.KindGone, "file messages", "that folder is not there any more")
	}
	p.to = box
	p.at = slices.DeleteFunc(p.at, func(l store.Located) bool { return l.Mailbox == box.ID })
	switch {
	case len(p.at) == 0:
		return nil, nil
	case p.Verb == CopyTo:
		return []mail.Op{mail.Copy{Targets: idsOf(p.at), To: box.ID}}, nil
	}
	return []mail.Op{mail.Move{Targets: idsOf(p.at), To: box.ID}}, nil
}

func idsOf(list []store.Located) []mail.PlacementID {
	ids := make([]mail.PlacementID, len(list))
	for i, l := range list {
		ids[i] = l.ID
	}
	return ids
}

// sentence says what was done.
func (p *plan) sentence() string {
	where := ""
	switch {
	case p.to.ID != 0:
		where = folderTitle(p.to.Path, p.to.Role)
	case p.Verb == Archive && len(p.boxes) == 1 && len(p.tree.Accounts) > 1:
		for _, m := range p.tree.Accounts {
			if _, ok := p.boxes[m.ID]; ok {
				where = " in " + m.Called()
			}
		}
	}
	return done(p.Verb, what(len(p.at), p.subject), where, p.Tag, p.kept > 0)
}

// show puts the bar up for its time.
func (v *Verbs) show(bar *UndoBar) {
	v.close()
	v.Bar = bar
	v.hide = v.desk.After(barFor, v.Close)
	v.changed()
}

// Close takes the bar down; the act stays, and can still be undone by its key.
func (v *Verbs) Close() {
	v.close()
	v.changed()
}

func (v *Verbs) close() {
	if v.hide != nil {
		v.hide()
		v.hide = nil
	}
	v.Bar = nil
}

func (v *Verbs) changed() {
	if v.Changed != nil {
		v.Changed()
	}
}

// Undo takes back what the bar speaks of, or the last act where there is none;
// then is told the messages that changed.
func (v *Verbs) Undo(then func([]mail.PlacementID)) {
	var act int64
	if v.Bar != nil {
		act = v.Bar.act
	}
	v.Close()
	var changed []mail.PlacementID
	Run(v.desk, func(ctx context.Context) (err error) {
		if act != 0 {
			changed, err = v.client.UndoAct(ctx, act)
		} else {
			changed, err = v.client.Undo(ctx)
		}
		return err
	}, func(err error) {
		if err != nil {
			v.fail("undo", err)
			return
		}
		if then != nil {
			then(changed)
		}
	})
}

// remember puts a folder first among the recent ones.
func (v *Verbs) remember(id mail.MailboxID) {
	const most = 8
	v.Recent = slices.DeleteFunc(v.Recent, func(have mail.MailboxID) bool { return have == id })
	v.Recent = append([]mail.MailboxID{id}, v.Recent[:min(len(v.Recent), most-1)]...)
}

// NextRow is the row that a list should choose when those from a row on were
// taken away and so many are left: what takes their place, or the last; -1 where
// none is left.
func NextRow(from, left int) int { return min(from, left-1) }
