package vm_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"postrider/gui/vm"
	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/message"
	"postrider/mail/store"
)

// library is a store that a list reads without a client.
type library struct{ *store.Store }

func read[T any](s *store.Store, ctx context.Context, fn func(*store.Snapshot) (T, error)) (answer T, err error) {
	err = s.Read(ctx, func(sn *store.Snapshot) (err error) {
		answer, err = fn(sn)
		return err
	})
	return answer, err
}

func (l library) Top(ctx context.Context, v client.View, n int) (client.Top, error) {
	return read(l.Store, ctx, func(sn *store.Snapshot) (t client.Top, err error) {
		if t.Spine, t.All, err = sn.Top(v, n); err == nil {
			t.Count, _, err = sn.Count(v)
		}
		if err == nil {
			t.Rows, err = sn.Gather(v, t.Spine.IDs)
		}
		return t, err
	})
}

func (l library) Spine(ctx context.Context, v client.View) (client.Spine, error) {
	return read(l.Store, ctx, func(sn *store.Snapshot) (client.Spine, error) { return sn.Spine(v) })
}

func (l library) Gather(ctx context.Context, v client.View, ids []mail.PlacementID) ([]client.Gathered, error) {
	return read(l.Store, ctx, func(sn *store.Snapshot) ([]client.Gathered, error) { return sn.Gather(v, ids) })
}

func (l library) News(ctx context.Context, v client.View, ids []mail.PlacementID) (client.News, error) {
	return read(l.Store, ctx, func(sn *store.Snapshot) (client.News, error) { return sn.News(v, ids) })
}

func (l library) Members(ctx context.Context, v client.View, ids []mail.PlacementID) ([]mail.PlacementID, error) {
	return read(l.Store, ctx, func(sn *store.Snapshot) ([]mail.PlacementID, error) { return sn.Members(v, ids) })
}

// hall is a list on a store with two IMAP accounts, in which things happen.
type hall struct {
	*table
	t      *testing.T
	ctx    context.Context
	store  *store.Store
	sub    *store.Subscription
	seen   uint64
	list   *vm.List
	deltas []vm.Delta
	boxes  map[string]mail.MailboxID // "one/INBOX"
	names  []string
	owner  map[string]mail.AccountID
	uid    mail.UID
	wrote  int
}

func newHall(t *testing.T) *hall {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "postrider-list-")
	if err != nil {
		dir = t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	h := &hall{table: newTable(), t: t, ctx: context.WithoutCancel(t.Context()), boxes: map[string]mail.MailboxID{}, owner: map[string]mail.AccountID{}}
	s, err := store.Open(h.ctx, dir, store.Options{Now: func() time.Time { return h.now }})
	h.must(err)
	t.Cleanup(func() { h.check(); s.Close() })
	h.store = s
	for _, acc := range []mail.AccountID{"one", "two"} {
		h.must(s.AddAccount(h.ctx, acc, store.IMAP))
		var list []mail.Mailbox
		for _, name := range []string{"INBOX", "Archive", "Sent", "Trash"} {
			role := mail.Role(strings.ToLower(name))
			list = append(list, mail.Mailbox{Path: name, Remote: name, Delim: "/", Role: role})
		}
		known, err := s.Mirror(acc).Listed(h.ctx, list)
		h.must(err)
		for _, m := range known {
			name := string(acc) + "/" + m.Path
			h.boxes[name], h.names, h.owner[name] = m.ID, append(h.names, name), acc
			h.must(s.Mirror(acc).Begin(h.ctx, m.ID, 1))
		}
	}
	h.sub, h.seen = s.Subscribe()
	h.list = vm.NewList(&h.Desk, library{s}, vm.ListOptions{Mine: func(a string) bool { return a == "me@test.example" }, Zone: func() *time.Location { return time.UTC }})
	h.list.Changed = func(d vm.Delta) { h.deltas = append(h.deltas, d) }
	return h
}

func (h *hall) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *hall) check() {
	rep, err := h.store.Check(h.ctx, false, nil)
	h.must(err)
	for _, p := range rep.Problems {
		h.t.Errorf("check: %s: %s", p.Kind, p.What)
	}
}

// letter is how a message comes.
type letter struct {
	id, refs string
	from     string
	subject  string
	flags    []string
	ago      time.Duration
}

// comes delivers messages to a mailbox of the server's, in one batch.
func (h *hall) comes(box string, letters ...letter) (ids []mail.PlacementID) {
	h.t.Helper()
	var list []store.Seen
	for _, l := range letters {
		h.uid++
		h.wrote++
		if l.id == "" {
			l.id = fmt.Sprint("m", h.wrote)
		}
		if l.from == "" {
			l.from = "Ada Lovelace <ada@test.example>"
		}
		date := h.now.Add(-l.ago)
		raw := fmt.Sprintf("Message-ID: <%s@x>\r\nFrom: %s\r\nTo: Bob <bob@test.example>\r\nSubject: %s\r\nDate: %s\r\n", l.id, l.from, l.subject, date.Format(time.RFC1123Z))
		for _, r := range strings.Fields(l.refs) {
			raw += "References: <" + r + "@x>\r\n"
		}
		list = append(list, store.Seen{UID: h.uid, Flags: mail.FlagsOf(l.flags...), Received: date, Size: 100, Header: message.ParseHeader([]byte(raw + "\r\n"))})
	}
	_, err := h.store.Mirror(h.owner[box]).Seen(h.ctx, h.boxes[box], list)
	h.must(err)
	for _, b := range h.batches() {
		for _, c := range b.Changes {
			if added, ok := c.(mail.PlacementsAdded); ok {
				ids = append(ids, added.IDs...)
			}
		}
		h.list.Apply([]mail.Batch{b})
	}
	return ids
}

// batches are those since the last call.
func (h *hall) batches() (all []mail.Batch) {
	h.t.Helper()
	mark, last := h.store.Subscribe()
	mark.Close()
	for h.seen < last {
		list, err := h.sub.Next(h.ctx)
		h.must(err)
		all = append(all, list...)
		h.seen = list[len(list)-1].Seq
	}
	return all
}

// hear gives the list what happened.
func (h *hall) hear() { h.list.Apply(h.batches()) }

func (h *hall) do(ops ...mail.Op) {
	h.t.Helper()
	_, err := h.store.Do(h.ctx, ops...)
	if !mail.Is(err, mail.KindGone) {
		h.must(err)
	}
	h.hear()
}

func (h *hall) open(v client.View) {
	h.list.Open(v)
	h.list.Want(0, 20)
	h.settle()
}

func (h *hall) view(boxes ...string) (v client.View) {
	for _, name := range boxes {
		v.Mailboxes = append(v.Mailboxes, h.boxes[name])
	}
	return v
}

// truth is the view read anew.
func (h *hall) truth(v client.View) (ids []mail.PlacementID) {
	h.t.Helper()
	s, err := library{h.store}.Spine(h.ctx, v)
	h.must(err)
	ids = s.IDs
	if (v.Sort.By == client.ByDate) != v.Sort.Reverse {
		slices.Reverse(ids)
	}
	return ids
}

func (h *hall) shown() (ids []mail.PlacementID) {
	for i := range h.list.Len() {
		ids = append(ids, h.list.ID(i))
	}
	return ids
}

func (h *hall) flag(id mail.PlacementID, flag string) {
	h.t.Helper()
	h.do(mail.SetFlags{Targets: []mail.PlacementID{id}, Patch: mail.FlagPatch{Add: mail.FlagsOf(flag)}})
}

func (h *hall) move(to string, ids ...mail.PlacementID) {
	h.t.Helper()
	h.do(mail.Move{Targets: ids, To: h.boxes[to]})
}

// something lets anything happen that can happen to mail.
func (h *hall) something(r *rand.Rand) {
	box := h.names[r.IntN(len(h.names))]
	any := func() []mail.PlacementID {
		rows, err := read(h.store, h.ctx, func(sn *store.Snapshot) ([]store.Row, error) {
			return sn.List(store.Page{Mailboxes: []mail.MailboxID{h.boxes[box]}, Limit: 200})
		})
		h.must(err)
		var ids []mail.PlacementID
		for _, row := range rows {
			if len(ids) == 0 || r.IntN(20) == 0 {
				ids = append(ids, rows[r.IntN(len(rows))].ID, row.ID)
			}
		}
		return ids
	}
	switch r.IntN(10) {
	case 0, 1, 2, 3:
		var list []letter
		for range 1 + r.IntN(5) {
			l := letter{id: fmt.Sprint("c", h.wrote, "-", len(list)), subject: fmt.Sprint("subject ", r.IntN(50)), ago: time.Duration(r.IntN(400)) * time.Hour}
			for range r.IntN(3) { // up to two conversations become one
				l.refs += fmt.Sprintf(" c%d-0", r.IntN(h.wrote+1))
			}
			if r.IntN(2) == 0 {
				l.flags = append(l.flags, `\Seen`)
			}
			if r.IntN(4) == 0 {
				l.flags = append(l.flags, `\Flagged`)
			}
			list = append(list, l)
		}
		h.comes(box, list...)
	case 4:
		if ids := any(); len(ids) > 0 {
			h.do(mail.SetFlags{Targets: ids, Patch: mail.FlagPatch{Add: mail.Bits(mail.Seen), Remove: mail.Bits(mail.Flagged)}})
		}
	case 5:
		if ids := any(); len(ids) > 0 {
			h.do(mail.SetFlags{Targets: ids, Patch: mail.FlagPatch{Remove: mail.Bits(mail.Seen), Add: mail.Bits(mail.Flagged)}})
		}
	case 6, 7:
		to := h.names[r.IntN(len(h.names))]
		if ids := any(); len(ids) > 0 && h.owner[to] == h.owner[box] {
			h.move(to, ids...)
		}
	case 8:
		if ids := any(); len(ids) > 0 {
			h.do(mail.Expunge{Targets: ids[:1]})
		}
	case 9:
		if _, err := h.store.Undo(h.ctx); !mail.Is(err, mail.KindGone) {
			h.must(err)
		}
		h.hear()
	}
}

func views(h *hall) map[string]client.View {
	inboxes, all := h.view("one/INBOX", "two/INBOX"), h.view(h.names...)
	conversations := all
	conversations.Conversations = true
	unread := all
	unread.Filter = client.Unread
	starred := conversations
	starred.Filter = client.Starred
	oldest := inboxes
	oldest.Sort.Reverse = true
	inbox := h.view("one/INBOX")
	inbox.Conversations = true
	subject, size := inboxes, inbox
	subject.Sort.By, size.Sort = client.BySubject, client.Sort{By: client.BySize, Reverse: true}
	return map[string]client.View{
		"inboxes": inboxes, "conversations": conversations, "unread": unread, "starred conversations": starred,
		"oldest first": oldest, "conversations of one": inbox, "by subject": subject, "by size": size,
	}
}

// TestListIsWhatAFreshReadingSays: whatever happens, and whenever answers come,
// the list ends as the store says it is.
func TestListIsWhatAFreshReadingSays(t *testing.T) {
	for seed := range uint64(3) {
		for name := range views(newHall(t)) {
			t.Run(fmt.Sprint(name, " ", seed), func(t *testing.T) {
				h := newHall(t)
				r := rand.New(rand.NewPCG(seed, 7))
				v := views(h)[name]
				for range 30 {
					h.something(r)
				}
				h.open(v)
				for range 60 {
					switch r.IntN(20) {
					case 0:
						h.list.Open(v)
					case 1:
						h.batches() // unheard: the subscriber was too slow
						h.list.Apply([]mail.Batch{{Changes: []mail.Change{mail.Gap{}}}})
					}
					h.something(r)
					for range r.IntN(4) { // some answers come now, some later
						h.one(r)
					}
				}
				h.pass(time.Minute)
				h.compare(v)
				h.open(v)
				if got, want := h.shown(), h.truth(v); !slices.Equal(got, want) {
					t.Errorf("opened anew it shows %v, want %v", got, want)
				}
			})
		}
	}
}

// one lets one thing happen that waits to: a long reading may see less than a
// short one, and come later.
func (h *hall) one(r *rand.Rand) {
	list := &h.jobs
	if len(h.posts) > 0 && (len(h.jobs) == 0 || r.IntN(2) == 0) {
		list = &h.posts
	}
	if len(*list) > 0 {
		i := r.IntN(len(*list))
		fn := (*list)[i]
		*list = slices.Delete(*list, i, i+1)
		fn()
	}
}

// compare holds the list against the store. What it shows beyond is what does
// not pass the filter any more.
func (h *hall) compare(v client.View) {
	h.t.Helper()
	want := h.truth(v)
	var got, kept []mail.PlacementID
	for _, id := range h.shown() {
		if slices.Contains(want, id) {
			got = append(got, id)
		} else {
			kept = append(kept, id)
		}
	}
	if !slices.Equal(got, want) || v.Filter == client.All && len(kept) > 0 {
		h.t.Fatalf("shows %v and keeps %v, want %v", got, kept, want)
	}
	for i := range h.list.Len() {
		h.list.Want(i, i+1)
		h.settle()
		fresh, err := library{h.store}.Gather(h.ctx, v, []mail.PlacementID{h.list.ID(i)})
		h.must(err)
		if len(fresh) != 1 {
			h.t.Fatalf("row %d is in no mailbox", i)
		}
		row := h.list.Row(i)
		if row.Loading || row.Row != fresh[0].Row || row.Count != fresh[0].Messages || row.Unread != (fresh[0].Unread > 0) {
			h.t.Errorf("row %d shows %+v, want %+v", i, row, fresh[0])
		}
	}
}
