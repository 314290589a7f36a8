package mailtest

import (
	"bufio"
	"bytes"
	"io"
	"slices"
	"strings"
)

// denier spoils commands on their way to the server: see Rule.Deny. It passes
// whole lines, which is what line protocols send.
type denier struct {
	r      *bufio.Reader
	denied []string
	rest   []byte // of a line already looked at
	err    error  // after rest
	within bool   // the next bytes do not begin a line
}

func newDenier(r io.Reader, commands []string) *denier {
	return &denier{r: bufio.NewReader(r), denied: commands}
}

func (d *denier) Read(b []byte) (int, error) {
	if len(d.rest) == 0 {
		if d.err != nil {
			return 0, d.err
		}
		d.next()
	}
	n := copy(b, d.rest)
	d.rest = d.rest[n:]
	return n, nil
}

// next reads a line, or a buffer's length of one.
func (d *denier) next() {
	begins := !d.within
	d.rest, d.err = d.r.ReadSlice('\n')
	if d.within = d.err == bufio.ErrBufferFull; d.within {
		d.err = nil
	}
	if begins && d.isDenied(d.rest) {
		d.rest[0] = 'X'
	}
}

func (d *denier) isDenied(line []byte) bool {
	words := bytes.Fields(line)
	if len(words) == 0 {
		return false
	}
	return slices.ContainsFunc(d.denied, func(c string) bool { return strings.EqualFold(c, string(words[0])) })
}
