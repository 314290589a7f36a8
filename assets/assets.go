// Package assets holds the files that are part of the program.
package assets

import (
	"embed"
	"io/fs"
)

//go:embed demo
var files embed.FS

// Demo is the demo's mail: see demo/README.md.
func Demo() fs.FS {
	sub, err := fs.Sub(files, "demo")
	if err != nil { // the name is a constant, and valid
		panic(err)
	}
	return sub
}
