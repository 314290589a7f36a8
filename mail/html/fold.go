package html

// Fold is a run of siblings that quote earlier mail: everything from the node
// First to the end of the node Last. Both have the same parent.
type Fold struct {
	First, Last ID
}

// Refused counts what a document had to give up.
type Refused struct {
	Scripts  int // scripts, and attributes that run one
	Frames   int // frames, plugins, sound, film
	Forms    int // forms, drawn as pictures of themselves
	Links    int // links that would run something or open a local file
	Sheets   int // style sheets and fonts that would be fetched
	Redirect int // refreshes and changes of the base address
}
