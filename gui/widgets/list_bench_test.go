package widgets

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"postrider/gui/fynetest"
)

// benchRows are rows that all differ, in the scripts of inbox.
func benchRows(n int) *rowsModel {
	m := newRowsModel(n)
	m.say = func(id RowID) RowData {
		r := inbox[int(id)%9]
		r.Sender = fmt.Sprintf("%s %d", r.Sender, id%997)
		r.Subject = fmt.Sprintf("%s %d", r.Subject, id)
		r.Snippet = fmt.Sprintf("%s %d", r.Snippet, id)
		return r
	}
	return m
}

func benchList(b *testing.B, scale float32, n int) *List {
	fynetest.New(b)
	useSystemFaces(b)
	m := benchRows(n)
	l := NewList(m, NewRowSet(m))
	w := test.NewTempWindow(b, l)
	w.SetPadded(false)
	w.Canvas().(interface{ SetScale(float32) }).SetScale(scale)
	w.Resize(fyne.NewSize(379, 13*72))
	return l
}

// A page of 13 rows that were never drawn: what Fyne does with them afterwards
// is not in it.
func BenchmarkPage(b *testing.B) {
	for _, scale := range []float32{1, 2} {
		b.Run(fmt.Sprintf("scale%v", scale), func(b *testing.B) {
			l := benchList(b, scale, 1_000_000)
			off := int64(0)
			for b.Loop() {
				off = (off + 13*72) % (l.scroll.end() - 13*72)
				l.scroll.to(off)
			}
		})
	}
}

// A page of rows that were drawn a moment ago.
func BenchmarkPageAgain(b *testing.B) {
	l := benchList(b, 1, 1_000_000)
	for b.Loop() {
		l.scroll.to(13 * 72)
		l.scroll.to(0)
	}
}

// A notch of a wheel, without gliding.
func BenchmarkStep(b *testing.B) {
	l := benchList(b, 1, 1_000_000)
	off := int64(0)
	for b.Loop() {
		off = (off + 25) % l.scroll.end()
		l.scroll.to(off)
	}
}

// Taking over a change of the model with nothing new to draw.
func BenchmarkUpdate(b *testing.B) {
	l := benchList(b, 1, 10_000)
	for b.Loop() {
		l.Update()
	}
}
