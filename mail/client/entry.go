package client

import "context"

// Entry is how a face gets in when it wants to be on the screen before the
// store is open: opening may take a passphrase, or fail and be mended.
type Entry struct {
	Open    func(context.Context) (*Client, error)     // whoever gave the Entry closes the client
	Rebuild func(context.Context) (CheckReport, error) // after an error of Open that is Lost
}
