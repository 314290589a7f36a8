package fonts

import "embed"

// Metric holds faces with the widths of the ones that mail asks for most, so
// that a mail breaks its lines where its sender saw them break: Liberation Sans,
// Serif and Mono 2.1.5 (Arial, Times New Roman, Courier New; LICENSE-liberation.txt),
// Carlito (Calibri; LICENSE-carlito.txt; without its bold italic, which is large
// and rare) and Caladea (Cambria; LICENSE-caladea.txt). All are under the OFL 1.1.
// The bytes must not be changed: they are named <Family>-<Style>.ttf.
//
//go:embed Liberation*.ttf Carlito*.ttf Caladea*.ttf
var Metric embed.FS
