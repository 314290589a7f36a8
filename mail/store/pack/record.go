package pack

import (
	"encoding/binary"
	"hash/crc32"
)

// MaxMeta is the longest metadata of a record, in bytes.
const MaxMeta = 4 << 10

const (
	headSize  = 72      // fixed part of a record
	maxLength = 1 << 48 // longer claims are damage; keeps sums far from overflow
)

// Codec says how a payload is written; the values are on disk.
type Codec uint8

// The codecs.
const (
	Stored Codec = 0 // the plain bytes, where zstd would not have made them shorter
	Zstd   Codec = 1
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func checksum(b []byte) uint32 { return crc32.Checksum(b, castagnoli) }

// Header is what a record says about itself.
type Header struct {
	Hash    [32]byte // SHA-256 of the plain bytes
	Size    int64    // length of the plain bytes
	Codec   Codec
	Meta    []byte // as the caller of Append gave it; nil if it is damaged
	Damaged bool   // the payload fails its CRC (only Scan looks)
}

// head is the fixed part of a record.
type head struct {
	mark       [8]byte
	codec      Codec
	metaLen    int
	payloadCRC uint32
	payloadLen int64
	size       int64
	hash       [32]byte
	metaCRC    uint32
}

func (h *head) length() int64       { return headSize + int64(h.metaLen) + h.payloadLen }
func (h *head) payloadStart() int64 { return headSize + int64(h.metaLen) }

func (h *head) header(meta []byte) Header {
	if checksum(meta) != h.metaCRC {
		meta = nil
	}
	return Header{Hash: h.hash, Size: h.size, Codec: h.codec, Meta: meta}
}

// appendTo writes the fixed part after b.
func (h *head) appendTo(b []byte) []byte {
	start := len(b)
	b = append(b, h.mark[:]...)
	b = append(b, byte(h.codec), 0)
	b = binary.LittleEndian.AppendUint16(b, uint16(h.metaLen))
	b = binary.LittleEndian.AppendUint32(b, h.payloadCRC)
	b = binary.LittleEndian.AppendUint64(b, uint64(h.payloadLen))
	b = binary.LittleEndian.AppendUint64(b, uint64(h.size))
	b = append(b, h.hash[:]...)
	b = binary.LittleEndian.AppendUint32(b, h.metaCRC)
	return binary.LittleEndian.AppendUint32(b, checksum(b[start:]))
}

// parseHead reads the fixed part; ok is false for anything that this package
// would not have written. It does not look at the mark.
func parseHead(b []byte) (h head, ok bool) {
	if len(b) < headSize || binary.LittleEndian.Uint32(b[68:]) != checksum(b[:68]) {
		return head{}, false
	}
	h = head{
		mark:       [8]byte(b[:8]),
		codec:      Codec(b[8]),
		metaLen:    int(binary.LittleEndian.Uint16(b[10:])),
		payloadCRC: binary.LittleEndian.Uint32(b[12:]),
		payloadLen: int64(binary.LittleEndian.Uint64(b[16:])),
		size:       int64(binary.LittleEndian.Uint64(b[24:])),
		hash:       [32]byte(b[32:64]),
		metaCRC:    binary.LittleEndian.Uint32(b[64:]),
	}
	return h, h.plausible()
}

func (h *head) plausible() bool {
	return h.codec <= Zstd && h.metaLen <= MaxMeta &&
		h.payloadLen >= 0 && h.payloadLen < maxLength &&
		h.size >= 0 && h.size < maxLength &&
		(h.codec != Stored || h.size == h.payloadLen)
}
