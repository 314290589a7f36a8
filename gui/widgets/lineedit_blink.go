package widgets

import "time"

const (
	blinkEvery = 530 * time.Millisecond
	// blinkFor is how long a caret blinks after the last key. Then it stays
	// lit: each blink draws the window anew.
	blinkFor = 10 * time.Second
)

// blinker makes a caret blink.
type blinker struct {
	show  func(on bool)
	lit   bool
	times int
	wait  func()
	turn  int
}

// start lights the caret and begins to blink anew.
func (b *blinker) start() {
	b.halt()
	b.lit, b.times = true, 0
	b.show(true)
	b.next()
}

// stop takes the caret away.
func (b *blinker) stop() {
	b.halt()
	b.show(false)
}

func (b *blinker) halt() {
	b.turn++
	if b.wait != nil {
		b.wait()
		b.wait = nil
	}
}

func (b *blinker) next() {
	turn := b.turn
	b.wait = tipTimer(blinkEvery, func() {
		if turn != b.turn {
			return
		}
		b.times++
		b.lit = !b.lit
		b.show(b.lit)
		if !b.lit || time.Duration(b.times)*blinkEvery < blinkFor {
			b.next()
		}
	})
}
