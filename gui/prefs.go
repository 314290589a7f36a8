package gui

import (
	"postrider/accounts/settings"
	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
)

var modes = map[settings.Theme]theme.Mode{settings.FollowSystem: theme.FollowSystem, settings.Light: theme.AlwaysLight, settings.Dark: theme.AlwaysDark}

var densities = map[settings.Density]widgets.Density{settings.Comfortable: widgets.Comfortable, settings.Cosy: widgets.Cosy, settings.Compact: widgets.Compact}

// preferred takes over what the person has chosen.
func (s *shell) preferred() {
	p := s.prefs.Settings
	if mode := modes[p.Appearance.Theme]; mode != theme.CurrentMode() {
		theme.Set(mode)
	}
	s.keys.off = !p.General.SingleKeys
	s.list.rows.SetDensity(densities[p.Appearance.Density])
	s.reader.model.MarkAfter = p.General.MarkRead()
	s.reader.model.Conversations = p.General.Conversations
	s.reader.model.Allowed = p.Privacy.Allows
	if zoom := float32(p.Appearance.Zoom) / 100; zoom != s.reader.zoom {
		s.reader.setZoom(zoom)
	}
	if s.list.place != (vm.Place{}) && !s.list.search.model.Active {
		s.list.show(s.list.place)
	}
}

// allowPictures has the pictures of a sender, or of a domain as @example.org,
// shown from now on.
func (s *shell) allowPictures(c *vm.Card, address string) {
	s.prefs.Set(func(p *settings.Settings) {
		p.Privacy.Pictures = settings.PicturesKnown
		for _, have := range p.Privacy.Senders {
			if have == address {
				return
			}
		}
		p.Privacy.Senders = append(p.Privacy.Senders, address)
	})
	s.reader.model.ShowPictures(c)
}
