package store

import (
	"cmp"
	"slices"
	"strings"

	"postrider/mail"
)

// Correspondent is somebody who wrote to the person, or was written to.
type Correspondent struct {
	Name, Addr string
	Messages   int   // among those that were looked at
	Last       int64 // Unix seconds
}

// Correspondents returns who wrote the newest messages, those with the most of
// them first; look is how many messages to look at.
func (sn *Snapshot) Correspondents(look int) (list []Correspondent, err error) {
	at := map[string]int{}
	err = sn.each(func(scan row) error {
		var c Correspondent
		if err := scan(&c.Name, &c.Addr, &c.Messages, &c.Last); err != nil || c.Addr == "" {
			return err
		}
		key := strings.ToLower(c.Addr)
		i, met := at[key]
		if !met {
			at[key] = len(list)
			list = append(list, c)
			return nil
		}
		had := &list[i]
		had.Messages += c.Messages
		if c.Last > had.Last || had.Name == "" && c.Name != "" {
			had.Name, had.Addr, had.Last = cmp.Or(c.Name, had.Name), c.Addr, max(c.Last, had.Last)
		}
		return nil
	}, `SELECT g.from_name, g.from_addr, count(*), max(g.date) FROM (SELECT message FROM placement INDEXED BY placement_date
		WHERE mailbox IS NOT NULL ORDER BY date DESC, id DESC LIMIT ?) p JOIN message g ON g.id = p.message GROUP BY g.from_addr, g.from_name`, look)
	slices.SortFunc(list, func(a, b Correspondent) int {
		return cmp.Or(cmp.Compare(b.Messages, a.Messages), cmp.Compare(b.Last, a.Last), cmp.Compare(a.Addr, b.Addr))
	})
	return list, err
}

// Coverage is what of an account's mail a search looks into.
type Coverage struct {
	Account  mail.AccountID
	Messages int // in its mailboxes, each copy
	Bodiless int // of them, those whose text is not on this computer
}

// Coverage returns what searches cover, by account.
func (sn *Snapshot) Coverage() (list []Coverage, err error) {
	boxes, err := sn.Mailboxes("")
	if err != nil {
		return nil, err
	}
	at := map[mail.AccountID]int{}
	for _, m := range boxes {
		i, met := at[m.Account]
		if !met {
			i = len(list)
			at[m.Account] = i
			list = append(list, Coverage{Account: m.Account})
		}
		list[i].Messages += m.Total
	}
	return list, sn.each(func(scan row) error {
		var key mail.AccountID
		var n int
		err := scan(&key, &n)
		if i, met := at[key]; met {
			list[i].Bodiless = n
		}
		return err
	}, `SELECT a.key, count(*) FROM message g INDEXED BY message_bodiless CROSS JOIN placement p ON p.message = g.id
		CROSS JOIN account a ON a.id = p.account WHERE g.length = 0 AND p.mailbox IS NOT NULL GROUP BY a.key`)
}
