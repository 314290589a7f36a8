package demo

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"time"

	"postrider/assets"
	"postrider/mail"
	"postrider/mail/demo/host"
	"postrider/mail/demo/sample"
)

const opStart = "start the demo"

// defaultEvery is often enough to be seen, and seldom enough to read in peace.
const defaultEvery = 20 * time.Second

// Options say what the world is like. The zero value is what people see.
type Options struct {
	Dir   string           // an existing folder for the authority's certificate; "" makes one, which Close removes
	Now   func() time.Time // the clock; nil is time.Now
	Seed  uint64           // of all that is drawn
	Every time.Duration    // between two events; 0 is 20 s, less than 0 means that only Step makes them
	Ticks <-chan time.Time // instead of Every: an event at each tick
	Huge  int              // so many more messages in the mailbox Correspondence of the first account
}

// World is the running demo.
type World struct {
	options Options
	set     *sample.Set
	host    *host.Host
	users   map[string]*host.User
	caFile  string
	caPEM   []byte

	cancel  context.CancelFunc
	ended   chan struct{} // closed when the ticking goroutine has ended
	close   sync.Once
	remove  string // the folder that Close removes, or ""
	script  script
	stepped sync.Mutex // one Step at a time
}

// Start opens the servers, fills them, and lets events happen until ctx ends
// or Close is called; Close is called in either case. The error is of kind
// disk, if the certificate cannot be written, or offline, if no port is free.
func Start(ctx context.Context, options Options) (*World, error) {
	if options.Now == nil {
		options.Now = time.Now
	}
	now := options.Now()
	set, err := sample.Load(assets.Demo(), sample.Options{Now: now, Seed: options.Seed})
	if err != nil {
		return nil, err
	}
	steps, err := readScript(assets.Demo())
	if err != nil {
		return nil, err
	}
	w := &World{options: options, set: set, script: steps, host: host.New(options.Now), users: map[string]*host.User{}, ended: make(chan struct{})}
	caPEM, config, err := host.NewAuthority(now)
	if err != nil {
		return nil, err
	}
	w.caPEM = caPEM
	w.populate(now)
	if err := w.writeCA(); err != nil {
		return nil, err
	}
	if err := w.host.Start(config); err != nil {
		w.removeDir()
		return nil, err
	}
	ctx, w.cancel = context.WithCancel(ctx)
	go w.run(ctx)
	return w, nil
}

func (w *World) writeCA() error {
	dir := w.options.Dir
	if dir == "" {
		made, err := os.MkdirTemp("", "postrider-demo-")
		if err != nil {
			return mail.Wrap(mail.KindDisk, opStart, err)
		}
		dir, w.remove = made, made
	}
	w.caFile = filepath.Join(dir, "demo-authority.pem")
	if err := os.WriteFile(w.caFile, w.caPEM, 0o600); err != nil {
		w.removeDir()
		return mail.Wrap(mail.KindDisk, opStart, err)
	}
	return nil
}

func (w *World) removeDir() {
	if w.remove != "" {
		os.RemoveAll(w.remove) // what is left in the temporary folder harms nobody
	}
}

// run makes an event at each tick.
func (w *World) run(ctx context.Context) {
	defer close(w.ended)
	ticks := w.options.Ticks
	if ticks == nil && w.options.Every >= 0 {
		every := w.options.Every
		if every == 0 {
			every = defaultEvery
		}
		ticker := time.NewTicker(every)
		defer ticker.Stop()
		ticks = ticker.C
	}
	for {
		select {
		case <-ctx.Done():
			return
		case _, ok := <-ticks:
			if !ok {
				ticks = nil // no more events, but the servers go on
				continue
			}
			w.Step()
		}
	}
}

// Close ends the servers and all connections, and removes what Start wrote
// into a folder of its own. It returns when all goroutines have ended.
func (w *World) Close() {
	w.close.Do(func() {
		w.cancel()
		<-w.ended
		w.host.Close()
		w.removeDir()
	})
}

// CAFile is where the authority's certificate is, in PEM.
func (w *World) CAFile() string { return w.caFile }

// CAPEM is the authority's certificate.
func (w *World) CAPEM() []byte { return append([]byte(nil), w.caPEM...) }
