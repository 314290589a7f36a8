package vm

import (
	"cmp"
	"slices"
	"strings"

	"postrider/mail/html"
	"postrider/mail/message"
	"postrider/mail/phrase"
)

// NoticeKind is what a notice above a message is about.
type NoticeKind uint8

// The kinds.
const (
	NoticePictures NoticeKind = iota // remote pictures were not fetched
	NoticeDanger                     // it looks like a trick
	NoticeReply                      // an answer goes elsewhere than one would think
	NoticeCut                        // not all of the message is shown
	NoticeDraft                      // it is not sent yet
)

// Notice is a bar above a message.
type Notice struct {
	Kind  NoticeKind
	Text  string
	Hosts []Host // NoticePictures: who would be told

	Unsure bool // NoticePictures: nobody confirms who sent it, so that a habit cannot be made of showing them
}

// Host is a server that a message would fetch something from.
type Host struct {
	Name     string
	Pictures int
	Trackers int // what nobody could see
}

// draftNotice is the bar above what the person has not sent yet.
func (c *Card) draftNotice() []Notice {
	if !c.Draft {
		return nil
	}
	return []Notice{{Kind: NoticeDraft, Text: "This is a draft. Nobody has got it yet."}}
}

// notices are the bars above an open message.
func (b *Body) notices(from Person, allowed bool) (list []Notice) {
	for _, w := range b.Warnings {
		switch w {
		case message.WarnSpoof, message.WarnExecutable, message.WarnTwoFrom:
			list = append(list, Notice{Kind: NoticeDanger, Text: w})
		default:
			list = append(list, Notice{Kind: NoticeCut, Text: w})
		}
	}
	if n, ok := b.replyNotice(from); ok {
		list = append(list, n)
	}
	if n, ok := b.pictureNotice(allowed); ok {
		list = append(list, n)
	}
	return list
}

// pictureNotice says what was not fetched, and from whom.
func (b *Body) pictureNotice(allowed bool) (Notice, bool) {
	hosts := b.Hosts()
	if len(hosts) == 0 || allowed {
		return Notice{}, false
	}
	pictures, trackers := 0, 0
	var names []string
	for _, h := range hosts {
		pictures, trackers = pictures+h.Pictures, trackers+h.Trackers
		if site := html.Site(h.Name); !slices.Contains(names, site) {
			names = append(names, site)
		}
	}
	var things []string
	if pictures > 0 {
		things = append(things, phrase.Things(pictures, "picture", "pictures"))
	}
	if trackers > 0 {
		things = append(things, phrase.Things(trackers, "tracker", "trackers"))
	}
	verb := " are blocked."
	if pictures+trackers == 1 {
		verb = " is blocked."
	}
	return Notice{Kind: NoticePictures, Text: strings.Join(things, " and ") + " from " + phrase.Some(names, 2) + verb, Hosts: hosts, Unsure: !b.Confirmed}, true
}

// Hosts are the servers that the message would fetch from, those with the most
// first; each address counts once.
func (b *Body) Hosts() (list []Host) {
	if b.Page == nil {
		return nil
	}
	met := map[string]bool{}
	for _, r := range b.Page.Remote {
		if r.Host == "" || met[r.URL] {
			continue
		}
		met[r.URL] = true
		i := slices.IndexFunc(list, func(h Host) bool { return h.Name == r.Host })
		if i < 0 {
			i = len(list)
			list = append(list, Host{Name: r.Host})
		}
		if r.Tracks {
			list[i].Trackers++
		} else {
			list[i].Pictures++
		}
	}
	slices.SortStableFunc(list, func(a, b Host) int {
		return cmp.Compare(b.Pictures+b.Trackers, a.Pictures+a.Trackers)
	})
	return list
}

// replyNotice warns where an answer would go to another domain than that of who
// seems to write. A mailing list that writes in its own name lets answers go to
// the author; that a message says it is from a list means nothing else.
func (b *Body) replyNotice(from Person) (Notice, bool) {
	h := &b.Header
	if from.Addr == "" || from.Mine || strings.EqualFold(from.Addr, h.ListPost) {
		return Notice{}, false
	}
	for _, a := range h.AnswersTo() {
		if a.Addr != "" && !sameSite(domainOf(a.Addr), domainOf(from.Addr)) {
			return Notice{Kind: NoticeReply, Text: "An answer goes to " + a.Addr + ", not to " + from.Addr + "."}, true
		}
	}
	return Notice{}, false
}

func domainOf(addr string) string { return strings.ToLower(addr[strings.LastIndexByte(addr, '@')+1:]) }

// sameSite reports whether one domain is the other, or below it.
func sameSite(a, b string) bool {
	return a == b || strings.HasSuffix(a, "."+b) || strings.HasSuffix(b, "."+a)
}

// Resolve implements html.Resolver with what came with the message alone.
func (b *Body) Resolve(ref string) ([]byte, html.State) {
	switch {
	case html.IsRemote(ref):
		return nil, html.Blocked
	case strings.HasPrefix(strings.ToLower(strings.TrimSpace(ref)), "data:"):
		if data := dataURL(ref); data != nil {
			return data, html.Ready
		}
		return nil, html.Missing
	}
	if data := b.Picture(ref); data != nil {
		return data, html.Ready
	}
	return nil, html.Missing
}
