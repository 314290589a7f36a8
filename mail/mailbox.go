package mail

// Role is what a mailbox is for (RFC 6154), whatever it is called.
type Role string

const (
	RoleNone    Role = ""
	RoleInbox   Role = "inbox"
	RoleSent    Role = "sent"
	RoleDrafts  Role = "drafts"
	RoleArchive Role = "archive"
	RoleTrash   Role = "trash"
	RoleJunk    Role = "junk"
	RoleOutbox  Role = "outbox"
	RoleAll     Role = "all"     // Gmail's All Mail: everything once more
	RoleFlagged Role = "flagged" // Gmail's Starred: a view, not a place
)

// Origin says where the truth about a mailbox lives.
type Origin string

const (
	Remote Origin = "remote" // on the server; this is a mirror
	Local  Origin = "local"  // on this computer
)

// Mailbox is one folder of an account as it is shown.
type Mailbox struct {
	ID       MailboxID
	Account  AccountID
	Path     string // UTF-8, levels parted by "/": what people see and type
	Remote   string // the server's own name for it, UTF-8; "" for a local one
	Delim    string // the server's delimiter in Remote, "" for a flat name
	Role     Role
	Origin   Origin
	NoSelect bool // a level that holds no messages (RFC 9051 7.3.1 \Noselect)
	Total    int
	Unread   int
}

// MailboxState is how far a mirror of a remote mailbox has come.
type MailboxState struct {
	Validity UIDValidity
	UIDNext  UID    // every UID below was seen or is gone
	ModSeq   ModSeq // flags are known up to here; 0: unknown
	Complete bool   // light data of every message is here
	Messages int    // with a UID
	Waiting  int    // to be recognised: their UID is not known
}
