package typeset

import (
	"bytes"
	"fmt"
	"strings"

	"postrider/assets/fonts"

	"github.com/go-text/typesetting/font"
)

// embedded lists the faces that are part of the program, none of them read yet.
func embedded() []*candidate {
	out := []*candidate{
		embeddedFace(inter, 400, false, fonts.InterRegular),
		embeddedFace(inter, 500, false, fonts.InterMedium),
		embeddedFace(inter, 600, false, fonts.InterSemiBold),
		embeddedFace(inter, 400, true, fonts.InterItalic),
		embeddedFace(interDisplay, 600, false, fonts.InterDisplaySemiBold),
	}
	files, err := fonts.Metric.ReadDir(".")
	if err != nil { // the folder is part of the program
		panic(err)
	}
	for _, f := range files {
		out = append(out, metricFace(f.Name()))
	}
	return out
}

// metricFace is the face of a file named <Family>-<Style>.ttf.
func metricFace(file string) *candidate {
	family, style, _ := strings.Cut(strings.TrimSuffix(file, ".ttf"), "-")
	family = strings.Replace(family, "Liberation", "Liberation ", 1)
	weight := 400
	if strings.HasPrefix(style, "Bold") {
		weight = 700
	}
	c := &candidate{family: normal(family), weight: weight, italic: strings.HasSuffix(style, "Italic")}
	c.open = func() (*Face, error) {
		data, err := fonts.Metric.ReadFile(file)
		if err != nil {
			return nil, err
		}
		return parseFace(data, family, c.weight, c.italic)
	}
	return c
}

func embeddedFace(family string, weight int, italic bool, data []byte) *candidate {
	return &candidate{family: normal(family), weight: weight, italic: italic, open: func() (*Face, error) {
		return parseFace(data, family, weight, italic)
	}}
}

func parseFace(data []byte, family string, weight int, italic bool) (*Face, error) {
	face, err := font.ParseTTF(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("typeset: reading a face of %s: %w", family, err)
	}
	return newFace(face.Font, family, weight, italic)
}
