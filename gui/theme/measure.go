package theme

// Steps of space, in Fyne's units (px at scale 1).
const (
	Space1 float32 = 4
	Space2 float32 = 8
	Space3 float32 = 12
	Space4 float32 = 16
	Space5 float32 = 24
	Space6 float32 = 32
)

// Radii of corners.
const (
	RadiusSwatch  float32 = 2
	RadiusTag     float32 = 4
	RadiusControl float32 = 6  // controls, rows, notices
	RadiusCard    float32 = 10 // cards, menus, the undo bar
)

// Sizes of icons by where they stand.
const (
	IconChip    float32 = 12 // in operator chips
	IconRow     float32 = 14 // in list rows and custody lines
	IconControl float32 = 16 // in buttons and the sidebar
	IconToolbar float32 = 18
	IconCard    float32 = 20 // attachments, cards, notices of a page
)

// Sizes that several widgets share.
const (
	Hairline       float32 = 1
	FocusWidth     float32 = 2
	ControlHeight  float32 = 32
	SmallHeight    float32 = 28
	BigHeight      float32 = 36 // buttons of the first run
	AddressHeight  float32 = 44 // the field of the first run
	TopZone        float32 = 52 // of every pane
	ThumbWidth     float32 = 6  // of scroll bars
	SidebarWidth   float32 = 220
	ListWidth      float32 = 380
	AvatarSize     float32 = 36
	AvatarCardSize float32 = 28
)
