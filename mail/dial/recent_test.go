package dial_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"postrider/mail/dial"
)

func TestRecentKeepsTheLastLinesWithoutSecrets(t *testing.T) {
	r := dial.NewRecent(2000, func() time.Time { return time.Unix(0, 0) })
	w := r.Writer("abcdefgh")
	fmt.Fprint(w, "C: a1 LOGIN ada hun")
	fmt.Fprint(w, "ter2\r\nS: a1 NO hunter2 is wrong\x1b[31m\n")
	fmt.Fprintln(r.Writer("zzzzzzzz"), "S: another account")
	r.Hide("hunter2") // also what was said before
	got := r.Text("abcdefgh")
	want := "1970-01-01T00:00:00.000Z abcdefgh C: a1 LOGIN ada [hidden]\n1970-01-01T00:00:00.000Z abcdefgh S: a1 NO [hidden] is wrong\\x1b[31m\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for i := range 200 {
		fmt.Fprintf(w, "S: * %d EXISTS\n", i)
	}
	got = r.Text("")
	if strings.Contains(got, "LOGIN") || !strings.HasSuffix(got, "S: * 199 EXISTS\n") {
		t.Errorf("after many lines:\n%s", got)
	}
	if n := len(got); n > 8000 {
		t.Errorf("it keeps %d bytes", n)
	}
}

func TestRecentCutsNoSecretOpen(t *testing.T) {
	r := dial.NewRecent(1<<20, nil)
	secret := strings.Repeat("correct horse battery ", 20)
	r.Hide(secret)
	w := r.Writer("abcdefgh")
	for _, before := range []int{1990, 7600, 7990} {
		fmt.Fprintln(w, strings.Repeat("x", before)+secret)
	}
	if got := r.Text(""); strings.Contains(got, "horse") {
		t.Errorf("a secret shows: %s", got[strings.Index(got, "horse")-20:])
	}
}

func TestNoRecentIsNoWriter(t *testing.T) {
	if w := (*dial.Recent)(nil).Writer("abcdefgh"); w != nil {
		t.Error("a writer to nowhere")
	}
}
