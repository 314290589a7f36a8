package store

import (
	"encoding/binary"
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
	var m [blockSize]byte
	b.fill(&m)
	for _, at := range list {
		m[at>>3] |= 1 << (at & 7)
	}
	n := 0
	for _, octet := range m {
		n += bits.OnesCount8(octet)
	}
	if 2*n >= blockSize {
		return m[:]
	}
	out := make(blockSet, 0, 2*n)
	for i, octet := range m {
		for ; octet != 0; octet &= octet - 1 {
			out = binary.LittleEndian.AppendUint16(out, uint16(8*i+bits.TrailingZeros8(octet)))
		}
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
