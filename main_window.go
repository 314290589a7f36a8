//go:build !nogui

package main

import (
	"postrider/gui"
	"postrider/mail/cli"
)

func window() cli.Window { return gui.New() }
