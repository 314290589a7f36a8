package store

import (
	"encoding/binary"
	"maps"
	"math/bits"
	"slices"

	"postrider/mail"
)

// A block is 4096 message ids in a row.
const (
	blockBits = 12
	blockMask = 1<<blockBits - 1
	blockSize = 1 << blockBits / 8 // of a bitmap, octets
)

// blockSet is a set of messages of a block as it is stored: below 256 of them
// their places as 16-bit numbers, ascending, low octet first; else a bitmap.
type blockSet []byte

// with returns the set with more in it; list need not be sorted.
func (b blockSet) with(list []uint16) blockSet {
	if n := len(b)/2 + len(list); len(b) < blockSize && n < blockSize/2 && n <= 16 {
		return b.withFew(list)
	}
	var m [blockSize]byte
	b.fill(&m)
	for _, at := range list {
		m[at>>3] |= 1 << (at & 7)
	}
	n := 0
	for i := 0; i < blockSize; i += 8 {
		n += bits.OnesCount64(binary.LittleEndian.Uint64(m[i:]))
	}
	if 2*n >= blockSize {
		return m[:]
	}
	out := make(blockSet, 0, 2*n)
	for i := 0; i < blockSize; i += 8 {
		for some := binary.LittleEndian.Uint64(m[i:]); some != 0; some &= some - 1 {
			out = binary.LittleEndian.AppendUint16(out, uint16(8*i+bits.TrailingZeros64(some)))
		}
	}
	return out
}

// withFew is with for a few, sorted in.
func (b blockSet) withFew(list []uint16) blockSet {
	var room [16]uint16
	all := room[:0]
	for ; len(b) >= 2; b = b[2:] {
		all = append(all, binary.LittleEndian.Uint16(b))
	}
	all = append(all, list...)
	slices.Sort(all)
	var out blockSet
	for _, at := range slices.Compact(all) {
		out = binary.LittleEndian.AppendUint16(out, at)
	}
	return out
}

func (b blockSet) fill(m *[blockSize]byte) {
	if len(b) == blockSize {
		copy(m[:], b)
		return
	}
	for ; len(b) >= 2; b = b[2:] {
		at := binary.LittleEndian.Uint16(b) & blockMask
		m[at>>3] |= 1 << (at & 7)
	}
}

// shelf is sets of a block by the third letter of a beginning, ascending; 0 is
// that of the first two, or of the first one alone. Each is the letter, the
// length of the set and the set, the numbers as varints.
type shelf []byte

// next takes the first set off.
func (s shelf) next() (letter rune, set blockSet, rest shelf) {
	l, n := binary.Uvarint(s)
	if n <= 0 {
		return 0, nil, nil
	}
	size, m := binary.Uvarint(s[n:])
	if m <= 0 || size > uint64(len(s)-n-m) {
		return 0, nil, nil
	}
	end := n + m + int(size)
	return rune(l), blockSet(s[n+m : end]), s[end:]
}

// set returns the set of a letter.
func (s shelf) set(letter rune) blockSet {
	for len(s) > 0 {
		l, set, rest := s.next()
		if l == letter {
			return set
		}
		s = rest
	}
	return nil
}

// with returns the shelf with more in its sets.
func (s shelf) with(more map[rune][]uint16) shelf {
	sets := make(map[rune]blockSet, len(more))
	for rest := s; len(rest) > 0; {
		var l rune
		var set blockSet
		l, set, rest = rest.next()
		if set != nil {
			sets[l] = set
		}
	}
	for l, list := range more {
		sets[l] = sets[l].with(list)
	}
	var out shelf
	for _, l := range slices.Sorted(maps.Keys(sets)) {
		out = binary.AppendUvarint(out, uint64(l))
		out = binary.AppendUvarint(out, uint64(len(sets[l])))
		out = append(out, sets[l]...)
	}
	return out
}

// messageSet is a set of messages in memory: a bitmap for each block that has
// some.
type messageSet struct{ blocks map[int64]*[blockSize]byte }

func newMessageSet() *messageSet { return &messageSet{map[int64]*[blockSize]byte{}} }

func (s *messageSet) addBlock(block int64, b blockSet) {
	m := s.blocks[block]
	if m == nil {
		m = new([blockSize]byte)
		s.blocks[block] = m
		b.fill(m)
		return
	}
	var more [blockSize]byte
	b.fill(&more)
	for i := range m {
		m[i] |= more[i]
	}
}

func (s *messageSet) add(id mail.MessageID) {
	block := int64(id) >> blockBits
	m := s.blocks[block]
	if m == nil {
		m = new([blockSize]byte)
		s.blocks[block] = m
	}
	at := id & blockMask
	m[at>>3] |= 1 << (at & 7)
}

func (s *messageSet) has(id mail.MessageID) bool {
	m := s.blocks[int64(id)>>blockBits]
	at := id & blockMask
	return m != nil && m[at>>3]&(1<<(at&7)) != 0
}

// narrow keeps only what is in o, too.
func (s *messageSet) narrow(o *messageSet) {
	for n, m := range s.blocks {
		other := o.blocks[n]
		if other == nil {
			delete(s.blocks, n)
			continue
		}
		for i := range m {
			m[i] &= other[i]
		}
	}
}

func (s *messageSet) count() (n int) {
	for _, m := range s.blocks {
		for _, octet := range m {
			n += bits.OnesCount8(octet)
		}
	}
	return n
}

// list returns the messages, ascending.
func (s *messageSet) list() (ids []mail.MessageID) {
	for n, m := range s.blocks {
		for i, octet := range m {
			for ; octet != 0; octet &= octet - 1 {
				ids = append(ids, mail.MessageID(n<<blockBits|int64(8*i+bits.TrailingZeros8(octet))))
			}
		}
	}
	slices.Sort(ids)
	return ids
}
