package store

import "slices"

// Top reads the first n entries of a view without its spine, newest first: what
// a list shows at once. all says that there are no others. It is there only for
// lists that begin with the newest; for others it is empty, and all is false.
func (sn *Snapshot) Top(v View, n int) (top Spine, all bool, err error) {
	if v.Sort != (Sort{}) {
		return Spine{}, false, nil
	}
	groups, err := sn.byAccount(v.Mailboxes)
	if err != nil {
		return Spine{}, false, err
	}
	all = true
	for _, boxes := range groups {
		part, whole, err := sn.topOf(boxes, v, n)
		if err != nil {
			return Spine{}, false, err
		}
		top, all = mergeSpines(top, part), all && whole
	}
	if top.Len() > n {
		top.IDs, top.Dates, all = top.IDs[:n], top.Dates[:n], false
	}
	return top, all, nil
}

// topOf is Top for mailboxes of one account. Conversations may hide most of what
// is newest, so it reads more until there are enough.
func (sn *Snapshot) topOf(boxes []sized, v View, n int) (top Spine, all bool, err error) {
	for depth := n + 1; ; depth *= 4 {
		list, whole, err := sn.newestOf(boxes, v.Filter, depth)
		if err != nil {
			return Spine{}, false, err
		}
		if v.Conversations {
			top = heads(list, n+1)
		} else {
			top = spineOf(list[:min(len(list), n+1)])
		}
		if whole || top.Len() > n {
			return top, whole && top.Len() <= n, nil
		}
	}
}

// newestOf merges the newest entries of some mailboxes, depth of each, down to
// where one of them was not read on; whole says that none was.
func (sn *Snapshot) newestOf(boxes []sized, f Filter, depth int) (list []spineEntry, whole bool, err error) {
	floor := spineEntry{}
	whole = true
	for _, box := range boxes {
		var last spineEntry
		got := 0
		if err := sn.walk(box.id, f, newest, depth, func(r run) bool {
			for i, id := range r.ids {
				last = spineEntry{StampOf(r.dates[i]), id, r.threads[i]}
				list = append(list, last)
			}
			got = r.len()
			return false
		}); err != nil {
			return nil, false, err
		}
		if got == depth {
			whole = false
			if last.newer(floor) < 0 {
				floor = last
			}
		}
	}
	slices.SortFunc(list, spineEntry.newer)
	if !whole {
		below := slices.IndexFunc(list, func(e spineEntry) bool { return floor.newer(e) < 0 })
		if below >= 0 {
			list = list[:below]
		}
	}
	return list, whole, nil
}

func spineOf(list []spineEntry) (s Spine) {
	for _, e := range list {
		s.IDs, s.Dates = append(s.IDs, e.id), append(s.Dates, e.date)
	}
	return s
}

// Count is how many entries a view has, or at most has: it is known at once,
// and exact for all messages and for unread ones, if not by conversation.
// known is false where nothing is kept of it.
func (sn *Snapshot) Count(v View) (n int, known bool, err error) {
	groups, err := sn.byAccount(v.Mailboxes)
	for _, boxes := range groups {
		for _, b := range boxes {
			n += b.expect(v.Filter)
		}
	}
	return n, v.Filter == All || v.Filter == Unread, err
}
