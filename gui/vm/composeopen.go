package vm

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"postrider/mail"
	"postrider/mail/client"
)

// OpenDrafts remembers which drafts are being written, so that they are open
// again after a crash. What is written is in the drafts themselves; this only says
// which of them had a window.
type OpenDrafts struct {
	desk   *Desk
	client *client.Client
	path   string
	open   map[*Composition]mail.PlacementID
	busy   bool // the file is being written
	again  bool // and is out of date already

	file sync.Mutex // over what follows and the file
	over bool       // what the file says stays
}

// NewOpenDrafts makes the memory of a data folder.
func NewOpenDrafts(d *Desk, c *client.Client) *OpenDrafts {
	return &OpenDrafts{desk: d, client: c, path: filepath.Join(c.Dir(), "composing"), open: map[*Composition]mail.PlacementID{}}
}

// Left tells the drafts that were open when the program ended last and are still
// there. It is asked once, before anything is written.
func (o *OpenDrafts) Left(then func([]mail.PlacementID)) {
	var ids []mail.PlacementID
	Run(o.desk, func(ctx context.Context) error {
		text, err := os.ReadFile(o.path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return mail.Wrap(mail.KindDisk, "read which drafts were open", err)
		}
		for _, line := range strings.Fields(string(text)) {
			n, err := strconv.ParseInt(line, 10, 64)
			if err == nil && n > 0 && len(ids) < maxLeft {
				ids = append(ids, o.client.Rescued(mail.PlacementID(n)))
			}
		}
		rows, _, err := o.client.Rows(ctx, ids)
		ids = ids[:0]
		for _, r := range rows {
			if r.Flags.Has(mail.Draft) {
				ids = append(ids, r.ID)
			}
		}
		return err
	}, func(err error) {
		if err == nil {
			then(ids)
		}
	})
}

// maxLeft is how many windows are opened at once at most.
const maxLeft = 20

// note says that a composition is kept as a draft now, 0: it is done.
func (o *OpenDrafts) note(w *Composition, id mail.PlacementID) {
	if o.open[w] == id {
		return
	}
	if id == 0 {
		delete(o.open, w)
	} else {
		o.open[w] = id
	}
	o.write()
}

// write puts the list into the file, one write after the other.
func (o *OpenDrafts) write() {
	if o.busy {
		o.again = true
		return
	}
	o.busy, o.again = true, false
	text := o.list()
	Run(o.desk, func(context.Context) error {
		return o.put(text, false)
	}, func(error) { // without it a draft is not opened by itself: it is still there
		o.busy = false
		if o.again {
			o.write()
		}
	})
}

// list is the list as it stands in the file.
func (o *OpenDrafts) list() string {
	var lines []string
	for _, id := range o.open {
		lines = append(lines, strconv.FormatInt(int64(id), 10)+"\n")
	}
	slices.Sort(lines)
	return strings.Join(lines, "")
}

// put replaces the file, for good with last.
func (o *OpenDrafts) put(text string, last bool) error {
	o.file.Lock()
	defer o.file.Unlock()
	if o.over {
		return nil
	}
	o.over = last
	if text == "" {
		return os.Remove(o.path)
	}
	if err := os.WriteFile(o.path+".new", []byte(text), 0o600); err != nil {
		return err
	}
	return os.Rename(o.path+".new", o.path)
}

// Flush writes the list at once, when the program ends by the will of the system.
func (o *OpenDrafts) Flush() { o.put(o.list(), true) }
