package cli

import (
	"fmt"
	"hash/fnv"
	"image"
	"image/color"
	"net/url"
	"regexp"
	"strings"

	"postrider/mail/html"
	"postrider/mail/html/picture"
)

// standIns are pictures of one colour in the place of remote ones. Size and
// colour depend on the address alone, so that a browser can be given the same
// and the layouts compared.
type standIns struct{ album *picture.Album }

var standInSizes = [][2]int{{600, 200}, {560, 280}, {300, 150}, {300, 300}, {200, 60}, {120, 40}, {64, 64}, {48, 48}, {24, 24}, {640, 400}}

// standInPixel matches addresses of pictures that are there to be fetched, not
// to be seen.
var standInPixel = regexp.MustCompile(`(?i)(spacer|pixel|track|open\.|/open|blank|clear|transp|1x1|beacon|wf/)`)

func (s standIns) Size(ref string) (w, h float64, state html.State) {
	if w, h, state := s.album.Size(ref); state == html.Ready || isData(ref) {
		return w, h, state
	}
	address, ok := standInAddress(ref)
	if !ok {
		return 0, 0, html.Missing
	}
	size, _ := standIn(address)
	return float64(size[0]), float64(size[1]), html.Ready
}

func (s standIns) image(ref string) image.Image {
	if img := s.album.Image(ref); img != nil || isData(ref) {
		return img
	}
	address, ok := standInAddress(ref)
	if !ok {
		return nil
	}
	size, c := standIn(address)
	img := image.NewRGBA(image.Rect(0, 0, size[0], size[1]))
	for i := 0; i < len(img.Pix); i += 4 {
		img.Pix[i], img.Pix[i+1], img.Pix[i+2], img.Pix[i+3] = c.R, c.G, c.B, 255
	}
	return img
}

func isData(ref string) bool { return len(ref) > 5 && strings.EqualFold(ref[:5], "data:") }

func standIn(address string) ([2]int, color.NRGBA) {
	h := fnv.New32a()
	h.Write([]byte(address))
	v := h.Sum32()
	size := standInSizes[v%uint32(len(standInSizes))]
	if standInPixel.MatchString(address) {
		size = [2]int{1, 1}
	}
	return size, color.NRGBA{64 + uint8(v>>8&127), 64 + uint8(v>>16&127), 64 + uint8(v>>24&127), 255}
}

// standInAddress is a reference as a browser would ask for it, from a page at
// an address of its own.
func standInAddress(ref string) (string, bool) {
	ref = strings.TrimSpace(ref)
	if len(ref) > 4 && strings.EqualFold(ref[:4], "cid:") {
		ref = "http://cid.invalid/" + ref[4:]
	}
	base := &url.URL{Scheme: "http", Host: "mail.invalid", Path: "/__doc"}
	ref = escaped(ref)
	if i := strings.IndexByte(ref, ':'); i > 0 && !isScheme(ref[:i]) {
		ref = "./" + ref // a path that has a colon
	}
	u, err := base.Parse(ref)
	if err != nil || u.Host == "" || strings.ContainsAny(u.Host, " {}%<>|^`\"") {
		return "", false
	}
	u.Fragment, u.RawFragment = "", ""
	u.Host = strings.ToLower(u.Host)
	if u.Path == "" {
		u.Path = "/"
	}
	return u.String(), true
}

// isScheme reports whether an address that begins like this has a scheme.
func isScheme(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i] | 0x20
		letter := c >= 'a' && c <= 'z'
		if !letter && (i == 0 || (s[i] < '0' || s[i] > '9') && s[i] != '+' && s[i] != '-' && s[i] != '.') {
			return false
		}
	}
	return true
}

// escaped writes what may not stand in an address as browsers do (WHATWG URL,
// percent-encode sets of path and query).
func escaped(s string) string {
	var b strings.Builder
	query := false
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '\n' || c == '\r' || c == '\t':
		case c == '?':
			query = true
			b.WriteByte(c)
		case c <= ' ' || c >= 0x7f || strings.IndexByte(`"<>`, c) >= 0,
			!query && strings.IndexByte("{}`^", c) >= 0, query && c == '\'':
			fmt.Fprintf(&b, "%%%02X", c)
		case c == '%' && !hexAfter(s, i):
			b.WriteString("%25")
		case c == '\\' && !query:
			b.WriteByte('/')
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func hexAfter(s string, i int) bool {
	return i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2])
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}
