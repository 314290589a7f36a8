package gen

import "bytes"

// CRLF returns b with every line end as CRLF, which is how messages travel;
// Maildirs hold them with LF alone. A CR that ends no line stays.
func CRLF(b []byte) []byte {
	out := make([]byte, 0, len(b)+bytes.Count(b, []byte{'\n'}))
	for {
		i := bytes.IndexByte(b, '\n')
		if i < 0 {
			return append(out, b...)
		}
		out = append(out, b[:i]...)
		if n := len(out); n == 0 || out[n-1] != '\r' {
			out = append(out, '\r')
		}
		out = append(out, '\n')
		b = b[i+1:]
	}
}
