package widgets

import "testing"

func TestAPageSaysWhetherItIsPainted(t *testing.T) {
	s := newPageStage(t, longMail(100), false)
	if !s.Painted() {
		t.Error("what was painted at once does not count as painted")
	}
	var later []func()
	s.tiles.spawn = func(work func()) { later = append(later, work) }
	s.SetPage(laidOut(longMail(102), pageWidth))
	if s.Painted() {
		t.Error("another mail counts as painted before it is")
	}
	for _, work := range later {
		work()
	}
	if !s.Painted() {
		t.Error("a painted mail does not count as painted")
	}
}
