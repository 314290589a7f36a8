package pack

import (
	"os"
	"path/filepath"
	"slices"
	"sync"

	"postrider/mail"
)

// DefaultPackSize is where a new pack is started, in bytes.
const DefaultPackSize = 256 << 20

const lockName = "lock"

// Options of a Set; the zero value is a writer with the defaults.
type Options struct {
	ReadOnly   bool  // no lock, no directory made, no change of any kind
	PackSize   int64 // a pack that would grow beyond it is full; 0: DefaultPackSize
	MaxMessage int64 // largest plain message in bytes; 0: any
}

// Set is a directory of packs. All methods may be called by any goroutine, and
// reading goes on while something is appended.
type Set struct {
	disk  disk
	opts  Options
	lock  *os.File
	spill int // spillLimit

	shelf shelf // packs open for reading

	mu        sync.Mutex       // all below: the writer's side
	cur       *tail            // the pack that grows; nil: the next Append starts one
	full      []*tail          // packs left behind since the last Sync
	last      uint32           // highest number that any file has, or had
	buf       []byte           // records on their way into cur
	lost      map[uint32]int64 // packs whose fsync failed: nothing from there on is durable
	unsettled map[uint32]int   // records appended and not yet settled, by pack
	appended  bool             // Append was called: too late for Recover
	closed    bool

	compacting sync.Mutex
}

// Open opens the directory, and makes it if need be. A writer holds a lock
// until Close; if another process holds it the error's kind is busy.
func Open(dir string, opts Options) (*Set, error) {
	if opts.ReadOnly {
		return open(osDisk{dir}, opts)
	}
	lock, err := prepare(dir)
	if err != nil {
		return nil, err
	}
	s, err := open(osDisk{dir}, opts)
	if err != nil {
		lock.Close()
		return nil, err
	}
	s.lock = lock
	return s, nil
}

// prepare makes the directories and takes the writer's lock.
func prepare(dir string) (*os.File, error) {
	if err := os.MkdirAll(filepath.Join(dir, tempDir), 0o700); err != nil {
		return nil, diskError(opOpen, dir, err)
	}
	path := filepath.Join(dir, lockName)
	lock, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, diskError(opOpen, path, err)
	}
	if err := tryLock(lock); err != nil {
		lock.Close()
		return nil, mail.Errorf(mail.KindBusy, opOpen, "%s is in use by another process: %w", dir, err)
	}
	return lock, nil
}

func open(d disk, opts Options) (*Set, error) {
	if opts.PackSize <= 0 {
		opts.PackSize = DefaultPackSize
	}
	s := &Set{disk: d, opts: opts, spill: spillLimit, lost: map[uint32]int64{}, unsettled: map[uint32]int{}}
	s.shelf.disk = d
	if opts.ReadOnly {
		return s, nil
	}
	if err := s.cleanTemp(); err != nil {
		return nil, err
	}
	return s, s.adoptLast()
}

// cleanTemp removes what a crash left of messages on their way in.
func (s *Set) cleanTemp() error {
	names, err := s.disk.List(tempDir)
	if err != nil {
		return diskError(opOpen, s.disk.Path(tempDir), err)
	}
	for _, name := range names {
		name = tempDir + "/" + name
		if err := s.disk.Remove(name); err != nil {
			return diskError(opOpen, s.disk.Path(name), err)
		}
	}
	return nil
}

// adoptLast makes the newest pack the one that grows, if it is fit for that.
func (s *Set) adoptLast() error {
	packs, err := s.packs()
	if err != nil || len(packs) == 0 {
		return err
	}
	s.last = packs[len(packs)-1]
	s.cur, err = s.openTail(s.last)
	return err
}

// packs returns the numbers of the pack files, ascending.
func (s *Set) packs() ([]uint32, error) {
	names, err := s.disk.List(".")
	if err != nil {
		return nil, diskError(opOpen, s.disk.Path("."), err)
	}
	var packs []uint32
	for _, name := range names {
		if no, ok := packNumber(name); ok {
			packs = append(packs, no)
		}
	}
	slices.Sort(packs)
	return packs, nil
}

// Close closes the files and gives the lock back. It does not Sync.
func (s *Set) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	err := s.shelf.close()
	for _, t := range s.tails() {
		err = firstError(err, t.f.Close())
	}
	s.cur, s.full = nil, nil
	if s.lock != nil {
		err = firstError(err, s.lock.Close())
		s.lock = nil
	}
	if err != nil {
		return diskError(opOpen, s.disk.Path("."), err)
	}
	return nil
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// PackStats describes one pack.
type PackStats struct {
	Pack    uint32
	Size    int64 // bytes on disk: what the live records are held against
	Current bool  // it still grows
}

// Stats describes the set.
type Stats struct {
	Packs []PackStats // ascending
	Bytes int64       // on disk, all packs
}

// Stats looks at the files as they are now.
func (s *Set) Stats() (Stats, error) {
	packs, err := s.packs()
	if err != nil {
		return Stats{}, err
	}
	s.mu.Lock()
	cur := s.cur
	s.mu.Unlock()
	var st Stats
	for _, no := range packs {
		size, err := s.size(no)
		if mail.Is(err, mail.KindGone) {
			continue // compacted away meanwhile
		}
		if err != nil {
			return Stats{}, err
		}
		st.Packs = append(st.Packs, PackStats{Pack: no, Size: size, Current: cur != nil && cur.no == no})
		st.Bytes += size
	}
	return st, nil
}

func (s *Set) size(no uint32) (int64, error) {
	h, err := s.shelf.take(no)
	if err != nil {
		return 0, err
	}
	defer s.shelf.give(h)
	size, err := h.f.Size()
	if err != nil {
		return 0, diskError(opRead, s.disk.Path(packName(no)), err)
	}
	return size, nil
}
