package cli

import (
	"os"
	"runtime/debug"
)

// thrift is how much garbage a sync lets lie about, in percent of what is in use.
// Go's 100 would add 15 MB to the 130 MB of a first sync; to collect more often
// costs a few percent of its time.
const thrift = 80

// saveMemory makes the program thrifty, unless whoever started it knows better.
func saveMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(thrift)
	}
}
