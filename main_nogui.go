//go:build nogui

package main

import "postrider/mail/cli"

func window() cli.Window { return nil }
