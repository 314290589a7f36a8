package html

// Use is what a remote resource is for.
type Use uint8

const (
	Picture    Use = iota // an img, an input of type image
	Background            // a background attribute, url() in CSS
)

// Resource is something that the mail would have fetched.
type Resource struct {
	URL  string // as written, without surrounding space
	Host string // lower case, "" if there is none to be read
	Node ID     // the element that asks for it; the style element for a sheet
	Use  Use
	// Width and Height are the size that the mail gives it, in CSS px, or -1.
	Width, Height int
	// Tracks says that nobody could see it: it is 1×1 or smaller, or hidden.
	// All that it can do is to tell its sender that the mail was opened.
	Tracks bool
}

// State is what a [Resolver] knows of a picture.
type State uint8

const (
	Missing State = iota // there is no such picture
	Ready                // here it is
	Waiting              // it comes later
	Blocked              // it is remote, and nobody allowed it
)

// Resolver gives the pictures that a mail refers to. It is asked while the
// mail is laid out and must answer at once, from memory; what has to be
// fetched is [Waiting] or [Blocked]. The references are the mail's own words:
// "cid:…", "data:…", "https://…". It may be called from several goroutines.
type Resolver interface {
	Resolve(ref string) ([]byte, State)
}
