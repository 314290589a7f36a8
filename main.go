// Postrider is a mail client for IMAP and POP3: see package cli for its
// commands.
package main

import (
	"os"
	"runtime/debug"

	"postrider/mail/cli"
)

// gcPercent is how much garbage may gather, in percent of what is in use: less
// than Go's default, since a mail program runs all day beside others, and its
// first sync should not need more memory than its hundredth.
const gcPercent = 75

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	os.Exit(cli.Main(os.Args[1:]))
}
