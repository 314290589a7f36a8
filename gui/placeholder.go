package gui

import "postrider/gui/vm"

func (s *shell) allowPictures(c *vm.Card, address string) {}

func suspicious(label, target string) bool { return false }
