package vm

import (
	"cmp"
	"slices"

	"postrider/mail"
	"postrider/mail/client"
)

// order is the entries of a list. Where they are ordered by date they are kept
// oldest first, however they are shown: what comes is mostly newer than all
// that is there, and a million entries are not moved to put it before them.
type order struct {
	spine client.Spine
	dated bool // by date; else in an order that only the store knows
	down  bool // shown from the end
}

func (o *order) len() int { return len(o.spine.IDs) }

// place turns rows into places of the spine, and back.
func (o *order) place(i int) int {
	if o.down {
		return o.len() - 1 - i
	}
	return i
}

// at is the entry of row i.
func (o *order) at(i int) client.Spot {
	k := o.place(i)
	return client.Spot{ID: o.spine.IDs[k], Date: o.spine.Dates[k]}
}

func compareSpots(a, b client.Spot) int {
	return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.ID, b.ID))
}

// search is the place in a dated spine where an entry is or would be.
func (o *order) search(s client.Spot) (k int, found bool) {
	k, _ = slices.BinarySearchFunc(o.spine.Dates, s.Date, cmp.Compare)
	for k < o.len() && o.spine.Dates[k] == s.Date && o.spine.IDs[k] < s.ID {
		k++
	}
	return k, k < o.len() && o.spine.Dates[k] == s.Date && o.spine.IDs[k] == s.ID
}

// locate is the place of an entry in the spine, or -1. Its date, which never
// changes, makes it quick; without one all are looked at.
func (o *order) locate(s client.Spot) int {
	if !o.dated || s.Date == 0 {
		return slices.Index(o.spine.IDs, s.ID)
	}
	if k, found := o.search(s); found {
		return k
	}
	return -1
}

// locateAll is locate for many, which looks at all of the spine once at most.
func (o *order) locateAll(list []client.Spot) []int {
	places := make([]int, len(list))
	wanted := map[mail.PlacementID]int{} // where in list
	for i, s := range list {
		if o.dated && s.Date != 0 {
			places[i] = o.locate(s)
			continue
		}
		places[i] = -1
		wanted[s.ID] = i
	}
	if len(wanted) == 0 {
		return places
	}
	for k, id := range o.spine.IDs {
		if i, is := wanted[id]; is {
			places[i] = k
		}
	}
	return places
}

// find is the row of an entry, or -1.
func (o *order) find(s client.Spot) int {
	k := o.locate(s)
	if k < 0 {
		return -1
	}
	return o.place(k)
}

// edit takes the entries at some places out, and puts others in: of a dated
// spine alone. places is in any order; so is add.
func (o *order) edit(places []int, add []client.Spot) {
	o.take(places)
	slices.SortFunc(add, compareSpots)
	o.merge(slices.CompactFunc(add, func(a, b client.Spot) bool { return a.ID == b.ID }))
}

func (o *order) take(places []int) {
	if len(places) == 0 {
		return
	}
	slices.Sort(places)
	places = slices.Compact(places)
	ids, dates := o.spine.IDs, o.spine.Dates
	to := places[0]
	for n, k := range places {
		until := len(ids)
		if n+1 < len(places) {
			until = places[n+1]
		}
		copy(dates[to:], dates[k+1:until])
		to += copy(ids[to:], ids[k+1:until])
	}
	o.spine.IDs, o.spine.Dates = ids[:to], dates[:to]
}

// merge puts entries in, from the end: mostly they are the newest, and nothing
// has to make room.
func (o *order) merge(add []client.Spot) {
	if len(add) == 0 {
		return
	}
	from := o.len() - 1
	ids := append(o.spine.IDs, make([]mail.PlacementID, len(add))...)
	dates := append(o.spine.Dates, make([]client.Stamp, len(add))...)
	for n, to := len(add)-1, len(ids)-1; n >= 0; to-- {
		if from >= 0 && compareSpots(client.Spot{ID: ids[from], Date: dates[from]}, add[n]) > 0 {
			ids[to], dates[to] = ids[from], dates[from]
			from--
			continue
		}
		ids[to], dates[to] = add[n].ID, add[n].Date
		n--
	}
	o.spine.IDs, o.spine.Dates = ids, dates
}
