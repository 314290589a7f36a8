package enginetest

import (
	"testing"

	"postrider/mail/store"
)

// clause is one promise of a driver.
type clause struct {
	name      string
	mailboxes bool // holds for servers that have mailboxes and flags
	keep      func(*bed)
}

var contract = []clause{
	{"a pull brings every message, byte for byte", false, pullBrings},
	{"a pull of nothing new changes nothing", false, pullRepeats},
	{"a pull sees what others did", true, pullSees},
	{"a pull sees folders come and go", true, pullSeesFolders},
	{"a pull recognises messages under a new UIDVALIDITY", true, pullRecognises},
	{"a pull lets the person's acts in between", true, pullLetsIn},
	{"a pull tells how far it has come", false, pullTells},

	{"flags are pushed as a change, not as a state", true, pushFlags},
	{"a move keeps the message and its id", true, pushMove},
	{"a copy is one more", true, pushCopy},
	{"an expunge takes what it names and nothing else", true, pushExpunge},
	{"an append brings the bytes", true, pushAppend},
	{"folders are made, renamed and deleted", true, pushFolders},
	{"each item ends by itself", true, pushEnds},
	{"what the server refuses is taken back", true, pushRefused},
	{"a task done twice is done once", true, pushAgain},
	{"a stale task touches nothing", true, pushStale},

	{"an interruption anywhere is made good", true, cutAnywhere},
	{"an interruption of a pull loses and doubles nothing", false, cutPull},

	{"a fetch brings the bytes", false, fetchBrings},
	{"a fetch of what is gone says so", false, fetchGone},
	{"everything ends with its context", false, endsWithContext},
	{"a wait ends with its context, the connection stays good", false, waitEnds},
	{"a wait ends with news", false, waitHears},
	{"a close may be repeated", false, closeTwice},
}

// Run tests a driver against the contract of [postrider/mail/engine.Driver].
func Run(t *testing.T, factory Factory) {
	for _, c := range contract {
		t.Run(c.name, func(t *testing.T) {
			b := newBed(t, factory)
			if c.mailboxes && b.Protocol != store.IMAP {
				t.Skip("this server has no mailboxes")
			}
			c.keep(b)
		})
	}
}
