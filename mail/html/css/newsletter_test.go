package css

import (
	"fmt"
	"strings"
	"testing"

	"postrider/mail/html"
)

// newsletter is a mail as senders' tools make them: 175 kB, 750 elements, 5,000
// declarations in style attributes, and a sheet with media queries.
func newsletter() string {
	var b strings.Builder
	b.WriteString(`<!DOCTYPE html><html><head><style>`)
	for i := range 120 {
		fmt.Fprintf(&b, ".c%d a, #i%d > td { color: #%06x; padding: %dpx 5%% }\n", i, i, i*7919, i%20)
	}
	b.WriteString("@media only screen and (max-width:480px){")
	for i := range 70 {
		fmt.Fprintf(&b, ".m%d { width: 100%% !important; display: block !important; font-size: %dpx !important }\n", i, 12+i%8)
	}
	b.WriteString(`}</style></head><body style="margin:0;padding:0">`)
	for i := range 125 {
		fmt.Fprintf(&b, `<table width="600" cellpadding="0" cellspacing="0" border="0" align="center" class="c%d" style="border-collapse:collapse;max-width:600px;margin:0 auto;background:#fff"><tr><td align="center" valign="top" bgcolor="#ffffff" class="m%d" style="padding:10px 20px;font-family:Helvetica,Arial,sans-serif;font-size:%dpx;line-height:1.5;color:#333333;border-bottom:1px solid #eeeeee;text-align:left;mso-line-height-rule:exactly">`, i%120, i%70, 12+i%4)
		fmt.Fprintf(&b, `<a href="https://click.example/%d?%s" style="color:#%06x;text-decoration:none;font-weight:bold;display:inline-block;padding:8px 16px;border-radius:4px;background-color:#0a66c2;border:1px solid #0a66c2;letter-spacing:.5px;mso-padding-alt:0">Read more</a>`, i, strings.Repeat("track", 90), i*7919)
		fmt.Fprintf(&b, `<img src="https://img.example/%d.png" width="560" height="200" alt="" style="display:block;width:100%%;height:auto;border:0;outline:none;text-decoration:none;max-width:560px;margin:0 auto"><p style="margin:0 0 %dpx;font-size:14px;line-height:20px;color:#555">%s</p></td></tr></table>`, i, i%9, strings.Repeat("words of the letter ", 6))
	}
	b.WriteString("</body></html>")
	return b.String()
}

// The budget for parsing and cascade together is 5 ms.
func BenchmarkNewsletter(b *testing.B) {
	source := newsletter()
	b.SetBytes(int64(len(source)))
	b.ReportAllocs()
	for b.Loop() {
		d := html.Parse(source)
		Parse(d).Cascade(Media{Width: 600})
	}
}

// Shown again at another width, as when its pane is resized.
func BenchmarkCascadeAgain(b *testing.B) {
	sheets := Parse(html.Parse(newsletter()))
	b.ReportAllocs()
	for b.Loop() {
		sheets.Cascade(Media{Width: 600})
	}
}
