package message

import "testing"

// A file that a browser would show as a page is one, whatever it calls itself;
// what people send each other every day is not.
func TestActiveFiles(t *testing.T) {
	for _, c := range []struct {
		mediaType, name, data string
		want                  bool
	}{
		{"text/html", "a.txt", "x", true},
		{"application/octet-stream", "invoice.html", "x", true},
		{"application/octet-stream", "invoice.HTM", "x", true},
		{"image/png", "logo.svg", "x", true},
		{"image/png", "logo", "<?xml version=\"1.0\"?><svg onload='x()'/>", true},
		{"application/octet-stream", "invoice", "  <!-- hello --><script>x()</script>", true},
		{"application/octet-stream", "invoice", "<BODY onload=x()>", true},
		{"application/octet-stream", "invoice", "<meta http-equiv=refresh>", true},
		{"application/octet-stream", "invoice", "\xef\xbb\xbf<html>", true},
		{"application/octet-stream", "invoice", "\xff\xfe<\x00h\x00t\x00m\x00l\x00>\x00", true},
		{"application/octet-stream", "budget.xlsm", "PK\x03\x04", true},
		{"application/octet-stream", "page.mhtml", "From: x", true},
		{"application/pdf", "plan.pdf", "%PDF-1.7", false},
		{"application/octet-stream", "notes.txt", "<bob@example.org> wrote", false},
		{"application/octet-stream", "notes.txt", "<pretty> is no tag", false},
		{"image/jpeg", "photo.jpg", "\xff\xd8\xff", false},
		{"application/octet-stream", "budget.xlsx", "PK\x03\x04", false},
	} {
		p := ParseBytes([]byte("Content-Type: " + c.mediaType + "; name=\"" + c.name + "\"\nContent-Disposition: attachment\n\n" + c.data)).Root
		if got := p.Active(); got != c.want {
			t.Errorf("%s %s %q: %v, sniffed as %q", c.mediaType, c.name, c.data, got, p.SniffedType)
		}
	}
}
