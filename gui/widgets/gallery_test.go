package widgets

import (
	"os"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"postrider/gui/theme"
	"postrider/mail/typeset"
)

// TestGallery draws every widget of the kit in every state, for a person to look
// at.
func TestGallery(t *testing.T) {
	if os.Getenv("POSTRIDER_PICTURES") != "" {
		lib := typeset.New(t.TempDir())
		<-lib.Ready()
		UseLibrary(lib)
	}
	for _, page := range []struct {
		name  string
		size  fyne.Size
		build func() fyne.CanvasObject
	}{
		{"kit-controls", fyne.NewSize(900, 620), controlsPage},
		{"kit-fields", fyne.NewSize(900, 640), fieldsPage},
		{"kit-notices", fyne.NewSize(900, 600), noticesPage},
		{"kit-text", fyne.NewSize(900, 620), textPage},
		{"kit-choices", fyne.NewSize(960, 560), choicesPage},
		{"kit-face", fyne.NewSize(640, 520), facePage},
	} {
		t.Run(page.name, func(t *testing.T) { showPictures(t, page.name, page.size, page.build, func() {}) })
	}
}

// state puts a control into a state, as the pointer and the keyboard would.
func state(o fyne.CanvasObject, hovered, pressed, focused, disabled bool) fyne.CanvasObject {
	if d, ok := o.(fyne.Disableable); ok && disabled {
		d.Disable()
	}
	if h, ok := o.(desktop.Hoverable); ok && hovered {
		h.MouseIn(&desktop.MouseEvent{})
	}
	if m, ok := o.(desktop.Mouseable); ok && pressed {
		m.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary})
	}
	if f, ok := o.(fyne.Focusable); ok && focused {
		f.FocusGained()
	}
	return o
}

// states shows a control at rest, hovered, pressed, focused and disabled.
func states(gap float32, build func() fyne.CanvasObject) fyne.CanvasObject {
	return Row(gap,
		build(),
		state(build(), true, false, false, false),
		state(build(), true, true, false, false),
		state(build(), false, false, true, false),
		state(build(), false, false, false, true))
}

func galleryPage(lines ...fyne.CanvasObject) fyne.CanvasObject {
	return Stack(NewFill(theme.Paper), Pad(20, 24, 20, 24, Column(16, lines...)))
}

func controlsPage() fyne.CanvasObject {
	button := func(label string, icon theme.Icon, look ButtonLook) func() fyne.CanvasObject {
		return func() fyne.CanvasObject { return NewButton(label, icon, look, nil) }
	}
	return galleryPage(
		states(16, button("Reply", theme.IconReply, ButtonLook{})),
		states(16, button("Sign in again", "", ButtonLook{Primary: true})),
		states(16, button("Delete for good", theme.IconTrash, ButtonLook{Danger: true})),
		states(16, button("Look up again", "", ButtonLook{Small: true})),
		states(16, button("Continue", "", ButtonLook{Primary: true, Big: true})),
		Start(Fixed(204, 0, NewButton("New message", theme.IconCompose, ButtonLook{Start: true, Key: "C", Tint: theme.Accent}, nil))),
		Row(24,
			states(4, func() fyne.CanvasObject { return NewIconButton(theme.IconArchive, "Archive", nil) }),
			states(4, func() fyne.CanvasObject { return NewSmallIconButton(theme.IconSettings, "Settings", nil) }),
			NewSplitButton("Send", theme.IconSend, nil, nil),
			state(NewSplitButton("Send", theme.IconSend, nil, nil), true, true, true, false),
			state(NewSplitButton("Send", theme.IconSend, nil, nil), false, false, false, true)),
		Row(24, states(16, func() fyne.CanvasObject { return NewLink("Show pictures", nil) }), NewKeyHint("/", true), NewKeyHint("Ctrl+Enter", false)),
		Row(24, NewSegments([]string{"Write", "Side by side", "Preview"}, 1, nil), NewSegments([]string{"Light", "Dark", "System"}, 2, nil), state(NewSegments([]string{"A", "B"}, 0, nil), false, false, true, false)),
		NewTabs([]string{"Custody", "Server", "Sending", "Identity", "Folders"}, 0, nil),
		Row(8, NewTag(POP), NewTag(IMAP), NewAvatar("Kestrel Seed Library", false), NewAvatar("Ines Moreau", true), NewAvatar("青葉ギャラリー", false), NewAvatar("دار الخط", false),
			NewSwatchMark(theme.Violet), NewSwatchMark(theme.Rust), NewSwatchMark(theme.Green), NewSwatchMark(theme.Blue), NewSwatchMark(theme.Rose), NewSwatchMark(theme.Teal),
			NewFoldButton("22 quoted lines", nil), state(NewFoldButton("14 quoted lines", nil), true, false, false, false)),
		Row(8, NewAttachmentChip(theme.IconFileText, "sowing-calendar.pdf", "1.2 MB", nil, nil, nil),
			NewAttachmentChip(FileIcon("", "swap-list.ods"), "swap-list.ods", "38 kB", nil, func() {}, nil),
			state(NewAttachmentChip(FileIcon("image/png", ""), "A name that is far too long for the place it has.png", "840 kB", nil, func() {}, nil), true, false, false, false), halfDone()),
	)
}

func halfDone() fyne.CanvasObject {
	c := NewAttachmentChip(theme.IconFileArchive, "all.zip", "12 of 40 MB", nil, nil, nil)
	c.SetProgress(0.3)
	return c
}

func fieldsPage() fyne.CanvasObject {
	filled := func(f *Field, text string) *Field { f.SetText(text); return f }
	focused := filled(NewField(""), "nora@fernlight.example")
	state(focused.Line, false, false, true, false)
	focused.Line.SelectAll()
	bad := NewFormRow("Server", filled(NewField("imap.example.org"), "imap fernlight"), "")
	bad.SetError("A server’s name has no spaces.")
	search := NewSearchBox("Search all mail", NewKeyHint("/", true))
	operators := NewSearchBox("", NewSmallIconButton(theme.IconX, "Clear", nil))
	operators.SetChips([]*Chip{
		NewOperatorChip("from", "Ines Moreau", nil, func() {}), NewOperatorChip("has", "attachment", nil, func() {}), NewOperatorChip("after", "September 2025", nil, func() {})})
	operators.Line.SetText("pendant")
	state(operators.Line, false, false, true, false)
	to := NewRecipientField("")
	odd := NewRecipientChip("nobody@nowhere", nil, func() {})
	odd.SetBad(true)
	picked := NewRecipientChip("Oskar Lind", nil, func() {})
	picked.SetSelected(true)
	to.SetChips([]*Chip{NewRecipientChip("Tomasz Brandt", nil, func() {}), NewRecipientChip("Ines Moreau", nil, func() {}), odd, picked, NewRecipientChip("دار الخط العربي", nil, func() {})})
	off := filled(NewField(""), "cannot be changed")
	off.Disable()
	return galleryPage(
		Fixed(600, 0, Row(0, Grow(filledAddress()))),
		TopRow(24, Grow(NewFormRow("Your name", NewField("Nora Falk"), "As people see it.")), Grow(NewFormRow("Address", focused, "")), Grow(bad)),
		Row(24, Grow(NewFormRow("Password", filled(NewPasswordField("Password"), "correct horse"), "")), Grow(NewFormRow("Fixed", off, "")), Grow(NewFormRow("Arabic", filled(NewField(""), "خط العربي 123 abc"), ""))),
		Row(24, Fixed(348, 0, search), Fixed(348, 0, operators)),
		Row(4, NewText("Narrow", theme.TextCaption, theme.Ink3), NewSuggestionChip("in", "Fernlight", nil), NewSuggestionChip("is", "starred", nil), state(NewSuggestionChip("filename", "pdf", nil), true, false, true, false)),
		to,
		Row(24, NewSelect([]string{"TLS", "STARTTLS", "None"}, 0, false, nil), NewSelect([]string{"7", "14", "30", "90"}, 1, true, nil), state(NewSelect([]string{"Comfortable", "Cosy", "Compact"}, 0, false, nil), true, false, true, false)),
		Row(24, states(20, func() fyne.CanvasObject { return NewCheck("Ask first", true, nil) }), NewCheck("Off", false, nil)),
		Row(24, NewRadio("Keep it for ever", false, nil), NewRadio("Remove it after", true, nil), state(NewRadio("Hovered", false, nil), true, false, false, false), state(NewRadio("Focused", true, nil), false, false, true, false)),
	)
}

func filledAddress() fyne.CanvasObject {
	f := NewAddressField("you@example.org", NewButton("Look up again", "", ButtonLook{}, nil))
	f.SetText("nora@fernlight.example")
	return f
}

func noticesPage() fyne.CanvasObject {
	toast := NewToast(nil)
	toast.Set(theme.IconArchive, "“Key for the boat shed” archived in Sailing club.", "Undo", func() {})
	bar := NewProgress()
	bar.Set(0.58)
	edge := NewEdgeProgress()
	edge.Set(0.58)
	more := func(fyne.Position) {}
	return galleryPage(
		NewBanner(theme.IconCloudOff, "You are offline. Read, write and file as usual; 5 changes go out when the connection is back.", "Try now", nil),
		NewNoticeBar(Notice{Icon: theme.IconImageOff, Text: "2 pictures and 1 tracker from kestrel-seeds.example are blocked.", Actions: []NoticeAction{{"Show pictures", nil}}, More: more}),
		NewNoticeBar(Notice{Severity: Warning, Icon: theme.IconTriangleAlert, Text: "The link says fernlight.example, but leads to login-fern.example. Somebody may be after your password, and this sentence is so long that it needs a second line.", Actions: []NoticeAction{{"Details", nil}}, Close: func() {}}),
		NewNoticeBar(Notice{Severity: Danger, Icon: theme.IconAlert, Text: "The signature is not valid."}),
		NewNoticeBar(Notice{Severity: Good, Icon: theme.IconShieldCheck, Text: "Signed by Ines Moreau."}),
		toast, bar, edge,
		NewServerWords("NO [AUTHENTICATIONFAILED] Authentication failed.", theme.DangerLine),
		Column(4, NewSection("Waiting to reach a server", "5, oldest first", NewLink("Show all", nil)),
			NewLinesCard(40, Pad(0, 8, 0, 12, Row(12, NewIconMark(theme.IconStar, 16, theme.Ink2), Grow(NewText("Star “Key for the boat shed”", theme.TextLine, theme.Ink)), NewText("08:20", theme.TextCaption, theme.Ink3), NewSmallIconButton(theme.IconX, "Cancel", nil))),
				Pad(0, 8, 0, 12, Row(12, NewIconMark(theme.IconArchive, 16, theme.Ink2), Grow(NewText("Archive 14 messages", theme.TextLine, theme.Ink)), NewText("08:31", theme.TextCaption, theme.Ink3), NewSmallIconButton(theme.IconX, "Cancel", nil))))),
	)
}

func textPage() fyne.CanvasObject {
	lines := []fyne.CanvasObject{}
	for _, s := range []theme.TextStyle{theme.TextTitle, theme.TextSubject, theme.TextHead, theme.TextBody, theme.TextBody.Slanted(), theme.TextLine.With(theme.SemiBold), theme.TextCaption, theme.TextSmall, theme.TextServer} {
		lines = append(lines, NewText("March letter: seeds for cold nights, 春の写真展, דואר 12, دعوة إلى ورشة 6 مارس 🌱", s, theme.Ink))
	}
	hit := NewWords(Words{Text: "Twelve pendants in brass, two spare shades, and one pendant more", Style: theme.TextLine, Color: theme.Ink3,
		Spans: []Span{{From: 7, To: 14, Behind: theme.Hit}, {From: 52, To: 59, Behind: theme.Accent, Color: theme.OnAccent}}})
	mixed := NewWords(Words{Text: "On the server · connectivity", Style: theme.TextCaption, Color: theme.Ink3, Spans: []Span{{To: 13, Weight: theme.SemiBold, Color: theme.Ink2}}})
	link := NewBlock(Words{Text: "A paragraph of several lines with a link to the settings in it, which is long enough to be broken, and which ends after its second line because it may not have a third one, whatever else there might be to say.", Style: theme.TextBody, Color: theme.Ink2,
		Spans: []Span{{From: 36, To: 60, Act: func() {}}}}, 2)
	middle := NewBlock(Words{Text: "Two lines that stand\nin the middle.", Style: theme.TextLine, Color: theme.Ink, Align: AlignMiddle}, 0)
	return galleryPage(Column(6, lines...), hit, mixed, Fixed(400, 0, link), middle,
		Start(Fixed(200, 0, NewText("What is too long for its place ends in dots", theme.TextBody, theme.Ink))))
}

func choicesPage() fyne.CanvasObject {
	imap := NewChoiceCard(Choice{Title: "Keep mail on the server", Suggested: true, Protocol: IMAP, Sketch: Synchronized, Captions: ProtocolCaptions, Points: []ChoicePoint{
		{"On the server", "connectivity", "All mail stays there. This computer keeps a copy."},
		{"On your other devices", "synchronization", "Phone, tablet and webmail show the same mail, read marks and folders, usually within a second."},
		{"When you delete here", "", "It is gone everywhere."},
		{"Without internet", "", "Read and file as usual. Changes go out when you are back."},
	}}, true, nil)
	pop := NewChoiceCard(Choice{Title: "Keep mail on this computer", Protocol: POP, Sketch: Collected, Captions: ProtocolCaptions, Points: []ChoicePoint{
		{"On the server", "connectivity", "A copy stays until you delete it here, or as long as you say."},
		{"On your other devices", "synchronization", "They do not see what you read, file or write here, and fetch their own copies while the server has them."},
		{"When you delete here", "", "It leaves the server too, after ten minutes to undo."},
		{"Without internet", "", "Everything is here for good, whatever the provider does."},
	}}, false, nil)
	return Stack(NewFill(theme.Side), Pad(24, 24, 24, 24, TopRow(24, Fixed(440, 0, imap), Fixed(440, 0, pop))))
}

func facePage() fyne.CanvasObject {
	return Stack(NewFill(theme.Paper), NewFace(Mailbox, "Nothing is waiting in your inboxes.", "", theme.IconRefresh, "Check for new mail", nil))
}

// TestGalleryOfOverlays draws what lies over a window.
func TestGalleryOfOverlays(t *testing.T) {
	ground := func() fyne.CanvasObject { return NewTipLayer(controlsPage()) }
	for _, o := range []struct {
		name string
		show func(c fyne.Canvas)
	}{
		{"kit-menu", func(c fyne.Canvas) {
			m := ShowMenu(c, fyne.NewPos(80, 60), menuItems())
			m.panels[0].moveTo(1)
			m.panels[0].moveTo(6)
			m.descend(0)
		}},
		{"kit-dialog", func(c fyne.Canvas) {
			Ask(c, Question{Title: "Delete 3 messages for good?", Sentence: "They are in no other place. This cannot be undone.", Yes: "Delete", Danger: true, Act: func() {}})
		}},
		{"kit-tell", func(c fyne.Canvas) {
			Tell(c, "The message was not sent.", "The server did not take it. It stays in the outbox.", "552 5.3.4 Message size exceeds fixed limit")
		}},
		{"kit-chooser", func(c fyne.Canvas) {
			ShowChooser(c, "Move to", "Type a folder’s name", []ChooserItem{
				{"Archive", "Fernlight", theme.IconArchive, theme.Violet}, {"Reading room", "Fernlight, Projects", theme.IconFolder, theme.Violet}, {"Receipts", "Home", theme.IconFolder, theme.Rust}}, func(int) {})
		}},
	} {
		t.Run(o.name, func(t *testing.T) {
			showPictures(t, o.name, fyne.NewSize(900, 560), ground, func() {
				windows := fyne.CurrentApp().Driver().AllWindows()
				o.show(windows[len(windows)-1].Canvas())
			})
		})
	}
}

func menuItems() []MenuItem {
	return []MenuItem{
		{Label: "Reply", Icon: theme.IconReply, Note: "R"},
		{Label: "Archive", Icon: theme.IconArchive, Note: "E"},
		{Label: "Tomorrow morning", Icon: theme.IconSunrise, Note: "Wed 08:00"},
		{},
		{Label: "Starred", Checked: true},
		{Label: "Not here", Icon: theme.IconBan, Disabled: true},
		{Label: "Move to", Icon: theme.IconFolderInput, Sub: []MenuItem{{Label: "Projects"}, {Label: "Reading room"}}},
		{},
		{Label: "Delete for good", Icon: theme.IconTrash, Danger: true},
	}
}
