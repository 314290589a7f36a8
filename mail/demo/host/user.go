package host

import (
	"errors"
	"slices"
	"strings"
	"sync"

	"postrider/mail"
)

// Delim parts the levels of mailbox names.
const Delim = "/"

const inbox = "INBOX"

// What goes wrong with mailboxes; each server has its own words for them.
var (
	errNoMailbox = errors.New("no such mailbox")
	errExists    = errors.New("the mailbox exists already")
	errCannot    = errors.New("this mailbox has to stay")
)

// User is one person's mail on the host.
type User struct {
	login, password string
	addresses       []string

	mu        sync.Mutex
	boxes     map[string]*mailbox
	validity  mail.UIDValidity // of the newest mailbox: a name used again gets another
	popLocked bool             // RFC 1939 4: one POP3 session at a time
}

func newUser(login, password string, addresses []string) *User {
	u := &User{login: login, password: password, addresses: addresses, boxes: map[string]*mailbox{}}
	u.create(inbox, mail.RoleNone) // INBOX has no special-use attribute (RFC 6154 2)
	return u
}

// Create makes a mailbox, and the levels above it, if they are missing.
func (u *User) Create(name string, role mail.Role) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if b, ok := u.boxes[canonical(name)]; ok {
		b.role = role
		return
	}
	u.create(name, role)
}

// Deliver puts m into a mailbox, which is made if it is missing.
func (u *User) Deliver(mailbox string, m Mail) {
	u.mu.Lock()
	defer u.mu.Unlock()
	b, err := u.box(mailbox)
	if err != nil {
		b = u.create(mailbox, mail.RoleNone)
	}
	b.add(m)
}

// Patch changes the flags of the message with the key, as another client
// would. It reports whether anything changed; so do Move and Delete.
func (u *User) Patch(key string, p mail.FlagPatch) bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	b, m := u.find(key)
	if m == nil || m.Flags.Apply(p) == m.Flags {
		return false
	}
	b.setFlags(m, m.Flags.Apply(p), nil)
	return true
}

// Move moves the message with the key, as another client would.
func (u *User) Move(key, dest string) bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	b, m := u.find(key)
	to, err := u.box(dest)
	if m == nil || err != nil || b == to {
		return false
	}
	to.add(m.Mail)
	b.remove([]*message{m})
	return true
}

// Delete expunges the message with the key, as another client would.
func (u *User) Delete(key string) bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	b, m := u.find(key)
	if m == nil {
		return false
	}
	b.remove([]*message{m})
	return true
}

// Where returns the mailbox that holds the message with the key, or "".
func (u *User) Where(key string) string {
	u.mu.Lock()
	defer u.mu.Unlock()
	if b, m := u.find(key); m != nil {
		return b.name
	}
	return ""
}

// find returns the newest message with the key, and where it is.
func (u *User) find(key string) (*mailbox, *message) {
	for _, name := range u.names() {
		b := u.boxes[name]
		for _, m := range slices.Backward(b.messages) {
			if m.Key == key && key != "" {
				return b, m
			}
		}
	}
	return nil, nil
}

// canonical trims a trailing delimiter, and spells INBOX as RFC 9051 5.1 does.
func canonical(name string) string {
	name = strings.TrimRight(name, Delim)
	first, rest, nested := strings.Cut(name, Delim)
	if !strings.EqualFold(first, inbox) {
		return name
	}
	if nested {
		return inbox + Delim + rest
	}
	return inbox
}

// box returns the mailbox that may be selected under the name. The functions
// from here on want u.mu held.
func (u *User) box(name string) (*mailbox, error) {
	b, ok := u.boxes[canonical(name)]
	if !ok || b.noSelect {
		return nil, errNoMailbox
	}
	return b, nil
}

func (u *User) create(name string, role mail.Role) *mailbox {
	name = canonical(name)
	if i := strings.LastIndex(name, Delim); i > 0 {
		if _, ok := u.boxes[name[:i]]; !ok {
			u.create(name[:i], mail.RoleNone)
		}
	}
	u.validity++
	b := newMailbox(name, u.validity)
	b.role = role
	u.boxes[name] = b
	return b
}

// remove deletes a mailbox; one with children stays as a level without mail.
func (u *User) remove(name string) error {
	b, err := u.box(name)
	if err != nil {
		return err
	}
	if b.name == inbox {
		return errCannot
	}
	b.remove(slices.Clone(b.messages))
	if u.hasChildren(b.name) {
		b.noSelect, b.role = true, mail.RoleNone
		return nil
	}
	delete(u.boxes, b.name)
	return nil
}

// rename moves a mailbox and all below it.
func (u *User) rename(from, to string) error {
	from, to = canonical(from), canonical(to)
	if _, ok := u.boxes[from]; !ok {
		return errNoMailbox
	}
	if from == inbox || strings.HasPrefix(to, from+Delim) || to == "" {
		return errCannot
	}
	if _, ok := u.boxes[to]; ok {
		return errExists
	}
	for _, name := range u.names() {
		if name != from && !strings.HasPrefix(name, from+Delim) {
			continue
		}
		b := u.boxes[name]
		delete(u.boxes, name)
		b.name = to + strings.TrimPrefix(name, from)
		u.boxes[b.name] = b
	}
	return nil
}

func (u *User) hasChildren(name string) bool {
	for other := range u.boxes {
		if strings.HasPrefix(other, name+Delim) {
			return true
		}
	}
	return false
}

func (u *User) names() []string {
	var names []string
	for name := range u.boxes {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
