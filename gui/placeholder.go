package gui

import "postrider/mail"

func (s *shell) editAccount(id mail.AccountID) {}

func suspicious(label, target string) bool { return false }
