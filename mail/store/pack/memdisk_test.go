package pack

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"path"
	"strings"
	"sync"
)

var errKilled = errors.New("the process was killed")

// memDisk is a disk in memory that can fail, kill and lose: what was written
// counts as durable only after Sync, a name only after SyncDir.
type memDisk struct {
	mu      sync.Mutex
	files   map[string]*memFile
	durable map[string]*memFile // the names that a power cut leaves
	steps   int                 // changing operations so far
	fault   func(step int, op, name string) error
	killed  bool
}

// memFile is what the kernel shows (data), what the platter has (durable), and
// what is on the way between them.
type memFile struct {
	data, durable []byte
	dirty         []change
}

// change is a write, or a truncation to off where p is nil.
type change struct {
	off int64
	p   []byte
}

func (c change) apply(b []byte) []byte {
	end := c.off + int64(len(c.p))
	if int64(len(b)) < end {
		b = append(b, make([]byte, end-int64(len(b)))...)
	}
	if c.p == nil {
		return b[:c.off]
	}
	copy(b[c.off:], c.p)
	return b
}

func newMemDisk() *memDisk {
	return &memDisk{files: map[string]*memFile{}, durable: map[string]*memFile{}}
}

// step counts a changing operation and asks what is to go wrong with it.
func (d *memDisk) step(op, name string) error {
	if d.killed {
		return errKilled
	}
	d.steps++
	if d.fault == nil {
		return nil
	}
	err := d.fault(d.steps, op, name)
	d.killed = errors.Is(err, errKilled)
	return err
}

// restart is a new process after a kill: the kernel kept everything.
func (d *memDisk) restart() *memDisk {
	return &memDisk{files: d.files, durable: d.durable}
}

// powerCut is the machine after one: of what was on the way anything may have
// arrived, in any order, and the last write of it in part.
func (d *memDisk) powerCut(rng *rand.Rand) *memDisk {
	after := newMemDisk()
	names := maps.Clone(d.durable)
	for name, f := range d.files {
		if rng.IntN(2) == 0 {
			names[name] = f
		}
	}
	for name, f := range names {
		if d.files[name] == nil && rng.IntN(2) == 0 {
			continue // a removal that arrived
		}
		b := bytes.Clone(f.durable)
		for _, c := range f.dirty {
			switch n := len(c.p); rng.IntN(4) {
			case 0:
				b = c.apply(b)
			case 1:
				b = change{c.off, c.p[:n/2]}.apply(b)
			case 2:
				b = change{c.off, make([]byte, n)}.apply(b) // the length arrived, the bytes did not
			}
		}
		after.files[name] = &memFile{data: b, durable: bytes.Clone(b)}
	}
	after.durable = maps.Clone(after.files)
	return after
}

func (d *memDisk) Path(name string) string { return path.Join("/mem", name) }

func (d *memDisk) List(dir string) ([]string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	var names []string
	for name := range d.files {
		if path.Dir(name) == dir {
			names = append(names, path.Base(name))
		}
	}
	return names, nil
}

func (d *memDisk) Create(name string) (file, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.step("create", name); err != nil {
		return nil, &fs.PathError{Op: "create", Path: d.Path(name), Err: err}
	}
	if d.files[name] != nil {
		return nil, &fs.PathError{Op: "create", Path: d.Path(name), Err: fs.ErrExist}
	}
	d.files[name] = &memFile{}
	return memHandle{d, name, d.files[name]}, nil
}

func (d *memDisk) Open(name string, write bool) (file, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	f := d.files[name]
	if f == nil {
		return nil, &fs.PathError{Op: "open", Path: d.Path(name), Err: fs.ErrNotExist}
	}
	return memHandle{d, name, f}, nil
}

func (d *memDisk) Remove(name string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.step("remove", name); err != nil {
		return &fs.PathError{Op: "remove", Path: d.Path(name), Err: err}
	}
	if d.files[name] == nil {
		return &fs.PathError{Op: "remove", Path: d.Path(name), Err: fs.ErrNotExist}
	}
	delete(d.files, name)
	return nil
}

func (d *memDisk) SyncDir() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.step("syncdir", "."); err != nil {
		return err
	}
	d.durable = map[string]*memFile{}
	for name, f := range d.files {
		if !strings.HasPrefix(name, tempDir) {
			d.durable[name] = f
		}
	}
	return nil
}

type memHandle struct {
	d    *memDisk
	name string
	f    *memFile
}

func (h memHandle) ReadAt(p []byte, off int64) (int, error) {
	h.d.mu.Lock()
	defer h.d.mu.Unlock()
	if off >= int64(len(h.f.data)) {
		return 0, io.EOF
	}
	n := copy(p, h.f.data[off:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func (h memHandle) change(c change) {
	h.f.data = c.apply(h.f.data)
	h.f.dirty = append(h.f.dirty, c)
}

// WriteAt that fails has written half.
func (h memHandle) WriteAt(p []byte, off int64) (int, error) {
	h.d.mu.Lock()
	defer h.d.mu.Unlock()
	dead := h.d.killed
	err := h.d.step("write", h.name)
	if dead {
		return 0, err
	}
	p = bytes.Clone(p)
	if err != nil {
		h.change(change{off, p[:len(p)/2]})
		return len(p) / 2, &fs.PathError{Op: "write", Path: h.d.Path(h.name), Err: err}
	}
	h.change(change{off, p})
	return len(p), nil
}

func (h memHandle) Truncate(size int64) error {
	h.d.mu.Lock()
	defer h.d.mu.Unlock()
	if err := h.d.step("truncate", h.name); err != nil {
		return &fs.PathError{Op: "truncate", Path: h.d.Path(h.name), Err: err}
	}
	h.change(change{off: size})
	return nil
}

// Sync that fails has lost what it was to write, and the next one will not
// say so: what Linux does.
func (h memHandle) Sync() error {
	h.d.mu.Lock()
	defer h.d.mu.Unlock()
	err := h.d.step("sync", h.name)
	if errors.Is(err, errKilled) {
		return err
	}
	if err == nil {
		for _, c := range h.f.dirty {
			h.f.durable = c.apply(h.f.durable)
		}
	}
	h.f.dirty = nil
	if err != nil {
		return &fs.PathError{Op: "sync", Path: h.d.Path(h.name), Err: err}
	}
	return nil
}

func (h memHandle) Size() (int64, error) {
	h.d.mu.Lock()
	defer h.d.mu.Unlock()
	return int64(len(h.f.data)), nil
}

func (h memHandle) Close() error { return nil }
