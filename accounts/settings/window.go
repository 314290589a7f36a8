package settings

// Window is how the person left the window.
type Window struct {
	Width     int      `toml:"width"` // of the window; 0: never opened
	Height    int      `toml:"height"`
	Maximized bool     `toml:"maximized"`
	Sidebar   int      `toml:"sidebar"` // widths of the panes; 0: as it comes
	List      int      `toml:"list"`
	Folded    []string `toml:"folded"`  // accounts and folders, as the sidebar names them
	Account   string   `toml:"account"` // the mailbox shown last: its account and its path,
	Mailbox   string   `toml:"mailbox"`
	View      string   `toml:"view"`   // or a view over all accounts
	Recent    []string `toml:"recent"` // folders filed to, as account/path, the last first
}

// maxSide is more than any screen has, in pixels.
const maxSide = 20_000

func (w *Window) tidy() {
	for _, n := range []*int{&w.Width, &w.Height, &w.Sidebar, &w.List} {
		if *n < 0 || *n > maxSide {
			*n = 0
		}
	}
	const most = 500 // far above what a person folds
	w.Folded = w.Folded[:min(len(w.Folded), most)]
	w.Recent = w.Recent[:min(len(w.Recent), most)]
}
