package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"postrider/assets/fonts"
)

// New is the theme for Fyne's own widgets. Its colours are those of [Current],
// whatever variant Fyne asks for.
func New() fyne.Theme { return look{} }

type look struct{}

var (
	fontRegular  = fyne.NewStaticResource("Inter-Regular.otf", fonts.InterRegular)
	fontSemiBold = fyne.NewStaticResource("Inter-SemiBold.otf", fonts.InterSemiBold)
	fontItalic   = fyne.NewStaticResource("Inter-Italic.otf", fonts.InterItalic)
)

// Font is Inter; what it has no face for stays Fyne's.
func (look) Font(style fyne.TextStyle) fyne.Resource {
	switch {
	case style.Monospace, style.Symbol:
		return fynetheme.DefaultTheme().Font(style)
	case style.Bold:
		return fontSemiBold
	case style.Italic:
		return fontItalic
	default:
		return fontRegular
	}
}

// Icon is Lucide's for what Fyne's widgets show, and Fyne's for the rest.
func (look) Icon(name fyne.ThemeIconName) fyne.Resource {
	if icon, ok := fyneIcons[name]; ok {
		return icon.Resource(Ink2)
	}
	return fynetheme.DefaultTheme().Icon(name)
}

var fyneIcons = map[fyne.ThemeIconName]Icon{
	fynetheme.IconNameArrowDropDown:  IconChevronDown,
	fynetheme.IconNameArrowDropUp:    IconChevronUp,
	fynetheme.IconNameNavigateNext:   IconChevronRight,
	fynetheme.IconNameNavigateBack:   IconChevronLeft,
	fynetheme.IconNameCancel:         IconX,
	fynetheme.IconNameConfirm:        IconCheck,
	fynetheme.IconNameDelete:         IconTrash,
	fynetheme.IconNameSearch:         IconSearch,
	fynetheme.IconNameSettings:       IconSettings,
	fynetheme.IconNameContentCopy:    IconCopy,
	fynetheme.IconNameContentAdd:     IconPlus,
	fynetheme.IconNameContentRemove:  IconMinus,
	fynetheme.IconNameFolder:         IconFolder,
	fynetheme.IconNameFolderOpen:     IconFolderOpen,
	fynetheme.IconNameFolderNew:      IconFolderPlus,
	fynetheme.IconNameFile:           IconFile,
	fynetheme.IconNameFileImage:      IconFileImage,
	fynetheme.IconNameFileText:       IconFileText,
	fynetheme.IconNameInfo:           IconInfo,
	fynetheme.IconNameQuestion:       IconQuestion,
	fynetheme.IconNameWarning:        IconTriangleAlert,
	fynetheme.IconNameError:          IconAlert,
	fynetheme.IconNameVisibility:     IconEye,
	fynetheme.IconNameVisibilityOff:  IconEyeOff,
	fynetheme.IconNameMenu:           IconMenu,
	fynetheme.IconNameMoreHorizontal: IconEllipsis,
	fynetheme.IconNameHome:           IconHome,
	fynetheme.IconNameComputer:       IconMonitor,
	fynetheme.IconNameDownload:       IconDownload,
	fynetheme.IconNameViewRefresh:    IconRefresh,
}

func (look) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	p := Current()
	if t, ok := fyneColors[name]; ok {
		return p.Of(t)
	}
	switch name {
	case fynetheme.ColorNameShadow:
		if p.Dark {
			return rgba(0x00000066)
		}
		return rgba(0x16191E1F)
	case fynetheme.ColorNameScrollBarBackground:
		return color.NRGBA{}
	case fynetheme.ColorNameFocus: // over a whole control, so the line around it does the talking
		return fade(p.Accent, 0x2E)
	}
	variant := fynetheme.VariantLight
	if p.Dark {
		variant = fynetheme.VariantDark
	}
	return fynetheme.DefaultTheme().Color(name, variant)
}

var fyneColors = map[fyne.ThemeColorName]Token{
	fynetheme.ColorNameBackground:          Paper,
	fynetheme.ColorNameButton:              Paper,
	fynetheme.ColorNameDisabledButton:      Side,
	fynetheme.ColorNameDisabled:            Ink3,
	fynetheme.ColorNameError:               Danger,
	fynetheme.ColorNameForeground:          Ink,
	fynetheme.ColorNameForegroundOnError:   Paper,
	fynetheme.ColorNameForegroundOnPrimary: OnAccent,
	fynetheme.ColorNameForegroundOnSuccess: Paper,
	fynetheme.ColorNameForegroundOnWarning: Paper,
	fynetheme.ColorNameHeaderBackground:    Side,
	fynetheme.ColorNameHover:               Hover,
	fynetheme.ColorNameHyperlink:           Accent,
	fynetheme.ColorNameInputBackground:     Paper,
	fynetheme.ColorNameInputBorder:         Control,
	fynetheme.ColorNameMenuBackground:      Paper,
	fynetheme.ColorNameOverlayBackground:   Paper,
	fynetheme.ColorNamePlaceHolder:         Ink3,
	fynetheme.ColorNamePressed:             Press,
	fynetheme.ColorNamePrimary:             Accent,
	fynetheme.ColorNameScrollBar:           Thumb,
	fynetheme.ColorNameSelection:           Sel,
	fynetheme.ColorNameSeparator:           Line,
	fynetheme.ColorNameSuccess:             Good,
	fynetheme.ColorNameWarning:             Warn,
}

func fade(c color.NRGBA, alpha uint8) color.NRGBA {
	c.A = alpha
	return c
}

func (look) Size(name fyne.ThemeSizeName) float32 {
	if size, ok := fyneSizes[name]; ok {
		return size
	}
	return fynetheme.DefaultTheme().Size(name)
}

var fyneSizes = map[fyne.ThemeSizeName]float32{
	fynetheme.SizeNameText:               14,
	fynetheme.SizeNameCaptionText:        12,
	fynetheme.SizeNameSubHeadingText:     16,
	fynetheme.SizeNameHeadingText:        20,
	fynetheme.SizeNameInlineIcon:         IconControl,
	fynetheme.SizeNameInnerPadding:       Space2,
	fynetheme.SizeNamePadding:            Space1,
	fynetheme.SizeNameLineSpacing:        Space1,
	fynetheme.SizeNameSeparatorThickness: Hairline,
	fynetheme.SizeNameInputBorder:        Hairline,
	fynetheme.SizeNameInputRadius:        RadiusControl,
	fynetheme.SizeNameSelectionRadius:    RadiusTag,
	fynetheme.SizeNameScrollBar:          ThumbWidth + 4,
	fynetheme.SizeNameScrollBarSmall:     ThumbWidth,
	fynetheme.SizeNameScrollBarRadius:    ThumbWidth / 2,
	fynetheme.SizeNameButtonRadius:       RadiusControl,
	fynetheme.SizeNameCardRadius:         RadiusCard,
	fynetheme.SizeNameDialogRadius:       RadiusCard,
	fynetheme.SizeNamePopupRadius:        RadiusCard,
	fynetheme.SizeNameMenuRadius:         RadiusCard,
}
