package typeset

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/fontscan"
)

// silent swallows what fontscan has to say about fonts it cannot read.
type silent struct{}

func (silent) Printf(string, ...any) {}

// system lists the faces that the system has. It takes a second or two when the
// index in cache is missing, a fifth of one otherwise.
func system(cache string) []*candidate {
	prints, err := fontscan.SystemFonts(silent{}, cache)
	if err != nil {
		return nil // no fonts folder: the embedded faces have to do
	}
	out := make([]*candidate, 0, len(prints))
	for _, p := range prints {
		out = append(out, systemFace(p))
	}
	return out
}

func systemFace(p fontscan.Footprint) *candidate {
	c := &candidate{
		family: normal(p.Family),
		weight: int(p.Aspect.Weight),
		italic: p.Aspect.Style == font.StyleItalic,
		covers: p.Runes.Contains,
	}
	c.open = func() (*Face, error) {
		return openFace(p.Location.File, int(p.Location.Index), c.family, c.weight, c.italic)
	}
	return c
}

// openFace reads one face of a file.
func openFace(file string, index int, family string, weight int, italic bool) (*Face, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	loaders, err := opentype.NewLoaders(f)
	if err != nil {
		return nil, err
	}
	if index >= len(loaders) {
		return nil, fmt.Errorf("typeset: %s has no face %d", file, index)
	}
	return readFace(f, index, loaders[index], func(ft *font.Font) (*Face, error) { return newFace(ft, family, weight, italic) })
}

// folder lists the faces of the font files in dir, without reading their glyphs.
func folder(dir string) ([]*candidate, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var out []*candidate
	for _, e := range entries {
		switch strings.ToLower(filepath.Ext(e.Name())) {
		case ".ttf", ".otf", ".ttc", ".otc":
			found, err := describe(filepath.Join(dir, e.Name()))
			if err == nil { // one broken file does not make the others worse
				out = append(out, found...)
			}
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("typeset: %s has no font that can be read", dir)
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].family < out[j].family })
	return out, nil
}

// describe lists the faces of one file. It survives what the parser does not.
func describe(file string) (out []*candidate, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("typeset: %s: %v", file, r)
		}
	}()
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	loaders, err := opentype.NewLoaders(f)
	if err != nil {
		return nil, err
	}
	for i, l := range loaders {
		d, _ := font.Describe(l, nil)
		c := &candidate{family: normal(d.Family), weight: int(d.Aspect.Weight), italic: d.Aspect.Style == font.StyleItalic}
		c.open = func() (*Face, error) { return openFace(file, i, d.Family, c.weight, c.italic) }
		out = append(out, c)
	}
	return out, nil
}
