package fetch

import (
	"container/list"
	"context"
	"sync"

	"postrider/mail/dial"
	"postrider/mail/html"
)

// Bounds of what is fetched and kept.
const (
	maxPicture = 10 << 20 // bytes of one picture
	maxKept    = 64 << 20 // bytes of all that are kept in memory
	atOnce     = 6        // fetches
	maxWaiting = 2000     // that wait for their turn
)

// Pictures is an html.Resolver of remote pictures. It answers at once, from
// memory; what is not there is fetched, and told.
type Pictures struct {
	// Came is called, from any goroutine, when a picture has come or will not.
	// It is set before the first question.
	Came func(ref string)

	web  *web
	ctx  context.Context
	stop context.CancelFunc
	turn chan struct{}

	mu      sync.Mutex
	known   map[string]*picture
	order   *list.List // of *picture that are here, the least lately used first
	bytes   int
	waiting int
}

type picture struct {
	ref   string
	state html.State
	data  []byte
	place *list.Element
}

var _ html.Resolver = (*Pictures)(nil)

// NewPictures makes an empty collection. Close ends its fetches.
func NewPictures(d *dial.Dialer) *Pictures {
	ctx, stop := context.WithCancel(context.Background())
	return &Pictures{web: newWeb(d), ctx: ctx, stop: stop, turn: make(chan struct{}, atOnce), known: map[string]*picture{}, order: list.New()}
}

// Close ends what is being fetched; nothing is fetched afterwards.
func (p *Pictures) Close() { p.stop() }

// Resolve returns a picture, or begins to fetch it.
func (p *Pictures) Resolve(ref string) ([]byte, html.State) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if known := p.known[ref]; known != nil {
		if known.place != nil {
			p.order.MoveToBack(known.place)
		}
		return known.data, known.state
	}
	if p.waiting >= maxWaiting || p.ctx.Err() != nil {
		return nil, html.Missing
	}
	p.known[ref] = &picture{ref: ref, state: html.Waiting}
	p.waiting++
	go p.fetch(ref)
	return nil, html.Waiting
}

// fetch brings one picture when it is its turn.
func (p *Pictures) fetch(ref string) {
	select {
	case p.turn <- struct{}{}:
		defer func() { <-p.turn }()
	case <-p.ctx.Done():
		p.take(ref, nil)
		return
	}
	data, err := p.web.picture(p.ctx, ref)
	if err != nil {
		data = nil
	}
	p.take(ref, data)
	if p.Came != nil {
		p.Came(ref)
	}
}

// take keeps what came, and forgets what was not looked at for longest.
func (p *Pictures) take(ref string, data []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.waiting--
	known := p.known[ref]
	known.state = html.Missing
	if data == nil {
		return
	}
	known.state, known.data = html.Ready, data
	known.place = p.order.PushBack(known)
	p.bytes += len(data)
	for p.bytes > maxKept && p.order.Len() > 1 {
		oldest := p.order.Remove(p.order.Front()).(*picture)
		p.bytes -= len(oldest.data)
		delete(p.known, oldest.ref)
	}
}
