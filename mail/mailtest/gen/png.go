package gen

import (
	"bytes"
	"encoding/binary"
	"hash/adler32"
	"hash/crc32"
	"math"
	"math/rand/v2"
)

// png is a valid picture of about n bytes: a grey square of noise, stored
// without compression (written here because image/png would not promise the
// same bytes in the next Go).
func png(r *rand.Rand, n int) []byte {
	side := max(8, int(math.Sqrt(float64(n))))
	header := binary.BigEndian.AppendUint32(nil, uint32(side))
	header = binary.BigEndian.AppendUint32(header, uint32(side))
	header = append(header, 8, 0, 0, 0, 0) // bits; grey; deflate; filters; not interlaced

	rows := noise(r, side*(side+1))
	for y := range side {
		rows[y*(side+1)] = 0 // no filter
	}
	var o bytes.Buffer
	o.WriteString("\x89PNG\r\n\x1a\n")
	pngChunk(&o, "IHDR", header)
	pngChunk(&o, "IDAT", zlibStored(rows))
	pngChunk(&o, "IEND", nil)
	return o.Bytes()
}

func pngChunk(o *bytes.Buffer, name string, data []byte) {
	o.Write(binary.BigEndian.AppendUint32(nil, uint32(len(data))))
	o.WriteString(name)
	o.Write(data)
	sum := crc32.Update(crc32.ChecksumIEEE([]byte(name)), crc32.IEEETable, data)
	o.Write(binary.BigEndian.AppendUint32(nil, sum))
}

// zlibStored is RFC 1950 around stored blocks (RFC 1951 3.2.4).
func zlibStored(data []byte) []byte {
	var o bytes.Buffer
	o.Write([]byte{0x78, 1})
	for rest := data; len(rest) > 0; {
		n := min(65535, len(rest))
		last := byte(0)
		if n == len(rest) {
			last = 1
		}
		o.Write([]byte{last, byte(n), byte(n >> 8), ^byte(n), ^byte(n >> 8)})
		o.Write(rest[:n])
		rest = rest[n:]
	}
	o.Write(binary.BigEndian.AppendUint32(nil, adler32.Checksum(data)))
	return o.Bytes()
}
