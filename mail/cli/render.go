package cli

import (
	"bufio"
	"context"
	"errors"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/html"
	"postrider/mail/html/box"
	"postrider/mail/html/css"
	"postrider/mail/html/display"
	"postrider/mail/html/paint"
	"postrider/mail/typeset"
	"postrider/mail/typeset/ink"
)

// rendering is what the flags of render say.
type rendering struct {
	widths   []int
	json     string
	png      string
	scale    float64
	dark     bool
	fonts    string
	pictures string
	remote   bool
	time     bool
}

func (a *app) renderCommand() *cobra.Command {
	var o rendering
	cmd := &cobra.Command{
		Use: "render FILE.html|FILE.eml|DIR|ID", Short: "Lay a mail out as the window would, and write what is where", Args: words(1, 1),
		Long: `Lay a mail out as the window would. The result is data (--json: what is seen, and where, in px), a picture
(--png), or both. A folder is laid out file by file, into the folder OUT as NAME@WIDTH.json.
Nothing is fetched, unless --remote-images says so: pictures are those that came with the mail.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.check(); err != nil {
				return err
			}
			return a.render(cmd.Context(), args[0], o)
		},
	}
	f := cmd.Flags()
	f.IntSliceVar(&o.widths, "width", []int{800}, "of the pane in px; several make several results (`N`)")
	f.StringVar(&o.json, "json", "", "write the layout as JSON to this file; - is the standard output (`OUT`)")
	f.StringVar(&o.png, "png", "", "write a picture of the page to this file (`OUT`)")
	f.Float64Var(&o.scale, "scale", 1, "pixels of the picture for each px (`S`)")
	f.BoolVar(&o.dark, "dark", false, "draw it on a dark ground")
	f.StringVar(&o.fonts, "fonts", "", "use the faces in this folder and no others (`DIR`)")
	f.StringVar(&o.pictures, "pictures", "blocked", "remote pictures: blocked, or synth for stand-ins of one colour")
	f.BoolVar(&o.remote, "remote-images", false, "fetch remote pictures, which tells the sender that the mail was opened")
	f.BoolVar(&o.time, "time", false, "add how many ms each stage took")
	return cmd
}

func (o *rendering) check() error {
	if o.pictures != "blocked" && o.pictures != "synth" {
		return usagef("--pictures is blocked or synth")
	}
	if o.remote && o.pictures == "synth" {
		return usagef("--remote-images does not go with --pictures synth")
	}
	if o.scale <= 0 || o.scale > 8 {
		return usagef("--scale is above 0 and at most 8")
	}
	for _, w := range o.widths {
		if w < 1 || w > 10000 {
			return usagef("--width is from 1 to 10000")
		}
	}
	return nil
}

func (a *app) render(ctx context.Context, what string, o rendering) error {
	library, err := a.library(o)
	if err != nil {
		return err
	}
	r := renderer{app: a, o: o, library: library, ink: ink.New()}
	if o.remote {
		pictures := client.FetchPictures(a.now, a.timeout)
		defer pictures.Close()
		r.remote = newRemotePictures(pictures)
		pictures.Came = r.remote.arrived
	}
	path := a.path(what)
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return r.folder(ctx, path)
	case err == nil:
		s, err := readSource(path)
		if err != nil {
			return err
		}
		return r.each(ctx, s, r.single)
	}
	if _, notNumber := strconv.ParseInt(what, 10, 64); notNumber != nil {
		return mail.Wrap(mail.KindInput, "read "+what, err)
	}
	id, err := parseID(what)
	if err != nil {
		return err
	}
	return a.withBody(ctx, id, func(ctx context.Context, c *client.Client, row client.Row) error {
		m, err := c.Message(ctx, row.Message)
		if err != nil {
			return err
		}
		raw, err := c.Raw(ctx, row.Message)
		if err != nil {
			return err
		}
		defer raw.Close()
		s, err := sourceOf(what, m, raw)
		if err != nil {
			return err
		}
		return r.each(ctx, s, r.single)
	})
}

// library is the faces to set with. Without a folder those of the system are
// waited for, so that two runs look the same.
func (a *app) library(o rendering) (*typeset.Library, error) {
	if o.fonts != "" {
		return typeset.FromDir(a.path(o.fonts))
	}
	l := typeset.New("")
	<-l.Ready()
	return l, nil
}

// renderer lays mails out with what they share.
type renderer struct {
	app     *app
	o       rendering
	library *typeset.Library
	ink     *ink.Ink
	remote  *remotePictures // nil: nothing is fetched
}

// each lays one mail out at all widths.
func (r *renderer) each(ctx context.Context, s *source, write func(*source, int, *display.Page, *display.Dump) error) error {
	s.remote = r.remote
	for _, width := range r.o.widths {
		page, d := r.page(s, width)
		if r.remote != nil {
			page, d = r.complete(ctx, s, width, page, d)
		}
		if err := write(s, width, page, d); err != nil {
			return err
		}
	}
	return nil
}

// complete lays a mail out again as its remote pictures come, until all are there
// or nobody would wait any longer.
func (r *renderer) complete(ctx context.Context, s *source, width int, page *display.Page, d *display.Dump) (*display.Page, *display.Dump) {
	ctx, stop := context.WithTimeout(ctx, remotePatience)
	defer stop()
	for round := 0; round < remoteRounds && r.remote.wait(ctx); round++ {
		s.album.Forget()
		page, d = r.page(s, width)
	}
	return page, d
}

// page lays one mail out.
func (r *renderer) page(s *source, width int) (*display.Page, *display.Dump) {
	start := time.Now()
	doc := html.Parse(s.html)
	parsed := time.Now()
	styles := css.Parse(doc).Cascade(css.Media{Width: float64(width), Metrics: box.Metrics(r.library)})
	styled := time.Now()
	page := box.Layout(doc, styles, box.Options{
		Width: float64(width), Library: r.library, Pictures: s.sizes(r.o.pictures),
		Stop: func() bool { return time.Since(start) > patience },
	})
	laid := time.Now()
	d := page.Dump()
	version, _ := build()
	d.Source = display.DumpSource{File: s.name, SHA1: s.sum, By: "postrider " + version, Pictures: r.o.pictures}
	if r.o.time {
		d.Source.Time = map[string]float64{"parse": ms(parsed.Sub(start)), "style": ms(styled.Sub(parsed)), "layout": ms(laid.Sub(styled))}
	}
	return page, d
}

// patience is how long a mail may take. Real ones take milliseconds; what is not
// laid out by then is left out, as in the window.
const patience = 1200 * time.Millisecond

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// single writes the results for one file where the flags say.
func (r *renderer) single(s *source, width int, page *display.Page, d *display.Dump) error {
	if r.o.png != "" {
		start := time.Now()
		img := r.draw(s, page)
		if d.Source.Time != nil {
			d.Source.Time["paint"] = ms(time.Since(start))
		}
		if err := r.writePNG(r.several(r.o.png, width), img); err != nil {
			return err
		}
	}
	switch r.o.json {
	case "":
		if r.o.png != "" {
			return nil
		}
		return d.Write(r.app.out)
	case "-":
		return d.Write(r.app.out)
	}
	return writeDump(r.several(r.app.path(r.o.json), width), d)
}

// several puts the width into a file's name if there are several of them.
func (r *renderer) several(path string, width int) string {
	if len(r.o.widths) == 1 {
		return path
	}
	ext := filepath.Ext(path)
	return strings.TrimSuffix(path, ext) + "@" + strconv.Itoa(width) + ext
}

// folder lays out every file of a folder. What cannot be read is said, and the
// rest goes on.
func (r *renderer) folder(ctx context.Context, dir string) error {
	files, err := os.ReadDir(dir)
	if err != nil {
		return mail.Wrap(mail.KindDisk, "read "+dir, err)
	}
	out := r.app.path(r.o.json)
	if out == "" {
		return usagef("a folder needs --json OUT, the folder for the results")
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return mail.Wrap(mail.KindDisk, "make "+out, err)
	}
	failed := false
	for _, f := range files {
		if ext := strings.ToLower(filepath.Ext(f.Name())); f.IsDir() || ext != ".html" && ext != ".htm" && ext != ".eml" {
			continue
		}
		s, err := readSource(filepath.Join(dir, f.Name()))
		if errors.Is(err, errNothing) {
			continue
		}
		if err == nil {
			err = r.each(ctx, s, func(s *source, width int, _ *display.Page, d *display.Dump) error {
				return writeDump(filepath.Join(out, s.name+"@"+strconv.Itoa(width)+".json"), d)
			})
		}
		if err != nil {
			r.app.say("%s: %s\n", f.Name(), r.app.sentence(err))
			failed = true
		}
	}
	if failed {
		return codeError(exitPartly)
	}
	return nil
}

// tallestPicture bounds the pixels of a picture of a page.
const tallestPicture = 20000

// draw makes a picture of a page.
func (r *renderer) draw(s *source, page *display.Page) *image.RGBA {
	w := int(float64(page.ContentWidth)*r.o.scale + 0.5)
	h := min(int(float64(page.Height)*r.o.scale+0.5), tallestPicture)
	img := image.NewRGBA(image.Rect(0, 0, max(w, 1), max(h, 1)))
	look := lightLook
	if r.o.dark {
		look = darkLook
	}
	look.Library, look.Picture, look.Current = r.library, s.picture(r.o.pictures), -1
	area := display.Rect{W: page.ContentWidth, H: float32(float64(h) / r.o.scale)}
	paint.Paint(r.ink.Canvas(img, r.o.scale, 0, 0), page, area, &look)
	return img
}

// The colours around a mail, as the window has them.
var (
	lightLook = paint.Look{
		Paper: color.NRGBA{255, 255, 255, 255}, Ink: color.NRGBA{0x5b, 0x60, 0x68, 255}, Plate: color.NRGBA{0xee, 0xf0, 0xf3, 255}, Line: color.NRGBA{0xd5, 0xd9, 0xdf, 255},
	}
	darkLook = paint.Look{
		Dark:  true,
		Paper: color.NRGBA{0x1c, 0x1d, 0x20, 255}, Ink: color.NRGBA{0xa5, 0xaa, 0xb3, 255}, Plate: color.NRGBA{0x2b, 0x2d, 0x31, 255}, Line: color.NRGBA{0x3f, 0x42, 0x48, 255},
	}
)

func (r *renderer) writePNG(path string, img image.Image) (err error) {
	f, err := os.Create(r.app.path(path))
	if err != nil {
		return mail.Wrap(mail.KindDisk, "write the picture", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return mail.Wrap(mail.KindDisk, "write the picture", png.Encode(f, img))
}

func writeDump(path string, d *display.Dump) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return mail.Wrap(mail.KindDisk, "write the layout", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	b := bufio.NewWriter(f)
	if err := d.Write(b); err != nil {
		return mail.Wrap(mail.KindDisk, "write the layout", err)
	}
	return mail.Wrap(mail.KindDisk, "write the layout", b.Flush())
}
