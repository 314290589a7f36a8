package mailtest

import "testing"

// Config lets a test choose every UIDL, also ones that repeat or come back,
// through a header of the message: what servers of the nineties did.
func TestMessagesMayChooseTheirUIDL(t *testing.T) {
	s := Dovecot(t, Config(ChosenUIDLs))
	for _, uidl := range []string{"one", "two", "one", "4", "5", "6", "7", "8", "9", "10", "11"} {
		if err := s.Deliver("bob", []byte("X-UIDL: "+uidl+"\nSubject: x\n\nx\n")); err != nil {
			t.Fatal(err)
		}
	}
	c := dial(t, s.POP3, nil)
	c.line()
	c.pop("USER bob")
	c.pop("PASS bob-secret")
	c.pop("UIDL")
	for _, want := range []string{"1 one", "2 two", "3 one", "4 4", "5 5"} {
		if got := c.line(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
