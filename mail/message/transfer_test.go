package message

import (
	"bytes"
	"encoding/base64"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

func TestDecodeStreams(t *testing.T) {
	tests := []struct{ encoding, raw, want string }{
		{"base64", "aGVsbG8=", "hello"},
		{"Base64 ", "aGVs\r\nbG8", "hello"},
		{"base64", "aGVs!!bG8=", "hello"},
		{"base64", "aGVsbG8=aGVsbG8=", "hellohello"},
		{"base64", "aGVsbG8=\r\n\r\naGVsbG8", "hellohello"},
		{"base64", "a", ""},
		{"quoted-printable", "caf=C3=A9 =\r\nau lait=\r\n", "caf\xc3\xa9 au lait"},
		{"Quoted Printable", "soft= \t\r\nbreak", "softbreak"},
		{"quoted-printable", "a=3d=ZZ=4", "a==ZZ=4"},
		{"quoted-printable", "end=", "end"},
		{"x-uuencode", "begin 644 f\r\n#8V%T\r\n`\r\nend\r\n", "cat"},
		{"x-uuencode", "begin 644 f\r\n#8V%\r\nbroken", "ca@"},
		{"8bit", "as it is=\r\n", "as it is=\r\n"},
		{"x-nobody-knows", "as it is", "as it is"},
	}
	for _, tt := range tests {
		p := &Part{Type: "application", Subtype: "octet-stream", Encoding: tt.encoding}
		for name, r := range map[string]io.Reader{"whole": strings.NewReader(tt.raw), "bytes": iotest.OneByteReader(strings.NewReader(tt.raw))} {
			got, err := io.ReadAll(p.Decode(r))
			if tt.want == "ca@" {
				got = got[:min(len(got), 2)] // what comes of a broken row is not ours to say
				tt.want = "ca"
			}
			if err != nil || !strings.HasPrefix(string(got), tt.want) || tt.want != "ca" && string(got) != tt.want {
				t.Errorf("%s %q in %s: %q, %v; want %q", tt.encoding, tt.raw, name, got, err, tt.want)
			}
		}
	}
}

func TestDecodeGivesBackLargeFiles(t *testing.T) {
	data := make([]byte, 300_000)
	for i := range data {
		data[i] = byte(i * i >> 3)
	}
	encoded := base64.StdEncoding.EncodeToString(data)
	oneLine, err := io.ReadAll((&Part{Encoding: "base64"}).Decode(strings.NewReader(encoded)))
	if err != nil || !bytes.Equal(oneLine, data) {
		t.Errorf("base64 on one line: %d bytes, %v", len(oneLine), err)
	}
	b := []byte("Content-Type: application/x-thing\r\nContent-Transfer-Encoding: base64\r\n\r\n")
	for len(encoded) > 0 {
		n := min(76, len(encoded))
		b = append(append(b, encoded[:n]...), "\r\n"...)
		encoded = encoded[n:]
	}
	p := ParseBytes(b).Root
	got, err := io.ReadAll(p.Decode(bytes.NewReader(b[p.Offset : p.Offset+p.Length])))
	if err != nil || !bytes.Equal(got, data) {
		t.Errorf("base64 in lines: %d bytes, %v", len(got), err)
	}
	if diff := p.Size - int64(len(data)); diff < 0 || diff > 2 {
		t.Errorf("estimated %d bytes, are %d", p.Size, len(data))
	}
}

func TestWrongEncodingLabels(t *testing.T) {
	tests := []struct{ name, encoding, body, want string }{
		{"text that never was base64", "base64", "This is plain text,\nreally.", "This is plain text,\nreally."},
		{"footer after base64", "base64", "aGVsbG8K\n\n_____\nour mailing list\n", "hello\nour mailing list"},
		{"text that never was quoted", "quoted-printable", "a=b and c=z\nif x==y", "a=b and c=z\nif x==y"},
		{"quoted by a careless encoder", "quoted-printable", "a=b and caf=C3=A9", "a=b and café"},
		{"line end that belongs to the boundary", "quoted-printable", "x=\n", "x"},
	}
	for _, tt := range tests {
		m := ParseBytes([]byte("Content-Transfer-Encoding: " + tt.encoding + "\n\n" + tt.body))
		if m.Text() != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, m.Text(), tt.want)
		}
	}
}

// People compare sizes: a file that came back has the size that it went with.
func TestSizesOfFilesAreExact(t *testing.T) {
	for n := range 200 {
		d := letterTo("bob@example.net")
		d.Files = []File{FileOf("a.bin", "application/octet-stream", make([]byte, n))}
		if p := ParseBytes(built(t, d)).Attachments(); len(p) != 1 || p[0].Size != int64(n) {
			t.Fatalf("%d bytes come back as %d", n, p[0].Size)
		}
	}
}
