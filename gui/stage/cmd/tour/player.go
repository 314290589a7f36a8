package main

import (
	"fmt"
	"slices"
	"strings"

	"postrider/gui/stage"
)

// state is what the window says of itself, as far as a tour wants to know.
type state struct {
	Ready, Whole, Text, Covered, Overlay bool
	Foot, Place, Focus, Panel            string
	Toast, Writing, Says                 string
	Rows, Cards, Windows, Busy           int
	Shown                                []struct {
		ID      int64
		Subject string
		Loading bool
	}
}

// player plays scenes.
type player struct {
	*stage.Stage
	width, height int
	scale         float64
	state         state
	strike        func() // takes down what the scene was built of
}

func (p *player) play(s scene) error {
	if err := p.until("the window", func() bool { return p.state.Ready }); err != nil {
		return err
	}
	if !s.bare && s.build == nil {
		if err := p.until("the demo's mail", p.settled); err != nil {
			return err
		}
	}
	for _, step := range s.steps {
		if err := step(p); err != nil {
			return err
		}
	}
	return p.Move(int(float64(p.width)*p.scale)-2, int(float64(p.height)*p.scale)-2)
}

// settled reports that the demo's mail is here, and what shows of it is drawn.
func (p *player) settled() bool {
	s := p.state
	return s.Whole && s.Busy == 0 && s.Rows > 20 && strings.HasPrefix(s.Foot, "Sailing club") && len(s.Shown) > 0 &&
		!slices.ContainsFunc(s.Shown, func(r struct {
			ID      int64
			Subject string
			Loading bool
		}) bool {
			return r.Loading
		})
}

func (p *player) until(what string, so func() bool) error {
	return p.Wait(what, func() bool {
		p.state = state{}
		return p.State(&p.state) == nil && so()
	})
}

// A step is something that a person does.
type step func(*player) error

// read clicks on the first row whose subject has a text in it, and waits for its
// message.
func read(subject string) step {
	return func(p *player) error {
		var id int64
		err := p.until("a message about "+subject, func() bool {
			for _, r := range p.state.Shown {
				if strings.Contains(r.Subject, subject) {
					id = r.ID
					return true
				}
			}
			return false
		})
		if err != nil {
			return err
		}
		if err := p.ClickOn(fmt.Sprintf("row %d", id)); err != nil {
			return err
		}
		return p.until("its text", func() bool { return p.state.Text && p.state.Cards > 0 })
	}
}

// keys presses keys, one after the other.
func keys(names ...string) step { return func(p *player) error { return p.Key(names...) } }

// types types text.
func types(text string) step { return func(p *player) error { return p.Type(text) } }

// waits waits for something.
func waits(what string, so func(state) bool) step {
	return func(p *player) error { return p.until(what, func() bool { return so(p.state) }) }
}

// says waits for words in the window.
func says(words string) step {
	return waits(words, func(s state) bool { return strings.Contains(s.Says, words) })
}

// choose opens the menu of a line of the sidebar and chooses from it.
func choose(place, item string) step {
	return func(p *player) error {
		r, err := p.settledAt(fmt.Sprintf("place %q", place))
		if err != nil {
			return err
		}
		x, y := r.Center()
		if err := p.Click(x, y, 3); err != nil {
			return err
		}
		return p.pressOn(fmt.Sprintf("item %q", item))
	}
}

// press clicks on a control, once it is there and keeps its place.
func press(label string) step {
	return func(p *player) error { return p.pressOn(fmt.Sprintf("control %q", label)) }
}

// pressOn clicks on a named part, once it is there and keeps its place.
func (p *player) pressOn(name string) error {
	if _, err := p.settledAt(name); err != nil {
		return err
	}
	return p.ClickOn(name)
}

// settledAt is where a named part is, once it keeps its place.
func (p *player) settledAt(name string) (at stage.Rect, err error) {
	err = p.Wait(name, func() bool {
		now, err := p.Where(name)
		still := err == nil && now == at
		at = now
		return still
	})
	return at, err
}

// click clicks on a named part.
func click(name string) step { return func(p *player) error { return p.ClickOn(name) } }
