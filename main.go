// Postrider is a mail client for IMAP and POP3: see package gui for its window
// and package cli for its commands.
package main

import (
	"os"

	"postrider/mail/cli"
)

func main() { os.Exit(cli.Main(os.Args[1:], window())) }
