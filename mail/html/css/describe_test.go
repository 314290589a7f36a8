package css

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"postrider/mail/html"
)

// styled computes the styles of a source at a width.
func styled(source string, m Media) (*html.Document, *Styles) {
	d := html.Parse(source)
	return d, Parse(d).Cascade(m)
}

// find is the element whose id is "x".
func find(t *testing.T, d *html.Document) html.ID {
	t.Helper()
	for id := range html.ID(d.Len()) {
		if d.Get(id, "id") == "x" {
			return id
		}
	}
	t.Fatal("there is no element with the id x")
	return html.None
}

// look describes the element x: what differs from the initial style.
func look(t *testing.T, source string) string {
	t.Helper()
	d, st := styled(source, Media{Width: 600})
	return describe(st.Of(find(t, d)))
}

// describe writes the fields of a style that are not the initial ones.
func describe(s *Style) string {
	var b strings.Builder
	have, usual := reflect.ValueOf(*s), reflect.ValueOf(Initial())
	for i := range have.NumField() {
		describeGroup(&b, have.Field(i), usual.Field(i))
	}
	return strings.TrimSpace(b.String())
}

func describeGroup(b *strings.Builder, have, usual reflect.Value) {
	for i := range have.NumField() {
		f := have.Type().Field(i)
		if !f.IsExported() || f.Name == "Border" && borderless(have.Field(i).Interface().([4]Edge)) {
			continue
		}
		h, u := have.Field(i).Interface(), usual.Field(i).Interface()
		if !reflect.DeepEqual(h, u) {
			fmt.Fprintf(b, "%s=%s ", f.Name, show(h))
		}
	}
}

func borderless(e [4]Edge) bool {
	return e[0].Width == 0 && e[1].Width == 0 && e[2].Width == 0 && e[3].Width == 0
}

func short4(list ...string) string {
	switch {
	case list[0] == list[1] && list[0] == list[2] && list[0] == list[3]:
		return list[0]
	case list[0] == list[2] && list[1] == list[3]:
		return list[0] + "," + list[1]
	}
	return strings.Join(list, ",")
}

// show writes a value as short as it can.
func show(v any) string {
	switch v := v.(type) {
	case Color:
		return v.String()
	case Length:
		return showLength(v)
	case [4]Length:
		return short4(showLength(v[0]), showLength(v[1]), showLength(v[2]), showLength(v[3]))
	case [4]Edge:
		return short4(showEdge(v[0]), showEdge(v[1]), showEdge(v[2]), showEdge(v[3]))
	case [4]Corner:
		return short4(showCorner(v[0]), showCorner(v[1]), showCorner(v[2]), showCorner(v[3]))
	case float32:
		return num(v)
	case *Families:
		var names []string
		for _, f := range v.Names {
			if f.Generic {
				names = append(names, "("+f.Name+")")
			} else {
				names = append(names, f.Name)
			}
		}
		return strings.Join(names, "+")
	case Decoration:
		return showLine("u", v.Under) + showLine("o", v.Over) + showLine("t", v.Through)
	case *Shadows:
		s := ""
		for _, h := range v.List {
			s += fmt.Sprintf("[%s %s %s %s %s %v]", num(h.X), num(h.Y), num(h.Blur), num(h.Spread), h.Color, h.Inset)
		}
		return s
	case *Layers:
		s := ""
		for _, l := range v.List {
			s += showLayer(l)
		}
		return s
	case *Transform:
		s := ""
		for _, t := range v.Steps {
			s += fmt.Sprintf("[%s %s %.2f %.2f %.2f %.2f]", showLength(t.X), showLength(t.Y), t.A, t.B, t.C, t.D)
		}
		return s + "@" + showLength(v.OriginX) + "," + showLength(v.OriginY)
	case *Tracks:
		s := ""
		for _, t := range v.List {
			s += "[" + showLength(t.Min) + " " + showLength(t.Size) + " " + num(t.Fr) + "]"
		}
		return fmt.Sprint(s, v.AutoFill, v.AutoFit)
	}
	return fmt.Sprint(v)
}

func num(f float32) string { return strconv.FormatFloat(float64(f), 'f', -1, 32) }

func showLength(l Length) string {
	s := [...]string{"auto", "", "none", "min", "max", "fit"}[l.Unit]
	if l.Unit != Set {
		return s
	}
	switch {
	case l.Pct == 0:
		s = num(l.Px)
	case l.Px == 0:
		s = num(l.Pct) + "%"
	default:
		s = num(l.Pct) + "%+" + num(l.Px)
	}
	if l.Bounds != nil {
		s += "(" + showLength(l.Bounds.Min) + ".." + showLength(l.Bounds.Max) + ")"
	}
	return s
}

func showEdge(e Edge) string {
	if e.Width == 0 {
		return "-"
	}
	return num(e.Width) + ":" + strconv.Itoa(int(e.Style)) + ":" + e.Color.String()
}

func showCorner(c Corner) string {
	if c.X == c.Y {
		return showLength(c.X)
	}
	return showLength(c.X) + "/" + showLength(c.Y)
}

func showLine(name string, l TextLine) string {
	if l.Style == NoLine {
		return ""
	}
	return name + strconv.Itoa(int(l.Style)) + l.Color.String()
}

func showLayer(l Layer) string {
	image := l.Ref
	if g := l.Gradient; g != nil {
		image = fmt.Sprintf("gradient(%v %v %v %s,%s", g.Radial, g.Repeat, g.Angle, showLength(g.X), showLength(g.Y))
		for _, s := range g.Stops {
			image += " " + s.Color.String() + "@" + showLength(s.At)
		}
		image += ")"
	}
	return fmt.Sprintf("[%s %s,%s size%d:%s,%s rep%d%d in%d%d]", image, showLength(l.X), showLength(l.Y), l.Size, showLength(l.Width), showLength(l.Height), l.RepeatX, l.RepeatY, l.Origin, l.Clip)
}

func escapeQuotes(s string) string { return strings.ReplaceAll(s, `"`, "&quot;") }

// merge puts two descriptions together in the order of the fields; "-Name="
// takes the place of another value.
func merge(bare, more string) string {
	vals := map[string]string{}
	for _, list := range []string{bare, more} {
		for _, f := range fieldsOf(list) {
			name, val, _ := strings.Cut(strings.TrimPrefix(f, "-"), "=")
			vals[name] = val
		}
	}
	var b strings.Builder
	for group := range reflect.TypeFor[Style]().Fields() {
		for f := range group.Type.Fields() {
			if v, ok := vals[f.Name]; ok {
				fmt.Fprintf(&b, "%s=%s ", f.Name, v)
			}
		}
	}
	return strings.TrimSpace(b.String())
}

// fieldsOf cuts a description at its names.
func fieldsOf(s string) (list []string) {
	for _, w := range strings.Split(s, " ") {
		name, _, has := strings.Cut(strings.TrimPrefix(w, "-"), "=")
		if has && name != "" && name[0] >= 'A' && name[0] <= 'Z' && !strings.Contains(name, "[") {
			list = append(list, w)
		} else if len(list) > 0 {
			list[len(list)-1] += " " + w
		}
	}
	return list
}
