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
	Toast, Writing                       string
	Rows, Cards, Windows                 int
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
}

func (p *player) play(s scene) error {
	if err := p.until("the window", func() bool { return p.state.Ready }); err != nil {
		return err
	}
	if !s.bare {
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
	return s.Whole && s.Rows > 20 && strings.HasPrefix(s.Foot, "Sailing club") && len(s.Shown) > 0 &&
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

// click clicks on a named part.
func click(name string) step { return func(p *player) error { return p.ClickOn(name) } }
