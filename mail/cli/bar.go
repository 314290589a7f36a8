package cli

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/rivo/uniseg"
)

// barEvery is how often a progress bar is drawn at most.
const barEvery = 80 * time.Millisecond

// bar is a line on a terminal's stderr that says how far work has come. The nil
// bar, where there is no terminal, shows nothing.
type bar struct {
	w     io.Writer
	width int

	mu    sync.Mutex
	shown bool
	drawn time.Time
}

// show draws the bar: what, done of of (0: unknown), and further words.
func (b *bar) show(what string, done, of int64, more string) {
	if b == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if time.Since(b.drawn) < barEvery {
		return
	}
	b.drawn, b.shown = time.Now(), true
	text := what + "  "
	if of > 0 {
		done = min(done, of)
		const cells = 24
		full := int(done * cells / of)
		text += strings.Repeat("█", full) + strings.Repeat("░", cells-full) + fmt.Sprintf(" %3d %%  ", done*100/of)
	}
	text = plain(text + more)
	if w := max(b.width-1, 20); uniseg.StringWidth(text) > w {
		text, _ = cut(text, w)
	}
	fmt.Fprintf(b.w, "\r\x1b[K%s", text)
}

// clear takes the bar off the screen.
func (b *bar) clear() {
	if b == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.shown {
		fmt.Fprint(b.w, "\r\x1b[K")
		b.shown, b.drawn = false, time.Time{}
	}
}
