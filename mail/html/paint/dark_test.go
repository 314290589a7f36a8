package paint

import (
	"image"
	"image/color"
	"testing"

	"postrider/mail/html/display"
)

func hex(v uint32) color.NRGBA {
	return color.NRGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 255}
}

func darkTurning() *turning { return &turning{paper: fromColor(dark.Paper)} }

func TestGroundsTurnOrStay(t *testing.T) {
	turn := darkTurning()
	for _, c := range []struct {
		name  string
		from  color.NRGBA
		turns bool
	}{
		{"white", hex(0xFFFFFF), true}, {"light grey", hex(0xF4F4F7), true}, {"light blue", hex(0xEAF3FF), true},
		{"green of a button", hex(0x22BC66), false}, {"yellow", hex(0xFFEB3B), false}, {"black", hex(0x000000), false}, {"dark footer", hex(0x222222), false},
	} {
		got, turned := turn.ground(c.from)
		if turned != c.turns {
			t.Errorf("%s: turned %v", c.name, turned)
		}
		if turned && luminance(got) > 0.1 {
			t.Errorf("%s becomes %v, which is light", c.name, got)
		}
	}
	if got, _ := turn.ground(hex(0xFFFFFF)); got != dark.Paper {
		t.Errorf("white becomes %v, not the paper", got)
	}
}

func TestLettersCanBeReadInTheDark(t *testing.T) {
	turn := darkTurning()
	for _, on := range []color.NRGBA{hex(0xFFFFFF), hex(0xF4F4F7), hex(0xFFF8E1), hex(0xE0E0E0)} {
		under, _ := turn.ground(on)
		for _, c := range []color.NRGBA{hex(0), hex(0x333333), hex(0x74787E), hex(0x0000EE), hex(0xB3261E), hex(0x2E7D46), hex(0x551A8B)} {
			if got := contrast(turn.text(c, on), under); got < readable {
				t.Errorf("%v on %v has a contrast of %.1f", c, on, got)
			}
		}
	}
	button := hex(0x22BC66)
	if got := turn.text(hex(0xFFFFFF), button); got != hex(0xFFFFFF) {
		t.Errorf("white on a button becomes %v", got)
	}
	if got := contrast(turn.text(hex(0xFFFFFF), hex(0xFFFFFF)), dark.Paper); got > 1.5 {
		t.Error("text hidden in white is seen in the dark")
	}
}

func TestLinesKeepToTheirGroundInTheDark(t *testing.T) {
	for source, want := range map[string]func(line, ground color.RGBA) bool{
		`<div style="background:#111;height:60px"><div style="border-top:20px solid #2b2b2b"></div></div>`: func(line, _ color.RGBA) bool { return line.R == 0x2b },
		`<div style="background:#fff;height:60px"><div style="border-top:20px solid #ddd"></div></div>`:    func(line, ground color.RGBA) bool { return line.R > ground.R && line.R < 0x60 },
	} {
		p := layout(`<body style="margin:0">`+source, 100)
		img := picture(p, display.Rect{W: 100, H: 60}, 1, &dark)
		if line, ground := img.RGBAAt(50, 10), img.RGBAAt(50, 40); !want(line, ground) {
			t.Errorf("%s: a line of %v on %v", source, line, ground)
		}
	}
}

func TestPicturesStayAndClearOnesGetAPlate(t *testing.T) {
	p := layout(`<img src="cid:a" width="40" height="40"><img src="cid:b" width="40" height="40">`, 200)
	full, clear := image.NewRGBA(image.Rect(0, 0, 4, 4)), image.NewRGBA(image.Rect(0, 0, 4, 4))
	for i := 0; i < len(full.Pix); i += 4 {
		copy(full.Pix[i:], []uint8{200, 30, 40, 255})
	}
	for i := range p.Images {
		p.Images[i].Missing = false
	}
	look := dark
	look.Picture = func(source string) image.Image {
		if source == "cid:a" {
			return full
		}
		return clear
	}
	img := picture(p, display.Rect{W: 200, H: p.Height}, 1, &look)
	middle := func(i int) color.NRGBA {
		r := p.Images[i].Content
		return color.NRGBAModel.Convert(img.At(int(r.X+r.W/2), int(r.Y+r.H/2))).(color.NRGBA)
	}
	if got := middle(0); got != (color.NRGBA{200, 30, 40, 255}) {
		t.Errorf("a picture became %v", got)
	}
	if got := middle(1); got != plate {
		t.Errorf("behind a clear picture is %v", got)
	}
}

func TestTilesFitTogether(t *testing.T) {
	p := layout(sample, 400)
	whole := picture(p, display.Rect{W: 400, H: 300}, 1.5, &light)
	k := 0
	for top := 0; top < 300*3/2; top += 150 {
		part := picture(p, display.Rect{Y: float32(top) / 1.5, W: 400, H: 100}, 1.5, &light)
		for y := range 150 {
			for x := range 600 {
				if part.RGBAAt(x, y) != whole.RGBAAt(x, top+y) {
					k++
				}
			}
		}
	}
	if k > 0 {
		t.Errorf("%d pixels differ between the page and its tiles", k)
	}
}

const sample = `<body style="background:#eef"><div style="border:3px dashed #a33;border-radius:12px;padding:20px;box-shadow:0 4px 20px #888;background:linear-gradient(#fff,#dde)">
<h1>Title <u>underlined</u> fgj</h1><p>Some <a href="https://example.org">linked</a> text, <del>gone</del> text, and
<span style="background:#ff0;border:1px dotted">marked text</span>.</p><table border="3"><tr><td>cell<td>cell</table></div>`

func FuzzPaint(f *testing.F) {
	f.Add(sample, float32(0), uint8(3))
	f.Add(`<table background="x" width=99999999><td style="border:1e9px solid;border-radius:1e30px;box-shadow:0 0 1e9px red inset;font-size:1e9px">x`, float32(1e6), uint8(0))
	f.Add(`<p style="position:absolute;left:-1e38px;width:1e38px;transform:scale(1e9);opacity:.5;overflow:hidden;border-radius:9px">a<img src=x width=1 height=99999>`, float32(-5), uint8(1))
	grey := image.NewRGBA(image.Rect(0, 0, 3, 3))
	f.Fuzz(func(t *testing.T, source string, top float32, how uint8) {
		if len(source) > 4000 {
			return
		}
		p := layout(source, 300)
		look := light
		if how&1 != 0 {
			look = dark
		}
		look.Picture = func(string) image.Image { return grey }
		look.Hits = p.Find("a")
		look.Current = int(how>>2) - 1
		if look.Current >= len(look.Hits) {
			look.Current = -1
		}
		picture(p, display.Rect{Y: top, W: 64, H: 48}, 1+float64(how&2)/2, &look)
		picture(p, display.Rect{W: 64, H: 48}, 1, &look)
	})
}

// What stands on a picture or on a gradient in strong colours stays as it is,
// and so does the colour below it; where the picture is missing, both turn.
func TestTextOnPicturesStaysReadable(t *testing.T) {
	grey := image.NewRGBA(image.Rect(0, 0, 3, 3))
	for _, tt := range []struct {
		name, source string
		have         bool
		stays        bool
	}{
		{"a strong gradient", `<div style="background:radial-gradient(#f70,transparent) #fee;color:#112;height:60px">x</div>`, true, true},
		{"a weak gradient", `<div style="background:linear-gradient(#fff,#eee);color:#112;height:60px">x</div>`, true, false},
		{"a picture", `<div style="background:url(cid:a) no-repeat #fff;color:#112;height:60px">x</div>`, true, true},
		{"a missing picture", `<div style="background:url(cid:a) no-repeat #fff;color:#112;height:60px">x</div>`, false, false},
	} {
		p := layout(tt.source, 200)
		look := dark
		look.Picture = func(string) image.Image {
			if tt.have {
				return grey
			}
			return nil
		}
		b := &brush{page: p, look: &look}
		b.turn = newTurning(p, look.Paper, func(source string) bool { return b.picture(source) != nil })
		for i := range p.Items {
			it := &p.Items[i]
			switch it.Kind {
			case display.Text:
				was := p.Styles[p.Runs[it.At].Style].Colour
				if got := b.letters(was, i); (got == was) != tt.stays {
					t.Errorf("%s: letters in %v became %v", tt.name, was, got)
				}
			case display.Fill:
				if got := b.keeps(it.Node); !p.Fills[it.At].Canvas && got != tt.stays {
					t.Errorf("%s: the ground stays: %v", tt.name, got)
				}
			}
		}
	}
}
