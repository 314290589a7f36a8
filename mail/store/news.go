package store

import (
	"cmp"
	"encoding/json"
	"slices"

	"postrider/mail"
)

// News is how a view stands after changes, as far as they touch it: what a list
// that has its spine needs to follow them.
type News struct {
	Groups []Group
	Gone   []Spot // asked about, and not in the view's mailboxes: Date is 0 where nothing is known of it
	Unsure bool   // not all could be found out: read the spine anew
}

// Group is an entry of a view: a conversation, or a message alone.
type Group struct {
	Head    Spot   // the newest that passes the filter; zero: none does
	Members []Spot // all of it in the view's mailboxes, newest first
}

// Spot is a placement where it stands in the order of dates.
type Spot struct {
	ID   mail.PlacementID
	Date Stamp
}

func (s Spot) newer(o Spot) int { return cmp.Or(cmp.Compare(o.Date, s.Date), cmp.Compare(o.ID, s.ID)) }

// News tells how the entries of a view stand that the placements ids belong to.
func (sn *Snapshot) News(v View, ids []mail.PlacementID) (n News, err error) {
	r := &newsReader{sn: sn, v: v, inView: map[mail.MailboxID]bool{}}
	for _, id := range v.Mailboxes {
		r.inView[id] = true
	}
	asked, err := r.asked(ids)
	if err != nil {
		return n, err
	}
	for _, id := range ids {
		p, found := asked[id]
		if !found || !r.inView[p.mailbox] {
			r.news.Gone = append(r.news.Gone, Spot{id, p.spot.Date})
		} else if !v.Conversations {
			r.news.Groups = append(r.news.Groups, v.group([]standing{p}))
		}
	}
	if v.Conversations {
		err = r.conversations(ids, asked)
	}
	return r.news, err
}

// standing is a placement as a view sees it.
type standing struct {
	spot        Spot
	mailbox     mail.MailboxID
	account     int64
	thread      int64
	flags       mail.System
	attachments int
}

type newsReader struct {
	sn     *Snapshot
	v      View
	inView map[mail.MailboxID]bool
	news   News
}

const standingColumns = `p.id, p.date, coalesce(p.mailbox, 0), p.account, p.thread, p.flags, g.attachments`

func scanStanding(scan row) (p standing, err error) {
	var date int64
	err = scan(&p.spot.ID, &date, &p.mailbox, &p.account, &p.thread, &p.flags, &p.attachments)
	p.spot.Date = StampOf(date)
	return p, err
}

// asked reads the placements that are asked about.
func (r *newsReader) asked(ids []mail.PlacementID) (map[mail.PlacementID]standing, error) {
	text, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	found := make(map[mail.PlacementID]standing, len(ids))
	err = r.sn.each(func(scan row) error {
		p, err := scanStanding(scan)
		found[p.spot.ID] = p
		return err
	}, `SELECT `+standingColumns+` FROM json_each(?) j CROSS JOIN placement p ON p.id = j.value CROSS JOIN message g ON g.id = p.message`, string(text))
	return found, err
}

// conversations reads those that the placements belong to, each once. What is
// gone for good leaves no trace of its conversation.
func (r *newsReader) conversations(ids []mail.PlacementID, asked map[mail.PlacementID]standing) error {
	type key struct{ account, thread int64 }
	met := map[key]bool{}
	for _, id := range ids {
		p, found := asked[id]
		k := key{p.account, p.thread}
		if !found {
			r.news.Unsure = true
			continue
		}
		if met[k] {
			continue
		}
		met[k] = true
		list, err := r.members(p)
		if err != nil {
			return err
		}
		if len(list) > 0 {
			r.news.Groups = append(r.news.Groups, r.v.group(list))
		}
	}
	return nil
}

// members reads the messages of p's conversation in the view's mailboxes.
func (r *newsReader) members(p standing) (list []standing, err error) {
	n := 0
	err = r.sn.each(func(scan row) error {
		m, err := scanStanding(scan)
		n++
		if m.account == p.account && r.inView[m.mailbox] {
			list = append(list, m)
		}
		return err
	}, `SELECT `+standingColumns+` FROM (SELECT id FROM message WHERE thread = ? ORDER BY id DESC LIMIT ?) t
		CROSS JOIN message g ON g.id = t.id CROSS JOIN placement p ON p.message = g.id`, p.thread, longConversation)
	r.news.Unsure = r.news.Unsure || n >= longConversation
	return list, err
}

// group makes an entry of its messages.
func (v View) group(list []standing) (g Group) {
	slices.SortFunc(list, func(a, b standing) int { return a.spot.newer(b.spot) })
	for _, p := range list {
		g.Members = append(g.Members, p.spot)
		if g.Head.ID == 0 && v.Filter.passes(p.flags, p.attachments) {
			g.Head = p.spot
		}
	}
	return g
}
