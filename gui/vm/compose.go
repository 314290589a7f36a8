package vm

import (
	"slices"
	"strings"
	"time"

	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/message"
)

// ComposeOptions are what the person chose for all that they write. The zero
// value has a meaning.
type ComposeOptions struct {
	Quote   message.Place // where the quote of an answer stands
	Words   message.Words // around what others wrote
	Plain   bool          // send the text alone, unless the person says otherwise
	UndoFor time.Duration // how long a message waits before it is sent
}

// Composition is a message that a person writes, from its beginning until it is
// in the Outbox, kept as a draft, or thrown away.
//
// The window shows it and changes the fields through its methods. The text itself
// is in the window's editor, which is asked for it with Text.
type Composition struct {
	State   ComposeState
	Why     string // ComposeFailed: our sentence
	Detail  string // and the server's words
	Title   string // of the window: "Reply", or what the subject says
	Senders []Sender
	From    int // in Senders
	To      []Recipient
	Cc      []Recipient
	Bcc     []Recipient
	Subject string
	Plain   bool // send the text alone
	Receipt bool // ask for a receipt
	Files   []Enclosure
	Saved   SavedState
	Author  string // of a message that is redirected

	Kept mail.PlacementID // the draft that closing left; 0: none

	Changed func()               // after anything changed but the text; may be nil
	Text    func() string        // what is written now
	SetText func(text string)    // shows another text, to begin with
	Edit    func(text string)    // changes the text, so that it can be undone
	Failed  func(text, d string) // something could not be done; may be nil
	Open    *OpenDrafts          // remembers that it is open; may be nil

	desk   *Desk
	client *client.Client
	roster *Roster
	opts   ComposeOptions

	draft     message.Draft // what is not in the fields: references, pictures
	answers   mail.PlacementID
	mark      mail.System
	turn      Turn
	started   string // the text to begin with
	unwritten bool   // that text is nobody's words: a new message
	spool     *spool
	keeping   draftKeeping
	kept      kept
	redirects mail.MessageID   // 0: something is written
	passes    mail.PlacementID // the message that is redirected
	again     *Composition     // that was taken back, whose recipients are taken over
	opening   mail.PlacementID // the draft that is being read

	finished bool // nothing more is kept: it was sent, or thrown away
}

// ComposeState is how far a composition has come.
type ComposeState uint8

// The states.
const (
	ComposeLoading ComposeState = iota // what it answers is being read
	ComposeReady
	ComposeSending // on its way into the Outbox
	ComposeFailed  // what it was to begin with cannot be had
	ComposeDone    // it was sent, kept or thrown away
)

// Sender is somebody that the person can write as.
type Sender struct {
	message.Self
	Account mail.AccountID
	Label   string // what the account is called
	Able    bool   // the account can send
	Limit   int64  // how large a message its server takes, octets on the wire; 0: not known
}

// Recipient is somebody that a message is to go to.
type Recipient struct {
	message.Address
	Why   string // what is wrong with the address; "": nothing
	Group string // that it came in with; "": none
}

// NewComposition makes a composition over a roster; Begin fills it.
func NewComposition(d *Desk, c *client.Client, r *Roster, opts ComposeOptions) *Composition {
	w := &Composition{desk: d, client: c, roster: r, opts: opts, Plain: opts.Plain, Title: "New message"}
	w.spool = &spool{scratch: c.Scratch}
	w.Text = func() string { return w.started }
	w.readSenders()
	return w
}

// readSenders lists those that the person can write as, the accounts that can
// send first.
func (w *Composition) readSenders() {
	for _, able := range []bool{true, false} {
		for _, a := range w.roster.Accounts {
			if a.Removed || (a.Settings.Outgoing != nil) != able {
				continue
			}
			limit := w.client.SendLimit(a.Settings)
			for _, self := range client.Selves(a.Settings) {
				w.Senders = append(w.Senders, Sender{Self: self, Account: a.ID, Label: a.Name, Able: able, Limit: limit})
			}
		}
	}
}

// Sender is whom the person writes as.
func (w *Composition) Sender() Sender {
	if w.From < 0 || w.From >= len(w.Senders) {
		return Sender{}
	}
	return w.Senders[w.From]
}

// Redirects reports whether a message goes on as it is, and nothing is written.
func (w *Composition) Redirects() bool { return w.redirects != 0 }

// tell says that something changed.
func (w *Composition) tell() {
	if w.Changed != nil {
		w.Changed()
	}
}

func (w *Composition) fail(err error) {
	if err != nil && w.Failed != nil && !mail.Is(err, mail.KindCanceled) {
		w.Failed(Explain(err))
	}
}

// Field is a row of recipients.
type Field uint8

// The fields.
const (
	FieldTo Field = iota
	FieldCc
	FieldBcc
)

func (w *Composition) field(f Field) *[]Recipient {
	return []*[]Recipient{&w.To, &w.Cc, &w.Bcc}[f]
}

// Add takes recipients in that a person typed or pasted: one, or a list of any
// form. It says whether there were any.
func (w *Composition) Add(f Field, typed string) bool {
	typed = strings.Trim(strings.TrimSpace(typed), ", ")
	if !strings.Contains(typed, ":") { // else it may end a group
		typed = strings.TrimSpace(strings.Trim(typed, ",;"))
	}
	if typed == "" {
		return false
	}
	list := message.ParseList(typed)
	if len(list) == 0 {
		list = []message.Listed{{Address: message.Address{Name: typed}}}
	}
	return w.addListed(f, list)
}

// AddPeople takes recipients in, each once in all fields.
func (w *Composition) AddPeople(f Field, people ...message.Address) bool {
	return w.AddGroup(f, "", people)
}

func (w *Composition) addListed(f Field, list []message.Listed) bool {
	field := w.field(f)
	var fresh []Recipient
	there := map[string]bool{}
	for _, r := range w.everybody() {
		there[addressKey(r.Address)] = true
	}
	for _, a := range list {
		if key := addressKey(a.Address); a.Addr == "" || !there[key] {
			r := recipientOf(a.Address)
			r.Group = a.Group
			fresh = append(fresh, r)
			there[key] = true
		}
	}
	*field = slices.Concat(*field, fresh)
	if len(list) > 0 {
		w.touch()
	}
	return len(list) > 0
}

// Has reports whether somebody is among the recipients already.
func (w *Composition) Has(a message.Address) bool {
	return a.Addr != "" && slices.ContainsFunc(w.everybody(), func(r Recipient) bool {
		return strings.EqualFold(message.WireAddress(r.Addr), message.WireAddress(a.Addr))
	})
}

func addressKey(a message.Address) string { return strings.ToLower(message.WireAddress(a.Addr)) }

func (w *Composition) everybody() []Recipient {
	return slices.Concat(w.To, w.Cc, w.Bcc)
}

func recipientOf(a message.Address) Recipient {
	r := Recipient{Address: a}
	addr := a.Addr
	if addr == "" {
		addr = a.Name // what somebody typed for an address
	}
	if err := message.CheckAddress(addr); err != nil {
		r.Why, _ = Explain(err)
	}
	return r
}

func recipientsOf(list []message.Address) (all []Recipient) {
	for _, a := range list {
		all = append(all, recipientOf(a))
	}
	return all
}

func addressesOf(list []Recipient) (all []message.Address) {
	for _, r := range list {
		all = append(all, r.Address)
	}
	return all
}

// MoveAll puts all recipients of a field into another.
func (w *Composition) MoveAll(from, to Field) {
	list := *w.field(from)
	*w.field(from) = nil
	*w.field(to) = slices.Concat(*w.field(to), list)
	w.touch()
}

// RemoveAll takes all recipients of a field out.
func (w *Composition) RemoveAll(f Field) {
	*w.field(f) = nil
	w.touch()
}

// SetSubject takes over what was typed.
func (w *Composition) SetSubject(text string) {
	if w.Subject == text {
		return
	}
	w.Subject = text
	w.touch()
}

// SetPlain says whether the text goes out alone, as it was written.
func (w *Composition) SetPlain(on bool) {
	w.Plain = on
	w.touch()
}

// SetReceipt says whether a receipt is asked for.
func (w *Composition) SetReceipt(on bool) {
	w.Receipt = on
	w.touch()
}

// Write takes note of a change of the text.
func (w *Composition) Write() { w.dirty() }

// SetFrom chooses whom the person writes as. The signature becomes that one's.
func (w *Composition) SetFrom(i int) {
	if i < 0 || i >= len(w.Senders) || i == w.From {
		return
	}
	was, next := w.Sender().Self, w.Senders[i].Self
	w.From = i
	if text := w.Text(); w.Edit != nil {
		if changed := withSignature(text, was, next); changed != text {
			w.Edit(changed)
		}
	}
	w.touch()
}

// touch notes that the person changed something, and tells.
func (w *Composition) touch() {
	w.retitle()
	w.dirty()
	w.tell()
}

func (w *Composition) retitle() {
	if s := strings.TrimSpace(w.Subject); s != "" {
		w.Title = s
	}
}

// letter is the message as it stands.
func (w *Composition) letter() *message.Draft {
	d := w.draft
	from := w.Sender()
	d.From, d.ReplyTo = from.Address, message.ParseAddresses(from.ReplyTo)
	d.To, d.Cc, d.Bcc = addressesOf(w.To), addressesOf(w.Cc), addressesOf(w.Bcc)
	d.Subject, d.Text = strings.TrimSpace(w.Subject), w.Text()
	d.Plain, d.Receipt, d.Groups = w.Plain, w.Receipt, w.groups()
	d.Files = nil
	for _, f := range w.Files {
		if f.file.Open != nil {
			d.Files = append(d.Files, f.file)
		}
	}
	d.Pictures = slices.DeleteFunc(slices.Clone(d.Pictures), func(f message.File) bool { return !strings.Contains(d.Text, f.ContentID) })
	d.Date = w.desk.Now().Local()
	return &d
}
