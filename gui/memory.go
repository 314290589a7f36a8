package gui

import (
	"os"
	"runtime/debug"
	"time"
)

// thrift is how much garbage the window lets lie about, in percent of what is in
// use. Go's 100 would double the memory of typefaces, which are most of it and
// have nothing in them to look through: to collect more often costs little.
const thrift = 30

// thriftAfter is when the first list has long been drawn: until then there is
// little, and it grows fast.
const thriftAfter = 3 * time.Second

// saveMemory makes the program thrifty before long, unless whoever started it
// knows better.
func saveMemory() {
	if os.Getenv("GOGC") == "" {
		time.AfterFunc(thriftAfter, func() { debug.SetGCPercent(thrift) })
	}
}
