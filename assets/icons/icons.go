// Package icons holds the icons of the interface, from Lucide 1.62.0 (ISC, see
// lucide/LICENSE), and the program's own icon. gui/theme colours and scales
// them; nobody else needs to. It promises bytes and nothing else.
package icons

import (
	"embed"
	"fmt"
)

//go:embed lucide/*.svg
var lucide embed.FS

// Lucide is the SVG file of an icon, as it came: black on a 24 by 24 grid, with
// a stroke of 2. It fails for a name that is not among the files.
func Lucide(name string) ([]byte, error) {
	svg, err := lucide.ReadFile("lucide/" + name + ".svg")
	if err != nil {
		return nil, fmt.Errorf("there is no icon called %q", name)
	}
	return svg, nil
}
