package typeset

import (
	"strings"
	"sync"

	"github.com/go-text/typesetting/font"
)

// normal makes names of families comparable.
func normal(family string) string { return font.NormalizeFamily(family) }

// The families that are embedded.
const (
	inter        = "Inter"
	interDisplay = "Inter Display"
	sans         = "Liberation Sans"
	serif        = "Liberation Serif"
	mono         = "Liberation Mono"
)

// metric has the families that have an embedded one of the same widths, and the
// generic ones. They are served from here whatever the system has: it is at
// hand at once, and the same on each system.
var metric = normalKeys(map[string]string{
	"Arial": sans, "Helvetica": sans, "Arimo": sans, "sans-serif": sans,
	"Times": serif, "Times New Roman": serif, "Tinos": serif, "serif": serif,
	"Courier": mono, "Courier New": mono, "Cousine": mono, "monospace": mono,
	"Calibri": "Carlito", "Cambria": "Caladea",
})

// further has what a browser on a computer of today finds beyond that; a fixed
// folder of faces goes without.
var further = normalKeys(map[string]string{
	"system-ui": inter, "ui-sans-serif": inter, "-postrider-ui": inter,
	"ui-serif": serif, "ui-monospace": mono, "fantasy": sans, "cursive": serif, "math": serif,
})

// likeSans are families without serifs that mail asks for and few systems have.
// If a list names one of them and nothing that is there, sans is nearer to what
// was meant than a browser's serif.
var likeSans = normalKeys(map[string]string{
	"Helvetica Neue": sans, "Segoe UI": sans, "Verdana": sans, "Tahoma": sans, "Geneva": sans, "Trebuchet MS": sans,
	"Lucida Grande": sans, "Lucida Sans": sans, "Lucida Sans Unicode": sans, "Roboto": sans, "Open Sans": sans, "Lato": sans,
	"Montserrat": sans, "Poppins": sans, "Nunito": sans, "Nunito Sans": sans, "Source Sans Pro": sans, "Ubuntu": sans,
	"Noto Sans": sans, "Aptos": "Carlito", "Candara": sans, "Corbel": sans, "Century Gothic": sans, "Futura": sans,
	"Avenir": sans, "Avenir Next": sans, "Gill Sans": sans, "Optima": sans, "Arial Black": sans, "Impact": sans,
	"Work Sans": sans, "DM Sans": sans, "Raleway": sans, "Oswald": sans, "PT Sans": sans, "Fira Sans": sans,
	"IBM Plex Sans": sans, "Proxima Nova": sans, "San Francisco": sans, "SF Pro Text": sans, "SF Pro Display": sans,
	"-apple-system": sans, "BlinkMacSystemFont": sans, "Google Sans": sans, "Product Sans": sans, "MS Sans Serif": sans,
	"Consolas": mono, "Menlo": mono, "Monaco": mono, "SF Mono": mono, "Lucida Console": mono, "Andale Mono": mono,
	"Source Code Pro": mono, "DejaVu Sans Mono": mono, "Ubuntu Mono": mono, "Fira Code": mono,
	"DejaVu Sans": sans, "Bitstream Vera Sans": sans,
})

func normalKeys(m map[string]string) map[string]string {
	out := make(map[string]string, len(m))
	for k, v := range m {
		out[normal(k)] = normal(v)
	}
	return out
}

// families parts a list as CSS writes it. A list is parted once; there are few.
func families(list string) []string {
	if v, ok := parted.Load(list); ok {
		return v.([]string)
	}
	var out []string
	for _, name := range strings.Split(list, ",") {
		name = strings.Trim(strings.TrimSpace(name), `"' `)
		if name = normal(name); name != "" {
			out = append(out, name)
		}
		if len(out) == maxFamilies {
			break
		}
	}
	if len(list) < 400 {
		parted.Store(list, out)
	}
	return out
}

// maxFamilies is how many names of a list are looked at.
const maxFamilies = 24

var parted sync.Map // string to []string
