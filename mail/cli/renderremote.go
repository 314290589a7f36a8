package cli

import (
	"context"
	"sync"
	"time"

	"postrider/mail/html"
)

// remotePictures waits for pictures that come later, for those who want them all
// before they look.
type remotePictures struct {
	from html.Resolver

	mu   sync.Mutex
	came map[string]chan struct{} // closed when the picture is there, or will not come
	late []chan struct{}          // of those that were asked for in vain
}

// newRemotePictures waits for the pictures of a resolver; who fetches them calls
// arrived for each.
func newRemotePictures(from html.Resolver) *remotePictures {
	return &remotePictures{from: from, came: map[string]chan struct{}{}}
}

// Resolve implements html.Resolver.
func (r *remotePictures) Resolve(ref string) ([]byte, html.State) {
	data, state := r.from.Resolve(ref)
	if state == html.Waiting {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.late = append(r.late, r.signal(ref))
	}
	return data, state
}

// signal is what tells about a picture. The lock is held.
func (r *remotePictures) signal(ref string) chan struct{} {
	if r.came[ref] == nil {
		r.came[ref] = make(chan struct{})
	}
	return r.came[ref]
}

// arrived says that a picture is there, or will not come.
func (r *remotePictures) arrived(ref string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	came := r.signal(ref)
	select {
	case <-came: // it had been forgotten
	default:
		close(came)
	}
}

// wait waits for what was asked for in vain since the last time. It reports
// whether to ask again.
func (r *remotePictures) wait(ctx context.Context) (again bool) {
	r.mu.Lock()
	late := r.late
	r.late = nil
	r.mu.Unlock()
	for _, came := range late {
		select {
		case <-came:
		case <-ctx.Done():
			return false
		}
	}
	return len(late) > 0
}

// How long to wait for all remote pictures of a mail, and how often to ask: a
// picture may decide which others are seen.
const (
	remotePatience = 30 * time.Second
	remoteRounds   = 6
)
