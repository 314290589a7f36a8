package contact

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"postrider/mail"
	"postrider/mail/message"
)

// books are cards as programs export them.
var books = map[string]struct {
	text string
	want []Contact
}{
	"4.0, preferred": {
		"BEGIN:VCARD\nVERSION:4.0\nUID:urn:uuid:03A0E51F\nFN:Ada Lovelace\nEMAIL;PREF=20:old@example.org\nEMAIL;PREF=1:ada@example.org\nEND:VCARD\n",
		[]Contact{{UID: "03a0e51f", Name: "Ada Lovelace", Addresses: []string{"ada@example.org", "old@example.org"}}},
	},
	"3.0 of Apple, grouped": {
		"BEGIN:VCARD\r\nVERSION:3.0\r\nN:Brandt;Tomasz;;Dr.;\r\nitem1.EMAIL;type=INTERNET;type=pref:tomasz@example.org\r\nitem1.X-ABLabel:_$!<Other>!$_\r\nEND:VCARD\r\n",
		[]Contact{{Name: "Dr. Tomasz Brandt", Addresses: []string{"tomasz@example.org"}}},
	},
	"2.1, quoted-printable": {
		"BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg =\nM=C3=BCller\nEMAIL;INTERNET;HOME:joerg@example.org\nEND:VCARD\n",
		[]Contact{{Name: "Jörg Müller", Addresses: []string{"joerg@example.org"}}},
	},
	"2.1, an old charset": {
		"BEGIN:VCARD\nVERSION:2.1\nFN:J\xf6rg\nEMAIL:joerg@example.org\nEND:VCARD\n",
		[]Contact{{Name: "Jörg", Addresses: []string{"joerg@example.org"}}},
	},
	"folded, with a picture": {
		"BEGIN:VCARD\nVERSION:3.0\nFN:A very long\n  name\nPHOTO;ENCODING=b:" + strings.Repeat(strings.Repeat("QUJD", 18)+"\n ", 20_000) + "\nEMAIL:\n a@example.org\nEND:VCARD\n",
		[]Contact{{Name: "A very long name", Addresses: []string{"a@example.org"}}},
	},
	"a group": {
		"BEGIN:VCARD\nVERSION:4.0\nKIND:group\nFN:The choir\nMEMBER:urn:uuid:A1\nMEMBER:mailto:bo@example.org\nEND:VCARD\n",
		[]Contact{{Name: "The choir", Group: true, Members: []string{"a1", "bo@example.org"}}},
	},
	"categories": {
		"BEGIN:VCARD\nVERSION:3.0\nFN:A\nEMAIL:a@example.org\nCATEGORIES:Sailing,myContacts\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nFN:B\nEMAIL:b@example.org\nCATEGORIES:sailing\nEND:VCARD\n",
		[]Contact{{Name: "A", Addresses: []string{"a@example.org"}}, {Name: "B", Addresses: []string{"b@example.org"}}, {Name: "Sailing", Group: true, Members: []string{"a@example.org", "b@example.org"}}},
	},
	"a card within a card": {
		"BEGIN:VCARD\nVERSION:2.1\nFN:Boss\nAGENT:\nBEGIN:VCARD\nFN:Agent\nEMAIL:agent@example.org\nEND:VCARD\nEMAIL:boss@example.org\nEND:VCARD\n",
		[]Contact{{Name: "Boss", Addresses: []string{"boss@example.org"}}},
	},
	"nothing that can be seen is forged": {
		"BEGIN:VCARD\nVERSION:4.0\nFN:Bank\\nEMAIL:evil@x.example\u202egro.elpmaxe\nEMAIL:bank@example.org\\nMEMBER:x\nEMAIL:ok@example.org\nEND:VCARD\n",
		[]Contact{{Name: "Bank EMAIL:evil@x.examplegro.elpmaxe", Addresses: []string{"ok@example.org"}}},
	},
	"a quoted parameter": {
		"BEGIN:VCARD\nVERSION:4.0\nFN;SORT-AS=\"a:b;c\":Ada\nEMAIL:ada@example.org\nEND:VCARD\n",
		[]Contact{{Name: "Ada", Addresses: []string{"ada@example.org"}}},
	},
}

func TestCards(t *testing.T) {
	for name, b := range books {
		t.Run(name, func(t *testing.T) {
			got, left, err := Read(strings.NewReader(b.text))
			if err != nil || left != 0 || !reflect.DeepEqual(got, b.want) {
				t.Errorf("%+v, %d left out, %v\nwant %+v", got, left, err, b.want)
			}
			var out bytes.Buffer
			if err := Write(&out, got); err != nil {
				t.Fatal(err)
			}
			if again, _, err := Read(&out); err != nil || !reflect.DeepEqual(again, got) {
				t.Errorf("written and read again: %+v, %v", again, err)
			}
		})
	}
}

func TestWhatIsNoCard(t *testing.T) {
	if _, _, err := Read(strings.NewReader("From: a@example.org\n\nHello")); !mail.Is(err, mail.KindInput) {
		t.Errorf("%v", err)
	}
	list, left, err := Read(strings.NewReader("rubbish\nBEGIN:VCARD\nFN:No address\nEND:VCARD\nEND:VCARD\nBEGIN:VCARD\nEMAIL:a@example.org\n"))
	if err != nil || left != 1 || len(list) != 1 {
		t.Errorf("%+v, %d, %v", list, left, err)
	}
}

func TestContactsComeTogether(t *testing.T) {
	have := []Contact{
		{UID: "1", Name: "Ada", Addresses: []string{"ada@example.org"}},
		{Name: "Bo", Addresses: []string{"bo@example.org"}},
		{Name: "Choir", Group: true, Members: []string{"1"}},
	}
	all, added, changed := Merge(have, []Contact{
		{UID: "1", Name: "Ada King", Addresses: []string{"king@example.org"}},
		{Name: "Bo", Addresses: []string{"BO@example.org"}},
		{Name: "choir", Group: true, Members: []string{"1", "bo@example.org"}},
		{Name: "Cy", Addresses: []string{"cy@example.org"}},
	})
	if added != 1 || changed != 3 || len(all) != 4 || all[0].Name != "Ada King" || !slices.Equal(all[0].Addresses, []string{"king@example.org", "ada@example.org"}) || len(all[1].Addresses) != 1 {
		t.Errorf("%d added, %d changed: %+v", added, changed, all)
	}
	people, groups := People(all)
	want := []Circle{{"choir", []message.Address{{Name: "Ada King", Addr: "king@example.org"}, {Name: "Bo", Addr: "bo@example.org"}}}}
	if len(people) != 4 || !reflect.DeepEqual(groups, want) {
		t.Errorf("%+v, %+v", people, groups)
	}
	if again, added, changed := Merge(all, all); added+changed != 0 || len(again) != len(all) {
		t.Errorf("the same again: %d added, %d changed", added, changed)
	}
}

// A hostile card takes neither time nor room.
func TestEndlessCards(t *testing.T) {
	var b strings.Builder
	b.WriteString("BEGIN:VCARD\nVERSION:4.0\nKIND:group\nFN:" + strings.Repeat("x", 1<<20) + "\n")
	for i := range 200_000 {
		fmt.Fprintf(&b, "MEMBER:mailto:m%d@example.org\n", i)
	}
	b.WriteString(strings.Repeat("BEGIN:VCARD\n", 200_000))
	list, _, err := Read(strings.NewReader(b.String()))
	if err != nil || len(list) != 1 || len(list[0].Members) > maxMembers || len(list[0].Name) > maxName {
		t.Errorf("%d, %v", len(list), err)
	}
}

func FuzzRead(f *testing.F) {
	for _, b := range books {
		f.Add(b.text[:min(len(b.text), 2000)])
	}
	f.Fuzz(func(t *testing.T, text string) {
		list, _, err := Read(strings.NewReader(text))
		if err != nil {
			return
		}
		for _, c := range list {
			for _, s := range append(append([]string{c.Name, c.UID}, c.Addresses...), c.Members...) {
				if strings.ContainsAny(s, "\r\n\x00\x1b") {
					t.Errorf("%q has control characters", s)
				}
			}
		}
		var out bytes.Buffer
		if err := Write(&out, list); err != nil {
			t.Fatal(err)
		}
		again, _, err := Read(&out)
		if len(list) > 0 && (err != nil || len(again) < len(list)) {
			t.Errorf("%d contacts, read again %d: %v\n%+v\n%+v", len(list), len(again), err, list, again)
		}
	})
}
