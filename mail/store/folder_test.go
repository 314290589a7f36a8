package store

import (
	"slices"
	"testing"

	"postrider/mail"
)

func (r *room) paths(key mail.AccountID) (list []string) {
	r.t.Helper()
	for _, m := range r.mailboxes(key) {
		list = append(list, m.Path)
	}
	return list
}

// TestFolderIsThereAtOnce, and on the server when it was made there.
func TestFolderIsThereAtOnce(t *testing.T) {
	r := newRoom(t)
	r.do(mail.CreateMailbox{Account: acct, Path: "Work/New"})
	r.look()
	box := r.box("Work/New")
	task := r.task(acct)
	if task == nil || task.Kind != mail.OpCreateMailbox || task.Path != "Work/New" {
		t.Fatalf("the server is sent %+v", task)
	}
	r.settle(task, Done, 0)
	r.listed(acct, "INBOX", "Archive", "Trash", "A", "Work/New")
	if r.box("Work/New") != box {
		t.Error("the folder that the server lists is another one")
	}
	_, err := r.Do(r.ctx, mail.CreateMailbox{Account: acct, Path: "Work/New"})
	r.isKind(err, mail.KindInput)
	for _, path := range []string{"", "/", "a//b", "a/ /b", "a\nb", "\x00"} {
		_, err := r.Do(r.ctx, mail.CreateMailbox{Account: acct, Path: path})
		r.isKind(err, mail.KindInput)
	}
}

// TestRefusedFolderGoes, and what was moved into it is where it was.
func TestRefusedFolderGoes(t *testing.T) {
	r := newRoom(t)
	id := r.arrive(r.box("INBOX"), "letter")
	r.do(mail.CreateMailbox{Account: acct, Path: "New"})
	r.look()
	r.do(moveTo(r.box("New"), id))
	r.settle(r.task(acct), Refused, 0)
	r.shows(r.box("INBOX"), "letter")
	if slices.Contains(r.paths(acct), "New") {
		t.Error("it is still there")
	}
}

// TestRefusedFolderThatIsThereStays: somebody else made it meanwhile, and there
// is mail in it.
func TestRefusedFolderThatIsThereStays(t *testing.T) {
	r := newRoom(t)
	r.do(mail.CreateMailbox{Account: acct, Path: "New"})
	r.listed(acct, "INBOX", "Archive", "Trash", "A", "New")
	r.arrive(r.box("New"), "letter")
	r.settle(r.task(acct), Refused, 0)
	r.look()
	r.shows(r.box("New"), "letter")
	if list := r.pending(acct); len(list) != 0 {
		t.Errorf("still waiting: %+v", list)
	}
}

// TestRenameTakesWhatIsBelowAlong, and nothing that is only spelt alike.
func TestRenameTakesWhatIsBelowAlong(t *testing.T) {
	r := newRoom(t)
	names := []string{"INBOX", "Work", "Work/a", "Work/a/b", "work/c", "Workshop", "Work_/d", "Worx/e"}
	r.listed(acct, names...)
	before := map[string]mail.MailboxID{}
	for _, n := range names {
		before[n] = r.box(n)
	}
	r.do(mail.RenameMailbox{Mailbox: r.box("Work"), Path: "Play"})
	r.settle(r.task(acct), Done, 0)
	r.look()
	after := []string{"INBOX", "Play", "Play/a", "Play/a/b", "work/c", "Workshop", "Work_/d", "Worx/e"}
	for i, box := range r.listed(acct, after...) {
		if box.ID != before[names[i]] || box.Path != after[i] {
			t.Errorf("%s became %+v", names[i], box)
		}
	}
}

func TestRefusedRenameIsTakenBack(t *testing.T) {
	r := newRoom(t)
	r.listed(acct, "INBOX", "Work", "Work/a")
	r.do(mail.RenameMailbox{Mailbox: r.box("Work"), Path: "Play"})
	if got := r.paths(acct); !slices.Contains(got, "Play/a") {
		t.Errorf("shown are %v", got)
	}
	r.settle(r.task(acct), Refused, 0)
	if got := r.paths(acct); !slices.Contains(got, "Work/a") || slices.Contains(got, "Play") {
		t.Errorf("after the refusal shown are %v", got)
	}
	for name, path := range map[string]string{"INBOX": "Post", "Work": "Work/a/b"} {
		_, err := r.Do(r.ctx, mail.RenameMailbox{Mailbox: r.box(name), Path: path})
		r.isKind(err, mail.KindInput)
	}
}

// TestOnlyEmptyFoldersAreDeleted; a name that is spelt alike is no content.
func TestOnlyEmptyFoldersAreDeleted(t *testing.T) {
	r := newRoom(t)
	r.listed(acct, "INBOX", "A", "Full", "Parent", "Parent/child", "Empty", "empty/other", "Archive")
	r.arrive(r.box("Full"), "letter")
	for _, n := range []string{"Full", "Parent", "Archive"} {
		_, err := r.Do(r.ctx, mail.DeleteMailbox{Mailbox: r.box(n)})
		r.isKind(err, mail.KindInput)
	}
	r.do(mail.DeleteMailbox{Mailbox: r.box("Empty")})
	r.settle(r.task(acct), Done, 0)
	if slices.Contains(r.paths(acct), "Empty") {
		t.Error("it is still there")
	}
}

// TestNothingGoesIntoAFolderBeingDeleted: it would go with it.
func TestNothingGoesIntoAFolderBeingDeleted(t *testing.T) {
	r := newRoom(t)
	id := r.arrive(r.box("INBOX"), "letter")
	r.do(mail.DeleteMailbox{Mailbox: r.box("A")})
	for _, op := range []mail.Op{moveTo(r.box("A"), id), copyTo(r.box("A"), id)} {
		_, err := r.Do(r.ctx, op)
		r.isKind(err, mail.KindInput)
	}
	r.settle(r.task(acct), Done, 0)
	r.shows(r.box("INBOX"), "letter")
}

// TestFolderDroppedByTheServerKeepsWhatWasMovedOut: the server can move it no
// more, but the bytes are here.
func TestFolderDroppedByTheServerKeepsWhatWasMovedOut(t *testing.T) {
	r := newRoom(t)
	id := r.arrive(r.box("A"), "letter")
	r.do(moveTo(r.box("INBOX"), id))
	for range 4 {
		r.listed(acct, "INBOX", "Archive", "Trash")
	}
	r.shows(r.box("INBOX"), "letter")
	if kinds := r.carryOut(acct); !slices.Equal(kinds, []mail.OpKind{mail.OpAppend}) {
		t.Errorf("the server is sent %v, want the bytes", kinds)
	}
	r.shows(r.box("INBOX"), "letter")
}

func TestFoldersOfThisComputerAreDoneAtOnce(t *testing.T) {
	r := newRoom(t)
	r.do(mail.CreateMailbox{Account: pop, Path: "Old/2025"})
	r.look()
	r.do(mail.RenameMailbox{Mailbox: r.box("pop00001/Old/2025"), Path: "Older/2025"})
	r.look()
	r.do(mail.DeleteMailbox{Mailbox: r.box("pop00001/Older/2025")})
	if got := r.paths(pop); len(got) != 6 || len(r.pending("")) != 0 {
		t.Errorf("there are %v, waiting %+v", got, r.pending(""))
	}
}
