package gui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"postrider/accounts/settings"
	"postrider/gui/activity"
	"postrider/gui/compose"
	"postrider/gui/files"
	pages "postrider/gui/settings"
	"postrider/gui/theme"
	"postrider/gui/vm"
	"postrider/gui/widgets"
	"postrider/mail"
	"postrider/mail/client"
)

// shell is the window with the store open: the view models, the panes that draw
// them, and the way between the two. It lives on Fyne's goroutine.
type shell struct {
	app    *App
	client *client.Client
	desk   *vm.Desk

	roster   *vm.Roster
	activity *vm.Activity
	verbs    *vm.Verbs
	prefs    *vm.Preferences

	sidebar     *sidebar
	list        *listPane
	reader      *reader
	right       *right
	panel       *activity.Panel
	settings    *pages.ProgramPage // nil before it was opened
	accountPage *accountPage       // that is shown; nil for none
	unsaved     map[mail.AccountID]*accountPage
	split       *widgets.Split
	banner      *widgets.Banner
	object      fyne.CanvasObject

	keys  *keys
	acts  map[action]func() bool
	drops *widgets.Drops
	stop  []func()

	notifier *notifier
	room     *compose.Room
	files    *files.Asker
	inFront  bool            // the window has the person's attention
	covered  bool            // something fills the window
	leaving  bool            // the program ends when what was sent has gone out
	uncovers func()          // closes that, where it can be closed
	recalled settings.Window // what is to be shown again, until it is
	folded   []string        // accounts and folders that are folded away

	offer    func() // takes back what the toast speaks of, where that is no act on messages
	endToast func() // ends the wait before the toast goes
}

func newShell(a *App, c *client.Client) *shell {
	s := &shell{app: a, client: c, desk: newDesk(c.Now), drops: &widgets.Drops{}, files: &files.Asker{}, unsaved: map[mail.AccountID]*accountPage{}}
	s.keys = newKeys(heldModifiers, s.byKey)
	s.prefs = vm.NewPreferences(s.desk, c.Dir())
	s.roster = vm.NewRoster(s.desk, c)
	s.activity = vm.NewActivity(s.desk, c, s.roster)
	s.verbs = vm.NewVerbs(s.desk, c, s.roster)
	s.build()
	s.connect()
	s.prefs.OnChange(s.preferred)
	s.preferred()
	s.recallWindow()
	s.setTray()
	s.notifier = newNotifier(s)
	s.room = s.newRoom()
	return s
}

// build makes the panes.
func (s *shell) build() {
	s.folded = settings.In(s.client.Dir()).Window().Folded
	s.sidebar = newSidebar(vm.NewSidebar(s.roster, s.folded), s.do)
	s.list = newListPane(s)
	s.reader = newReader(s, vm.NewReader(s.desk, s.client, s.roster))
	s.right = newRight(s.reader.object, s.merge)
	s.panel = activity.NewPanel(s.copyLog, s.closePanel)
	s.split = widgets.NewSplit(s.sidebar.object, s.list.object, s.right.object)
	s.banner = widgets.NewBanner(theme.IconCloudOff, "", "Try now", func() { s.activity.TryNow() })
	s.object = widgets.NewTipLayer(s.split)
}

// connect has the models tell the panes, and the keys the actions.
func (s *shell) connect() {
	s.sidebar.model.Changed = s.placesChanged
	s.sidebar.model.Folds = func(keys []string) { s.folded = keys }
	s.roster.OnChange(s.rosterChanged)
	s.app.window.SetCloseIntercept(s.closing)
	s.app.window.SetOnDropped(s.droppedFiles)
	s.activity.Changed = s.activityChanged
	s.activity.Refused = s.refused
	s.verbs.Changed = s.undoChanged
	s.verbs.Failed = s.fail
	s.list.rows.OnSelect = s.selectionChanged
	s.list.rows.OnOpen = func(widgets.RowID) { s.open() }
	s.list.rows.OnMenu = s.showListMenu
	s.list.rows.OnAction = s.rowAction
	s.list.rows.Load = s.dragLoad
	s.sidebar.tree.OnDrop = s.dropped
	s.drops.Add(s.sidebar.tree, s.sidebar.object)
	s.connectAccounts()
	canvas := s.app.window.Canvas()
	canvas.SetOnTypedRune(func(r rune) { s.keys.typedRune(r) })
	canvas.SetOnTypedKey(func(ev *fyne.KeyEvent) { s.keys.typedKey(ev) })
	for _, shortcut := range s.keys.shortcuts() {
		canvas.AddShortcut(shortcut, func(sc fyne.Shortcut) { s.keys.typedShortcut(sc) })
	}
	pass := s.passKeys()
	widgets.SetStrayKeys(canvas, pass)
	s.sidebar.tree.Keys, s.list.rows.Keys = pass, pass
}

// passKeys is where panes send keys that they have no use for.
func (s *shell) passKeys() widgets.Keys {
	return widgets.Keys{Key: s.keys.typedKey, Rune: s.keys.typedRune, Shortcut: s.keys.typedShortcut}
}

// heldModifiers are the modifier keys that are down.
func heldModifiers() fyne.KeyModifier {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		return d.CurrentKeyModifiers()
	}
	return 0
}

// start reads what there is, follows what changes, and lets the workers work.
func (s *shell) start(ctx context.Context) {
	sub, _ := s.client.Subscribe()
	s.stop = append(s.stop, sub.Close)
	s.roster.Load()
	s.activity.Load()
	s.openPlace()
	life := s.app.fyne.Lifecycle()
	life.SetOnEnteredForeground(func() { s.front(true) })
	life.SetOnExitedForeground(func() { s.front(false) })
	p := &pump{do: widgets.Do, apply: s.apply}
	go p.run(ctx, sub)
	go s.client.Watch(ctx, s.client.All)
	s.room.Restore()
}

// front hears whether the window has the person's attention.
func (s *shell) front(yes bool) {
	s.inFront = yes
	s.reader.model.Focus(yes)
}

// apply takes in what was committed.
func (s *shell) apply(batches []mail.Batch) {
	s.roster.Apply(batches)
	s.list.model.Apply(batches)
	s.activity.Apply(batches)
	s.reader.model.Apply(batches)
	s.notifier.model.Apply(batches)
	if brings(batches) {
		s.list.search.mailCame()
	}
}

func (s *shell) close() {
	for _, stop := range s.stop {
		stop()
	}
}

// rosterChanged hears that accounts or counts changed. Without an account there
// is nothing to show but how to add one.
func (s *shell) rosterChanged() {
	s.retitleWindow()
	s.list.recount()
	if !s.roster.Loaded {
		return
	}
	if s.recalled.Width > 0 {
		s.recallPlace()
	}
	if len(s.roster.Accounts) == 0 && !s.covered {
		s.addAccount()
	}
}

// placesChanged draws the sidebar, and opens what was chosen in it.
func (s *shell) placesChanged() {
	s.sidebar.update()
	s.openPlace()
}

// openPlace shows the list of the chosen place, unless it is shown.
func (s *shell) openPlace() {
	s.list.open(s.sidebar.model.Chosen)
}
