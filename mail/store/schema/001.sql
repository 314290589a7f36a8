-- The first layout. A migration is written once and never edited.
--
-- Base columns (b_*) are what the server was last known to say; the plain
-- columns beside them are what is shown: base with the waiting operations
-- folded in. Times are Unix seconds, UTC.

CREATE TABLE account (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  key           TEXT NOT NULL UNIQUE,           -- mail.AccountID
  protocol      TEXT NOT NULL,                  -- imap | pop3
  last_sync     INTEGER NOT NULL DEFAULT 0,
  error_kind    TEXT NOT NULL DEFAULT '',
  error_message TEXT NOT NULL DEFAULT '',
  error_detail  TEXT NOT NULL DEFAULT '',
  notes         TEXT NOT NULL DEFAULT '{}'      -- what a driver learnt of its server, JSON
) STRICT;

CREATE TABLE mailbox (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  account  INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  path     TEXT NOT NULL,                       -- shown: UTF-8, parted by /
  remote   TEXT NOT NULL DEFAULT '',            -- the server's name
  delim    TEXT NOT NULL DEFAULT '',
  role     TEXT NOT NULL DEFAULT '',
  origin   TEXT NOT NULL,                       -- remote | local
  noselect INTEGER NOT NULL DEFAULT 0,
  missing  INTEGER NOT NULL DEFAULT 0,          -- complete folder lists in a row that lacked it
  gone     INTEGER NOT NULL DEFAULT 0,          -- the newest placement when the first of them came
  validity INTEGER NOT NULL DEFAULT 0,
  uidnext  INTEGER NOT NULL DEFAULT 0,
  modseq   INTEGER NOT NULL DEFAULT 0,
  complete INTEGER NOT NULL DEFAULT 0,          -- light data of every message is here
  scan     INTEGER NOT NULL DEFAULT 0,          -- pulls begun
  total    INTEGER NOT NULL DEFAULT 0,          -- kept by the triggers below
  unread   INTEGER NOT NULL DEFAULT 0,
  UNIQUE (account, path)
) STRICT;

CREATE TABLE message (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  hash        BLOB,                             -- SHA-256 of the bytes, once they are here
  size        INTEGER NOT NULL,
  date        INTEGER NOT NULL,                 -- sort key: the Date header where it makes sense
  header_date INTEGER NOT NULL,                 -- the Date header as it is; 0: none
  received    INTEGER NOT NULL,
  message_id  TEXT NOT NULL DEFAULT '',
  refs        TEXT NOT NULL DEFAULT '',         -- References and In-Reply-To, oldest first, parted by spaces
  thread      INTEGER NOT NULL DEFAULT 0,
  subject     TEXT NOT NULL DEFAULT '',
  from_name   TEXT NOT NULL DEFAULT '',
  from_addr   TEXT NOT NULL DEFAULT '',
  recipients  TEXT NOT NULL DEFAULT '',         -- To, as shown
  cc          TEXT NOT NULL DEFAULT '',
  snippet     TEXT NOT NULL DEFAULT '',
  attachments INTEGER NOT NULL DEFAULT 0,
  pack        INTEGER NOT NULL DEFAULT 0,       -- where the bytes are; length 0: not here yet
  offset      INTEGER NOT NULL DEFAULT 0,
  length      INTEGER NOT NULL DEFAULT 0,
  tries       INTEGER NOT NULL DEFAULT 0        -- how often the bytes were asked for in vain
) STRICT;
CREATE UNIQUE INDEX message_hash ON message (hash) WHERE hash IS NOT NULL;
CREATE INDEX message_thread ON message (thread);
CREATE INDEX message_bodiless ON message (received) WHERE length = 0;
CREATE INDEX message_pack ON message (pack, offset) WHERE length > 0;

CREATE TABLE placement (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  account    INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  message    INTEGER NOT NULL REFERENCES message,
  b_mailbox  INTEGER REFERENCES mailbox ON DELETE CASCADE, -- NULL: the server does not have it (yet, or any more)
  b_uid      INTEGER,                           -- NULL with b_mailbox: waiting to be recognised there
  b_flags    INTEGER NOT NULL DEFAULT 0,
  b_keywords TEXT NOT NULL DEFAULT '',
  b_modseq   INTEGER NOT NULL DEFAULT 0,
  since      INTEGER NOT NULL DEFAULT 0,        -- waiting: the mailbox's scan when it began to wait
  identity   BLOB NOT NULL,                     -- content identity within the account: see identity.go
  remote_id  TEXT NOT NULL DEFAULT '',          -- EMAILID or X-GM-MSGID
  mailbox    INTEGER REFERENCES mailbox ON DELETE CASCADE, -- NULL: not shown
  flags      INTEGER NOT NULL DEFAULT 0,
  keywords   TEXT NOT NULL DEFAULT '',
  date       INTEGER NOT NULL,                  -- of the message, for the indexes
  thread     INTEGER NOT NULL,                  -- of the message, for the list's index
  removed    INTEGER NOT NULL DEFAULT 0         -- when both sides lost it; the row waits to be recognised elsewhere
) STRICT;
CREATE UNIQUE INDEX placement_uid ON placement (b_mailbox, b_uid); -- NULLs are apart from one another
CREATE INDEX placement_identity ON placement (identity);
CREATE INDEX placement_message ON placement (message);
-- Each index ends with the row's id by itself; only the first must name it, to
-- have the conversation behind it: a list of a million is read from it alone.
CREATE INDEX placement_list ON placement (mailbox, date, id, thread) WHERE mailbox IS NOT NULL;
CREATE INDEX placement_unread ON placement (mailbox, date) WHERE mailbox IS NOT NULL AND flags & 1 = 0;
CREATE INDEX placement_flagged ON placement (mailbox, date) WHERE mailbox IS NOT NULL AND flags & 2 <> 0;
CREATE INDEX placement_date ON placement (date) WHERE mailbox IS NOT NULL;
CREATE INDEX placement_removed ON placement (removed) WHERE removed > 0;

CREATE TRIGGER placement_added AFTER INSERT ON placement WHEN NEW.mailbox IS NOT NULL BEGIN
  UPDATE mailbox SET total = total + 1, unread = unread + (NEW.flags & 1 = 0) WHERE id = NEW.mailbox;
END;
CREATE TRIGGER placement_dropped AFTER DELETE ON placement WHEN OLD.mailbox IS NOT NULL BEGIN
  UPDATE mailbox SET total = total - 1, unread = unread - (OLD.flags & 1 = 0) WHERE id = OLD.mailbox;
END;
CREATE TRIGGER placement_changed AFTER UPDATE OF mailbox, flags ON placement
WHEN OLD.mailbox IS NOT NEW.mailbox OR OLD.flags & 1 <> NEW.flags & 1 BEGIN
  UPDATE mailbox SET total = total - 1, unread = unread - (OLD.flags & 1 = 0) WHERE id = OLD.mailbox;
  UPDATE mailbox SET total = total + 1, unread = unread + (NEW.flags & 1 = 0) WHERE id = NEW.mailbox;
END;

CREATE TABLE op (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  account         INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  kind            TEXT NOT NULL,
  placement       INTEGER REFERENCES placement ON DELETE CASCADE,
  source          INTEGER,                      -- copy: the placement it came from
  mailbox         INTEGER REFERENCES mailbox ON DELETE CASCADE, -- where to; for folder operations, which
  path            TEXT NOT NULL DEFAULT '',
  add_flags       INTEGER NOT NULL DEFAULT 0,
  add_keywords    TEXT NOT NULL DEFAULT '',
  remove_flags    INTEGER NOT NULL DEFAULT 0,
  remove_keywords TEXT NOT NULL DEFAULT '',
  state           TEXT NOT NULL DEFAULT 'pending',
  attempts        INTEGER NOT NULL DEFAULT 0,
  mark            INTEGER NOT NULL DEFAULT 0,   -- the newest placement when it was first sent
  created         INTEGER NOT NULL,
  not_before      INTEGER NOT NULL DEFAULT 0,
  error_kind      TEXT NOT NULL DEFAULT '',
  error_message   TEXT NOT NULL DEFAULT '',
  error_detail    TEXT NOT NULL DEFAULT '',
  keep            TEXT NOT NULL DEFAULT '',     -- append: draft | sent; then it is shown though the server refuse it
  act             INTEGER NOT NULL,             -- all that one act of the person did
  after           INTEGER NOT NULL DEFAULT 0    -- the op that must be done first; 0: none
) STRICT;
CREATE INDEX op_account ON op (account, id);
CREATE INDEX op_placement ON op (placement) WHERE placement IS NOT NULL;
CREATE INDEX op_act ON op (act);
CREATE INDEX op_mailbox ON op (mailbox) WHERE mailbox IS NOT NULL;
CREATE INDEX op_source ON op (source) WHERE source IS NOT NULL;
CREATE INDEX op_after ON op (after) WHERE after <> 0;

-- What a send operation needs besides its message, which is in the Outbox.
CREATE TABLE outgoing (
  op      INTEGER PRIMARY KEY REFERENCES op ON DELETE CASCADE,
  sender  TEXT NOT NULL,                        -- of the envelope
  at      INTEGER NOT NULL DEFAULT 0,           -- not before, by the person's wish; 0: now
  answers INTEGER NOT NULL DEFAULT 0,           -- the placement that it answers or forwards; 0: none
  mark    INTEGER NOT NULL DEFAULT 0,           -- the flag that this one gets then
  notify  INTEGER NOT NULL DEFAULT 0,           -- ask for notices of the delivery
  resent  INTEGER NOT NULL DEFAULT 0            -- the Message-ID is another's: to find it elsewhere proves nothing
) STRICT;
CREATE TABLE recipient (
  op            INTEGER NOT NULL REFERENCES op ON DELETE CASCADE,
  n             INTEGER NOT NULL,               -- the order of the envelope
  address       TEXT NOT NULL,
  state         TEXT NOT NULL DEFAULT 'waiting', -- mail.RecipientState
  error_kind    TEXT NOT NULL DEFAULT '',
  error_message TEXT NOT NULL DEFAULT '',
  error_detail  TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (op, n)
) STRICT, WITHOUT ROWID;

-- Which conversation a Message-ID belongs to; key is 64 bits of its SHA-256.
CREATE TABLE thread (
  key     INTEGER PRIMARY KEY,
  thread  INTEGER NOT NULL
) STRICT;
CREATE INDEX thread_thread ON thread (thread);

-- What an act changed, so that it can be undone after it was carried out.
CREATE TABLE act (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  kind    TEXT NOT NULL,
  created INTEGER NOT NULL
) STRICT;
CREATE TABLE act_item (
  act         INTEGER NOT NULL REFERENCES act ON DELETE CASCADE,
  placement   INTEGER NOT NULL,
  mailbox     INTEGER,                          -- before; NULL: the act made it
  flags       INTEGER NOT NULL,
  keywords    TEXT NOT NULL,
  to_mailbox  INTEGER,                          -- after; NULL: it took it away
  to_flags    INTEGER NOT NULL,
  to_keywords TEXT NOT NULL,
  PRIMARY KEY (act, placement)
) STRICT, WITHOUT ROWID;

-- The POP3 ledger: every UIDL that was ever taken in, for as long as the
-- server may still have it and 60 days longer, so that nothing comes twice.
CREATE TABLE ledger (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  account   INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  uidl      TEXT NOT NULL,                      -- or a name with a space, which no UIDL has: see ledger.go
  size      INTEGER NOT NULL,                   -- as LIST said; another one under this UIDL is another message
  hash      BLOB NOT NULL,
  head      BLOB NOT NULL DEFAULT x'',          -- what TOP would show, hashed by the driver; empty: not known
  sure      INTEGER NOT NULL DEFAULT 1,         -- 0: shorter than announced, and no second download has said the same
  placement INTEGER,
  taken     INTEGER NOT NULL,                   -- when it was durable here
  seen      INTEGER NOT NULL,                   -- when the server last listed it
  deleted   INTEGER NOT NULL DEFAULT 0,         -- when the person deleted it here; 0: did not
  served    INTEGER NOT NULL DEFAULT 1,         -- the server has it, as far as we know
  UNIQUE (account, uidl)
) STRICT;
CREATE INDEX ledger_placement ON ledger (placement) WHERE placement IS NOT NULL;
CREATE INDEX ledger_hash ON ledger (account, hash);

-- Messages whose words the index does not have yet.
CREATE TABLE unindexed (message INTEGER PRIMARY KEY REFERENCES message ON DELETE CASCADE) STRICT;

-- Compressed bytes that no message names any more, by pack: when to compact.
CREATE TABLE pack (
  id   INTEGER PRIMARY KEY,
  live INTEGER NOT NULL DEFAULT 0,
  dead INTEGER NOT NULL DEFAULT 0
) STRICT;

-- When a chore was last done.
CREATE TABLE chore (
  name TEXT PRIMARY KEY,
  done INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
