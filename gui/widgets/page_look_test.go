package widgets

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
)

const newsletter = `<body style="margin:0;background:#F2F4F7;font-family:Arial,sans-serif;color:#222">
<table width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:24px">
<table width="520" cellpadding="0" cellspacing="0" style="background:#fff;border-radius:10px;box-shadow:0 2px 12px rgba(0,0,0,.12)">
<tr><td style="padding:28px 32px">
<h1 style="margin:0 0 8px;font-size:26px">Seeds for cold nights</h1>
<p style="margin:0 0 16px;line-height:1.5;color:#555">The beds are still hard in the mornings, but the windowsill is not. Five kinds do well <a href="https://example.org/indoors">indoors</a> from this week on.</p>
<table width="100%"><tr><td style="background:linear-gradient(90deg,#dff2e4,#f7fbe8);border:1px solid #cfe3d3;border-radius:8px;padding:14px">
<b>Chives</b> · <b>Thyme</b> · <i>Basil</i><br><span style="font-size:13px;color:#567">Sown by the 9th, cut by Easter.</span></td></tr></table>
<p style="text-align:center;margin:24px 0"><a href="https://example.org/order" style="display:inline-block;background:#2E7D46;color:#fff;padding:12px 26px;border-radius:6px;text-decoration:none;font-weight:bold">Order seeds</a></p>
<p dir="rtl" style="margin:0 0 12px">שלום! הזרעים (חמישה סוגים) מגיעים ב־12 במרץ.</p>
<p style="margin:0">来月七日より、海辺の町を写した三十点を展示いたします。👩‍🌾🌱</p>
<ul style="line-height:1.6"><li>First thing to do</li><li>Second thing <s>not</s> to do</li></ul>
</td></tr></table></td></tr></table></body>`

func TestLookAtPage(t *testing.T) {
	source := newsletter
	if name := os.Getenv("POSTRIDER_MAIL"); name != "" {
		data, err := os.ReadFile(filepath.Clean(name))
		if err != nil {
			t.Fatal(err)
		}
		source = string(data)
	}
	var p *Page
	showPictures(t, "page", fyne.NewSize(632, 560), func() fyne.CanvasObject {
		p = NewPage()
		p.tiles.spawn = func(f func()) { f() }
		p.post = func(f func()) { f() }
		p.OnWidth = func(px float32) { p.SetPage(laidOut(source, px)) }
		return p
	}, func() {
		p.Mark([]string{"seeds", "thing"})
		p.FindNext()
		p.begin(100, byCharacter)
		p.extend(230)
		p.FocusGained()
		p.tab()
	})
}
