package gui

import (
	"context"
	"strings"

	"postrider/gui/desktop"
	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
	"postrider/mail"
	"postrider/mail/html"
)

// expandAll opens every message of the conversation, or shuts all but the newest.
func (s *shell) expandAll() bool {
	shut := false
	for _, c := range s.reader.model.Cards {
		shut = shut || !c.Open
	}
	s.reader.model.OpenAll(shut)
	return true
}

// showPictures lets the blocked pictures of what is shown be fetched.
func (s *shell) showPictures() bool {
	any := false
	for _, c := range s.reader.model.Cards {
		for _, n := range c.Notices {
			if n.Kind == vm.NoticePictures && c.Open {
				s.reader.model.ShowPictures(c)
				any = true
			}
		}
	}
	return any
}

// saveFiles saves what came with the message that is read.
func (s *shell) saveFiles() bool {
	c := s.reader.current()
	if c == nil || c.Body == nil || len(c.Body.Files) == 0 {
		return false
	}
	s.reader.saveFiles(c.Body.Files)
	return true
}

// page reads on by a screen, and at the end goes to the next message.
func (s *shell) page(by int) func() bool {
	return func() bool {
		if s.reader.scrollPage(by) {
			return true
		}
		s.list.rows.MoveCursor(by, false)
		return true
	}
}

// scrollPage scrolls what is read by a screen; false if there is no more.
func (r *reader) scrollPage(by int) bool {
	switch {
	case r.single.object.Visible():
		return r.single.body.page.ScrollPage(by)
	case r.cards.object.Visible():
		r.cards.begun = true
		at := r.cards.scroll.Offset()
		r.cards.scroll.Page(by)
		end := r.cards.stackSize().Height - r.cards.scroll.Size().Height
		return by > 0 && at < end-1 || by < 0 && at > 0
	}
	return false
}

// zoom makes the text of mails larger or smaller, or with 0 as it was.
func (s *shell) zoom(by int) func() bool {
	return func() bool {
		zoom := s.reader.zoom
		switch {
		case by > 0:
			zoom = min(3, zoom*1.1)
		case by < 0:
			zoom = max(0.5, zoom/1.1)
		default:
			zoom = 1
		}
		s.reader.setZoom(zoom)
		return true
	}
}

// setZoom takes over how large mails are shown.
func (r *reader) setZoom(zoom float32) {
	r.zoom = zoom
	r.single.body.page.SetZoom(zoom)
	for _, v := range r.cards.views {
		v.body.page.SetZoom(zoom)
	}
}

// setOriginal shows mails in their own colours though the window is dark, or no
// longer. It is for what is read now.
func (r *reader) setOriginal(on bool) {
	r.original = on
	r.single.body.page.SetOriginal(on)
	for _, v := range r.cards.views {
		v.body.page.SetOriginal(on)
	}
	r.tools.update()
}

// unsubscribe leaves a mailing list: by its page, or by a message that is shown
// before it is sent.
func (s *shell) unsubscribe(c *vm.Card) bool {
	if c == nil {
		return false
	}
	if c.List == nil {
		s.say("This message came by no mailing list.")
		return true
	}
	switch {
	case c.List.Click:
		link := c.List.Web
		widgets.Ask(s.app.window.Canvas(), widgets.Question{
			Title: "Leave the mailing list?", Sentence: "Postrider tells " + html.Host(link) + " that you want no more of it. No page is opened.", Yes: "Leave the list",
			Act: func() { s.leaveList(link) },
		})
	case c.List.Web != "":
		widgets.Ask(s.app.window.Canvas(), widgets.Question{
			Title: "Leave the mailing list", Sentence: "This opens a page of the list in your browser:\n" + c.List.Web, Yes: "Open the page",
			Act: func() {
				if err := desktop.Browse(c.List.Web); err != nil {
					s.fail(vm.Explain(err))
				}
			},
		})
	case strings.HasPrefix(strings.ToLower(c.List.Mail), "mailto:"):
		s.openNames([]string{c.List.Mail})
	default:
		s.say("This mailing list does not say how to leave it.")
	}
	return true
}

// leaveList leaves a mailing list by one request, which the person asked for.
func (s *shell) leaveList(link string) {
	vm.Run(s.desk, func(ctx context.Context) error { return s.client.Unsubscribe(ctx, link) }, func(err error) {
		if err != nil {
			s.fail(vm.Explain(err))
			return
		}
		s.tell(theme.IconCheck, html.Host(link)+" was told that you want no more of this list.", "", nil)
	})
}

// tag asks for a tag and puts it on what is selected, or takes it off.
func (s *shell) tag() bool {
	return s.withSelection(vm.AddTag, func(ids []mail.PlacementID) {
		newTagger(s, func(name string, on bool) {
			verb := vm.AddTag
			if !on {
				verb = vm.RemoveTag
			}
			s.act(vm.Act{Verb: verb, IDs: ids, Tag: name})
		})
	})
}
