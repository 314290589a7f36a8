package gui

// An action is something that a person can do in the window, by a key, a menu or
// a button.
type action string

// The actions, in the sections of the map of keys.
const (
	actNext         action = "next"
	actPrevious     action = "previous"
	actNextUnread   action = "next unread"
	actOpen         action = "open"
	actBack         action = "back"
	actPageDown     action = "page down"
	actPageUp       action = "page up"
	actNextPane     action = "next pane"
	actPreviousPane action = "previous pane"

	actSearch   action = "search"
	actFind     action = "find"
	actInbox    action = "inbox"
	actUnified  action = "all inboxes"
	actUnread   action = "unread"
	actStarred  action = "starred"
	actSent     action = "sent"
	actDrafts   action = "drafts"
	actArchived action = "archive folder"
	actTrash    action = "trash"
	actJunkBox  action = "junk folder"
	actGoTo     action = "go to"

	actArchive     action = "archive"
	actDelete      action = "delete"
	actDestroy     action = "delete for good"
	actJunk        action = "junk"
	actMove        action = "move"
	actCopy        action = "copy"
	actTag         action = "tag"
	actStar        action = "star"
	actToggleRead  action = "read or unread"
	actReadAll     action = "all read"
	actSelect      action = "select"
	actSelectAll   action = "select all"
	actUndo        action = "undo"
	actSave        action = "save attachments"
	actSource      action = "source"
	actExpand      action = "expand all"
	actPictures    action = "show pictures"
	actPrint       action = "print"
	actUnsubscribe action = "unsubscribe"

	actCompose  action = "compose"
	actReply    action = "reply"
	actReplyAll action = "reply all"
	actForward  action = "forward"

	actSync       action = "get mail"
	actActivity   action = "activity"
	actAddAccount action = "add account"
	actSettings   action = "settings"
	actKeys       action = "keys"
	actZoomIn     action = "zoom in"
	actZoomOut    action = "zoom out"
	actZoomReset  action = "zoom reset"
	actSidebar    action = "sidebar"
	actFullScreen action = "full screen"
	actClose      action = "close"
	actQuit       action = "quit"
)

// accountAction is the action of going to an account's inbox; n counts from 1.
func accountAction(n int) action { return action("account " + string(rune('0'+n))) }

// A binding is what an action is called and which keys do it.
type binding struct {
	action action
	title  string
	single string // keys without a modifier that can be switched off, parted by spaces
	always string // keys that always do it, parted by spaces
}

// A section is a part of the map of keys.
type section struct {
	title    string
	bindings []binding
}

// keyMap is every key there is. A single key is a character as it is typed, a
// sequence such as "gi", or the name of a key; always has names with modifiers.
// Ctrl stands for Command on a Mac.
var keyMap = []section{
	{"Reading", []binding{
		{actNext, "Next message", "j", ""},
		{actPrevious, "Previous message", "k", ""},
		{actNextUnread, "Next unread message", "n", "Ctrl+]"},
		{actOpen, "Open", "o", "Enter"},
		{actBack, "Back to the list, or close what is open", "", "Escape"},
		{actPageDown, "Read on, then to the next message", "Space", ""},
		{actPageUp, "Read back", "Shift+Space", ""},
		{actExpand, "Open the whole conversation", ";", "Ctrl+Shift+E"},
		{actFind, "Find in the message", "", "Ctrl+F"},
		{actPictures, "Show blocked pictures", "", "Ctrl+Shift+I"},
		{actSource, "Source of the message", "", "Ctrl+Shift+U"},
		{actSave, "Save attachments", "", "Ctrl+S"},
		{actPrint, "Print", "", "Ctrl+P"},
		{actZoomIn, "Larger text", "+", "Ctrl+= Ctrl++"},
		{actZoomOut, "Smaller text", "-", "Ctrl+-"},
		{actZoomReset, "Text as it was", "", "Ctrl+0"},
	}},
	{"Doing", []binding{
		{actArchive, "Archive", "e", "Ctrl+E"},
		{actDelete, "Delete", "#", "Delete Ctrl+D"},
		{actDestroy, "Delete for good", "", "Shift+Delete"},
		{actJunk, "Junk, or not junk", "!", "Ctrl+J"},
		{actMove, "Move to a folder", "m v", "Ctrl+Shift+M"},
		{actCopy, "Copy to a folder", "y", "Ctrl+Shift+O"},
		{actTag, "Tag", "t", "Ctrl+T"},
		{actStar, "Star, or not", "s", "Ctrl+Shift+S"},
		{actToggleRead, "Read or unread", "u", "Ctrl+U"},
		{actReadAll, "Mark all as read", "", "Ctrl+Shift+Q"},
		{actSelect, "Select, or not", "x", ""},
		{actSelectAll, "Select all", "*", "Ctrl+A"},
		{actUndo, "Undo", "z", "Ctrl+Z"},
		{actUnsubscribe, "Unsubscribe from a list", "", "Ctrl+Shift+L"},
	}},
	{"Writing", []binding{
		{actCompose, "New message", "c", "Ctrl+N"},
		{actReply, "Reply", "r", "Ctrl+R"},
		{actReplyAll, "Reply to all", "a", "Ctrl+Shift+R"},
		{actForward, "Forward", "f", "Ctrl+Shift+F"},
	}},
	{"Going", []binding{
		{actSearch, "Search", "/", "Ctrl+K"},
		{actUnified, "All inboxes", "gg", ""},
		{actInbox, "Inbox of this account", "gi", ""},
		{actUnread, "Unread", "gu", ""},
		{actStarred, "Starred", "g*", ""},
		{actSent, "Sent", "gs", ""},
		{actDrafts, "Drafts", "gd", ""},
		{actArchived, "Archive", "ga", ""},
		{actTrash, "Trash", "gt", ""},
		{actJunkBox, "Junk", "gj", ""},
		{actGoTo, "A folder by its name", "gf", "Ctrl+G"},
		{actNextPane, "Next pane", "", "F6"},
		{actPreviousPane, "Previous pane", "", "Shift+F6"},
	}},
	{"Window", []binding{
		{actSync, "Get mail now", "", "F5 Ctrl+Shift+N"},
		{actActivity, "Activity", "", "Ctrl+Shift+Y"},
		{actAddAccount, "Add an account", "", "Ctrl+Shift+A"},
		{actSettings, "Settings", "", "Ctrl+,"},
		{actKeys, "This map", "?", "F1"},
		{actSidebar, "Sidebar, in a narrow window", "", "Ctrl+B"},
		{actFullScreen, "Full screen", "", "F11"},
		{actClose, "Close the window", "", "Ctrl+W"},
		{actQuit, "Quit", "", "Ctrl+Q"},
	}},
}
