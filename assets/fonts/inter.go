package fonts

import _ "embed"

// The faces of Inter 4.0 by Rasmus Andersson (OFL 1.1, see OFL.txt), as static
// OpenType files with PostScript outlines. InterDisplay is drawn for 20 px and
// more. The bytes must not be changed.
var (
	//go:embed Inter-Regular.otf
	InterRegular []byte
	//go:embed Inter-Medium.otf
	InterMedium []byte
	//go:embed Inter-SemiBold.otf
	InterSemiBold []byte
	//go:embed Inter-Italic.otf
	InterItalic []byte
	//go:embed InterDisplay-SemiBold.otf
	InterDisplaySemiBold []byte
)
