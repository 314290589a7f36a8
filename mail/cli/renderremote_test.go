package cli

import (
	"context"
	"testing"

	"postrider/mail/html"
)

// lateResolver has each picture when it is asked for the second time.
type lateResolver struct {
	asked   map[string]int
	arrived func(ref string)
}

func (l *lateResolver) Resolve(ref string) ([]byte, html.State) {
	l.asked[ref]++
	if l.asked[ref] == 1 {
		go l.arrived(ref)
		return nil, html.Waiting
	}
	return []byte("picture"), html.Ready
}

func TestRemotePicturesAreWaitedFor(t *testing.T) {
	late := &lateResolver{asked: map[string]int{}}
	r := newRemotePictures(late)
	late.arrived = r.arrived
	s := &source{remote: r}
	for _, ref := range []string{"https://example.org/a", "https://example.org/b"} {
		if _, state := s.Resolve(ref); state != html.Waiting {
			t.Errorf("%s is %v before it has come", ref, state)
		}
	}
	if !r.wait(context.Background()) {
		t.Error("nothing has come")
	}
	for _, ref := range []string{"https://example.org/a", "https://example.org/b"} {
		if _, state := s.Resolve(ref); state != html.Ready {
			t.Errorf("%s is %v after it has come", ref, state)
		}
	}
	if r.wait(context.Background()) {
		t.Error("there is more to wait for")
	}
}

// Without the flag nothing is asked for.
func TestRemotePicturesAreBlocked(t *testing.T) {
	if _, state := (&source{}).Resolve("https://example.org/a"); state != html.Blocked {
		t.Errorf("the picture is %v", state)
	}
}

func TestNobodyWaitsForever(t *testing.T) {
	r := newRemotePictures(&lateResolver{asked: map[string]int{}, arrived: func(string) {}})
	r.Resolve("https://example.org/never")
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if r.wait(ctx) {
		t.Error("something has come")
	}
}
