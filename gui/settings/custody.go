package settings

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"postrider/gui/theme"
	"postrider/gui/widgets"
)

// Custody says where an account's mail is, and what will change about that.
type Custody struct {
	Question string   // "What happens to the server’s copy"
	Options  []Option // the policies to choose from
	Chosen   int
	Days     int // of the option that has days

	Next      Announcement
	Leaving   []Leaving // what leaves the server next
	Caption   string    // "7 tonight, 31 in the next seven days"
	Kept      string    // what does not leave, because the person said so; "" for nothing
	Free      func()    // lets it go as the rest does
	Where     []widgets.Share
	Ledger    []widgets.Stop // empty for accounts that have none
	ShowAll   func()         // shows the whole ledger; nil if it cannot be shown
	OnOption  func(i, days int)
	DayChoice []int // what the option with days offers
}

// Option is a policy in a few words, with what it means for other devices.
type Option struct {
	Label   string // "Remove it after"
	After   string // what follows the number: "days"; "" for an option without one
	Meaning string // "other devices see two weeks of mail"
}

// Announcement says what will happen next, before it does. An empty title shows
// nothing.
type Announcement struct {
	Title  string // "Tonight at 21:40, 7 messages (4.1 MB) leave the server."
	Text   string
	Action string // "Not tonight"; "" for none
	Act    func()
	Yes    string // what takes what is said for good; "" for none
	Agree  func()
}

// Leaving is a message that will leave the server.
type Leaving struct {
	From, Subject, Received, Leaves string
	Keep                            func() // keeps it on the server
}

const (
	custodySide  float32 = 304
	custodyGap   float32 = 32
	custodyBoth  float32 = 820 // the least width for two columns
	optionHeight float32 = 48
)

// CustodyView shows where an account's mail is.
type CustodyView struct {
	widget.BaseWidget
	now      Custody
	question *widgets.Text
	options  *fyne.Container
	card     *fyne.Container
	radios   []*widgets.Radio
	days     *widgets.Select
	after    *widgets.Text // what follows the number of days
	next     *announcementCard
	leaving  *fyne.Container
	caption  *widgets.Text
	table    *widgets.Table
	kept     *fyne.Container
	keptText *widgets.Block
	shares   *widgets.Shares
	ledger   *fyne.Container
	line     *widgets.Timeline
	all      *widgets.Link
	columns  *fyne.Container
}

// NewCustodyView is empty.
func NewCustodyView() *CustodyView {
	v := &CustodyView{}
	v.question = widgets.NewText("", theme.TextSection, theme.Ink)
	v.options = widgets.Column(0)
	v.card = widgets.NewCard(v.options)
	v.next = newAnnouncementCard()
	v.caption = widgets.NewText("", theme.TextCaption, theme.Ink3)
	v.table = widgets.NewTable(
		widgets.TableColumn{Head: "From", Width: 156, Weight: theme.Medium}, widgets.TableColumn{Head: "Subject"},
		widgets.TableColumn{Head: "Received", Width: 72, Quiet: true}, widgets.TableColumn{Head: "Leaves the server", Width: 132, End: true, Quiet: true})
	head := widgets.Fixed(0, theme.SmallHeight, widgets.Row(theme.Space2, widgets.NewText("Next to leave", theme.TextSection, theme.Ink), v.caption, widgets.Spring()))
	v.leaving = widgets.Column(0, widgets.Gap(0, 20), head, widgets.Gap(0, theme.Space1), v.table)
	v.keptText = widgets.NewBlock(widgets.Words{Style: theme.TextLine, Color: theme.Ink2}, 2)
	v.kept = widgets.Pad(theme.Space3, 0, 0, 0, widgets.Row(theme.Space3, widgets.Grow(v.keptText), widgets.NewLink("Let it leave", func() { v.now.Free() })))
	v.shares = widgets.NewShares(nil)
	v.line = widgets.NewTimeline(nil)
	v.all = widgets.NewLink("Show all", func() { v.now.ShowAll() })
	v.ledger = widgets.Column(0, widgets.Gap(0, theme.Space5),
		widgets.Row(0, widgets.NewText("Ledger", theme.TextSection, theme.Ink), widgets.Spring(), v.all), widgets.Gap(0, theme.Space3), v.line)
	main := widgets.Column(0, v.question, widgets.Gap(0, theme.Space2), v.card, v.next, v.kept, v.leaving)
	side := widgets.Column(0, widgets.NewText("Where this account’s mail is", theme.TextSection, theme.Ink), widgets.Gap(0, theme.Space3), v.shares, v.ledger)
	v.columns = widgets.WithSide(custodyBoth, custodyGap, custodySide, main, side)
	v.ExtendBaseWidget(v)
	return v
}

// Set shows what is so now.
func (v *CustodyView) Set(c Custody) {
	rebuild := !slices.Equal(v.now.Options, c.Options) || !slices.Equal(v.now.DayChoice, c.DayChoice)
	v.now = c
	v.question.SetText(c.Question)
	if rebuild {
		v.buildOptions()
	}
	v.choose(c.Chosen)
	v.next.set(c.Next)
	v.caption.SetText(c.Caption)
	v.table.SetRows(leavingRows(c.Leaving))
	v.leaving.Hidden = len(c.Leaving) == 0
	v.keptText.SetText(c.Kept)
	v.kept.Hidden = c.Kept == ""
	v.shares.Set(c.Where)
	v.line.Set(c.Ledger)
	v.ledger.Hidden = len(c.Ledger) == 0
	v.all.Hidden = c.ShowAll == nil
	v.Refresh()
}

func leavingRows(list []Leaving) []widgets.TableRow {
	rows := make([]widgets.TableRow, len(list))
	for i, l := range list {
		rows[i] = widgets.TableRow{Cells: []string{l.From, l.Subject, l.Received, l.Leaves}}
		if l.Keep != nil {
			rows[i].Action, rows[i].Act = "Keep on server", l.Keep
		}
	}
	return rows
}

// buildOptions makes a line for each policy.
func (v *CustodyView) buildOptions() {
	v.radios, v.days, v.after, v.options.Objects = nil, nil, nil, nil
	for i, o := range v.now.Options {
		radio := widgets.NewRadio(o.Label, false, func() { v.pick(i) })
		v.radios = append(v.radios, radio)
		parts := []fyne.CanvasObject{radio}
		if o.After != "" {
			v.days = widgets.NewSelect(numbers(v.now.DayChoice), 0, true, func(int) { v.pick(i) })
			v.after = widgets.NewText(o.After, theme.TextBody, theme.Ink)
			parts = append(parts, widgets.Pad(0, theme.Space1, 0, theme.Space1, v.days), v.after)
		}
		parts = append(parts, widgets.Spring(), widgets.NewText(o.Meaning, theme.TextCaption, theme.Ink3))
		line := widgets.Fixed(0, optionHeight, widgets.Pad(0, theme.Space4, 0, theme.Space4, widgets.Row(theme.Space2, parts...)))
		if i < len(v.now.Options)-1 {
			line = widgets.Stack(line, widgets.Column(0, widgets.Spring(), widgets.NewDivider()))
		}
		v.options.Add(line)
	}
}

func (v *CustodyView) choose(chosen int) {
	v.light(chosen)
	if v.days == nil {
		return
	}
	at := slices.Index(v.now.DayChoice, v.now.Days)
	if at < 0 && v.now.Days > 0 { // a number from the file, that is not offered
		at = len(v.now.DayChoice)
		v.now.DayChoice = append(slices.Clone(v.now.DayChoice), v.now.Days)
		v.days.SetOptions(numbers(v.now.DayChoice), at)
		return
	}
	v.days.Choose(max(at, 0))
}

// light shows which policy is chosen.
func (v *CustodyView) light(chosen int) {
	for i, r := range v.radios {
		r.SetOn(i == chosen)
	}
	if v.after == nil {
		return
	}
	style := theme.TextBody
	if v.now.Options[chosen].After != "" {
		style = style.With(theme.SemiBold)
	}
	v.after.SetStyle(style)
}

// pick is the person choosing a policy, or its number of days.
func (v *CustodyView) pick(i int) {
	days := 0
	if v.now.Options[i].After != "" {
		days = v.now.DayChoice[v.days.Chosen()]
	}
	v.now.Chosen = i
	v.light(i)
	if v.now.OnOption != nil {
		v.now.OnOption(i, days)
	}
}

// HeightFor is the height for a width.
func (v *CustodyView) HeightFor(width float32) float32 { return widgets.HeightOf(v.columns, width) }

// CreateRenderer is for Fyne.
func (v *CustodyView) CreateRenderer() fyne.WidgetRenderer { return widgets.Wrapped(v.columns) }
