package store

import (
	"fmt"
	"testing"
	"time"

	"postrider/mail"
)

// TestImport: what is brought in is shown at once; for a server it waits to be
// uploaded, on this computer it is there for good. Bytes and flags are kept,
// and two copies of one message stay two.
func TestImport(t *testing.T) {
	for _, protocol := range []Protocol{IMAP, POP3} {
		t.Run(string(protocol), func(t *testing.T) {
			s, err := Open(t.Context(), t.TempDir(), Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			box := importInto(t, s, protocol)
			var list []Incoming
			for _, n := range []int{1, 2, 2} {
				raw := fmt.Sprintf("Message-ID: <%d@x.example>\r\nDate: Mon, 3 Mar 2025 10:00:00 +0000\r\nSubject: %d\r\n\r\nbody", n, n)
				st, err := s.StageBytes(t.Context(), []byte(raw))
				if err != nil {
					t.Fatal(err)
				}
				list = append(list, Incoming{Staged: st, Flags: mail.FlagsOf(`\Seen`, "work"), Received: time.Unix(1741000000, 0)})
			}
			made, err := s.Import(t.Context(), box, list)
			if err != nil || len(made) != 3 {
				t.Fatalf("Import = %v, %v; want three placements", made, err)
			}
			checkImported(t, s, box, protocol)
			if rep, err := s.Check(t.Context(), false, nil); err != nil || !rep.OK() {
				t.Errorf("check: %v %+v", err, rep.Problems)
			}
		})
	}
}

func importInto(t *testing.T, s *Store, protocol Protocol) mail.MailboxID {
	t.Helper()
	if err := s.AddAccount(t.Context(), "acc", protocol); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Do(t.Context(), mail.CreateMailbox{Account: "acc", Path: "Old"}); err != nil {
		t.Fatal(err)
	}
	var id mail.MailboxID
	s.Read(t.Context(), func(sn *Snapshot) error {
		list, err := sn.Mailboxes("acc")
		for _, m := range list {
			if m.Path == "Old" {
				id = m.ID
			}
		}
		return err
	})
	return id
}

func checkImported(t *testing.T, s *Store, box mail.MailboxID, protocol Protocol) {
	t.Helper()
	err := s.Read(t.Context(), func(sn *Snapshot) error {
		rows, err := sn.List(Page{Mailboxes: []mail.MailboxID{box}, Limit: 10})
		if len(rows) != 3 {
			t.Errorf("%d rows are shown, want 3", len(rows))
		}
		for _, r := range rows {
			if r.Flags != mail.FlagsOf(`\Seen`, "work") || !r.Here || r.Received.Unix() != 1741000000 {
				t.Errorf("row %+v: want its flags, its bytes and when it was received", r)
			}
		}
		waiting := 0
		pending, perr := sn.Pending("acc")
		for _, p := range pending {
			if p.Kind == mail.OpAppend {
				waiting += len(p.Targets)
			}
		}
		if want := map[Protocol]int{IMAP: 3, POP3: 0}[protocol]; waiting != want {
			t.Errorf("%d appends wait, want %d", waiting, want)
		}
		if err == nil {
			err = perr
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
