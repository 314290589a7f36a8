// Package mail holds the words that all of Postrider shares: ids, mailboxes,
// flags, operations, changes and errors. It imports the standard library only,
// and everybody may import it.
//
// This is also the map of the house. house_test.go checks that it shows the
// rooms there are, and that nobody imports what is not for them.
//
// # The idea
//
// The database is the meeting point. All that a person sees is read from the
// local store; all that a person does is written to it as an operation. Nobody
// waits for anybody else. A worker for each account brings the server's truth
// into base columns and carries the operations out:
//
//	what is shown = base ⊕ waiting operations
//
// recomputed in the transaction that changes either. Each commit yields a
// numbered [Batch] of changes for whoever shows mail; after a gap they read
// anew. Starting, going on after a crash, coming back online and the first run
// are the same code.
//
// Our order when two aims pull apart: never lose mail; never send what was not
// meant; never leak; feel instant; work with real servers; look good.
//
// # Where code goes
//
// Three questions find its place, and the kind of test it gets.
//
//   - Is it a pure function on mail? A package of its own named for the noun
//     (mail/message, mail/query, mail/thread): tables, and a fuzz test if it
//     reads bytes from strangers.
//   - Is it something a person does? An [Op], with its effect in store/do.go
//     and rebase.go and its way to a server in the drivers' Push. If it takes
//     effect without the server's help it must still survive a crash at any
//     step: engine/interrupt_test.go cuts it everywhere.
//   - Is it something a person sees? A query of store.Snapshot, kept fresh by
//     [Change]s. A query that a list needs while it scrolls uses an index.
//
// And what a server says is an observation: a call of store.Mirror, the same
// for every protocol. A driver that wants to write what is shown is doing the
// store's work.
//
// # Rooms
//
// From the bottom to the top; who may import whom is in house_test.go, with a
// reason each.
//
//	accounts                      servers, identities, policies, and the file that keeps them (TOML)
//	accounts/internal/durable     replacing a small file safely
//	accounts/secret               passwords: the system's keyring, a vault, or memory for tests
//	accounts/settings             what the person chose, and how they left the window
//	assets                        embedded files: the demo's mail
//	assets/fonts                  embedded typefaces
//	assets/icons                  embedded icons, and the program's own
//	gui/vm                        view models: what the window shows and does, without a toolkit
//	gui/line                      line drawings, such as icons, made into masks
//	gui/compose                   the window where a mail is written
//	gui/activity                  the panel of what happens between here and the servers
//	gui/settings                  the pages where things are set, of the program and of accounts
//	gui/spelling                  misspelt words, by the checker that the system has
//	gui/clipboard                 what Fyne's clipboard does not read: pictures, and files
//	gui/files                     asks for files and folders, by the desktop or in a dialog
//	gui/setup                     the screens that add an account
//	gui/theme                     how the window looks: colours, type, spaces, icons; light and dark
//	gui/widgets                   what the window is made of: lists, trees, buttons, fields, menus, texts
//	mail                          the shared words
//	mail/message                  bytes ↔ meaning: headers, MIME, charsets, the text of a mail; refuses nothing
//	mail/contact                  address books: people and groups, out of vCards and into them
//	mail/query                    the search language, and where words begin and end
//	mail/phrase                   numbers, sizes and dates as people read them
//	mail/thread                   which messages are one conversation
//	mail/transfer                 mbox, Maildir and .eml files, in and out, byte for byte
//	mail/typeset                  text set: faces, shapes, both directions, line breaks, carets
//	mail/typeset/ink              text, shapes and pictures drawn into memory
//	mail/store                    SQLite, packs, words; mirror, operations, feed, undo, check
//	mail/store/intake             whole messages on their way from a connection into the store
//	mail/store/pack               the bytes of messages, append-only, readable without a database
//	mail/dial                     every connection to a server: TLS policy, proxies, deadlines, transcript
//	mail/html/print               laid-out mail on sheets of paper, as PDF
//	mail/fetch                    remote pictures of a mail, once they are allowed, telling as little as can be
//	mail/engine                   a worker for each account: when to push, pull, wait and try again
//	mail/engine/enginetest        the contract of all drivers; a server and a driver in memory, to cut at any step
//	mail/html                     a mail's HTML or plain text → a safe document: quotes marked, remote things listed
//	mail/html/box                 boxes, lines and tables: where each thing lies at a width
//	mail/html/css                 how each element looks: sheets, attributes, cascade, computed styles
//	mail/html/picture             the pictures of a mail: how large, and what they show
//	mail/html/display             a laid-out mail: what to draw, what lies where, its text
//	mail/html/paint               a laid-out mail drawn into memory, light or dark
//	mail/imap                     the driver for IMAP
//	mail/imap/wire                repairs what servers say before go-imap reads it; signs in
//	mail/pop                      the driver for POP3: maildrop to local folders, policies, ledger
//	mail/pop/pop3                 a POP3 client, the wire only
//	mail/smtp                     hands messages to the outgoing server: submission, and the courier of the engine
//	mail/client                   puts the rooms together; the one place that knows all drivers
//	mail/client/handover          hands a command to the process that has the store
//	mail/cli                      the commands
//	mail/cli/faulttest            tests that kill the program at every step, and take its disk away
//	mail/demo                     a world to try things in: servers on loopback, invented people, events
//	mail/demo/host                its IMAP, POP3 and SMTP servers
//	mail/demo/sample              its manuscripts, made into mail
//	mail/mailtest                 for tests: Dovecot, odd servers, a proxy that breaks things, a drain to measure against
//	mail/mailtest/gen             realistic mail, the same for the same seed
//	mail/mailtest/cmd/mailgen     the generator, by hand
//	mail/mailtest/hoard           data folders with a million messages, to measure with
//	mail/mailtest/cmd/mailhoard   makes one, by hand
//	mail/mailtest/cmd/mailserver  the test server, by hand
//	gui/desktop                   notifications, and starting with the session, by the system's own interfaces
//	gui/fynetest                  for tests: Fyne's test app, kept to one goroutine
//	gui/stage                     for tests and pictures: the real window on a screen of its own, worked like by a person
//	gui/stage/cmd/tour            goes through the demo and keeps pictures of it
//	gui                           the window: panes, keys, menus, the pump from the feed to the screen
//	main.go                       the program: picks a face and starts it
//
// # Messages and placements
//
// A message is immutable: its bytes, known by their SHA-256, or only its light
// data (headers, structure) while the bytes are still on the server. All that
// changes is its placement: in which mailbox, with which flags, in two
// versions. The base version (columns b_*) is what the server last said; the
// shown version is base with the operations folded in. Both are real columns
// with indexes, because folding while reading made a page of a large mailbox
// hundreds of times slower.
//
// Copies and labels are several placements of one message. The id that people
// see and type is the placement's ([PlacementID]); it stays through moves, and
// through a server that numbers its mail anew.
//
// Intents are patches ([FlagPatch]), never absolute sets, so that what was done
// offline merges with what other clients did meanwhile.
//
// # Base and operations
//
//   - An operation is committed with its effect, and shown at once.
//   - Refused by the server: its row is dropped, the rest is folded anew. That
//     is the only rollback, and it is one for all verbs.
//   - Acknowledged: base takes its effect in the transaction that drops it, so
//     that nothing flickers.
//   - Interrupted between the server's doing and our knowing: it is unknown.
//     What can be repeated is; the rest is looked for first.
//
// After a move whose new UID nobody told us, the placement waits in the new
// mailbox with no UID. (a) An unseen message there with the same identity is
// adopted. (b) If the source vanished and its twin is there, the move was done.
// (c) When that mailbox was read completely and nothing was adopted, the waiting
// placement is gone. The same three rules bring a mailbox over a change of its
// UIDVALIDITY, and recognise what another client moved.
//
// # Flow
//
//	server → screen   dial → wire → driver.Pull → Mirror → one transaction → Batch → whoever subscribed
//	person → server   client → store.Do → one transaction → Batch, and the worker is woken
//	                  → NextTask → driver.Push → Settle
//	sending           client → store.Queue → the account's sender → courier → LastCall → the end of the
//	                  message → SettleOutgoing: filed with what was sent, or tried again, or asked about
//	reading           the bytes are in the store, or the worker fetches them ahead of other work
//
// A pull brings light data first and the newest first; bodies follow. What a
// call of Mirror took is durable when it returns (pack fsync'd, then the
// transaction), so a driver tells a server only what has returned. The words
// for searching are indexed afterwards, from a queue.
//
// # Errors
//
// [Error] crosses the borders of packages, wrapped once: what was attempted,
// its [Kind], our sentence, and the server's own words.
//
//	kind      means                                        the worker                  the person
//	canceled  our context ended                            stops                       sees nothing
//	offline   dial, DNS, reset, silence                    tries again, ever later     "offline since"
//	sign-in   credentials refused or missing               stops; operations stay      signs in again
//	unsafe    certificate, STARTTLS, clear text            stops; no way around it     gets an explanation
//	busy      in use, too often, too much for now          waits some minutes          sees that it waits
//	refused   NO to this operation                         drops it and rebases        is told what and why
//	gone      its target is not there any more             drops it                    sees nothing
//	garbled   the server broke the protocol                connects anew               is told, if it goes on
//	disk      full, locked, corrupt                        stops                       a sentence with the path
//	input     what was given makes no sense                stops                       what would make sense
//	bug       an impossible state, a recovered panic       tries again, ever later     reports it
//
// # Concurrency
//
// One goroutine runs an account's worker and owns its driver and connection;
// its panics end its session, not the process. In the store one transaction
// writes at a time, the person's before the workers'; readers have snapshots
// and wait for nobody. Nothing sends on a channel or calls out of the store
// within a transaction. One process writes to a data folder, any number read
// beside it.
//
// # Tests
//
//	pure rooms    tables, fuzzing, properties (fold, patch, parse ∘ print)
//	store         a real SQLite and real packs in a temporary folder; Check after each
//	store/pack    a stop at every step and every flipped bit
//	wire, pop3    written conversations of odd servers, connections cut at each byte, a real Dovecot
//	drivers       one contract for all of them (enginetest), a real Dovecot, rival clients, poor servers
//	engine        a server in memory, cut at every step of every operation, then compared
//	the whole     the commands, in scripts, against the demo and a real Dovecot
//
// Tests use no network but loopback, and no clock but their own.
//
// # What may surprise
//
//   - accounts imports a TOML library and this package: the file keeps what a
//     person wrote between our keys, which the standard library cannot.
//   - mail/query holds the cutting of text into words, although it has no
//     index: the store that indexes and the search that asks must cut alike,
//     and Chinese or Japanese has no spaces to cut at.
//   - index.db lies beside mail.db. It holds words only, may be lost, and is made
//     anew; keeping it apart keeps the mail's transactions short.
//   - Beside its worker an account has a sender, which waits for no other work.
//     Before the end of a message goes out, the store notes that it may be
//     taken from now on (LastCall). What ends before is sent again; what ends
//     after it without an answer is unknown, and only its turning up somewhere,
//     or the person, says more. Nothing is sent twice to be sure.
//   - Bytes are in packs, not in SQLite and not in a file each. A record also
//     says where its message came from, so that a lost mail.db is made anew.
//   - A message's identity within an account is made of Message-ID, size, Date,
//     subject and sender. INTERNALDATE is not in it: some servers change it
//     when they copy.
//   - Rows that nobody sees are kept: a placement that both sides lost stays as a
//     tombstone with its bytes for a while, as it may have been moved by
//     another client and turn up elsewhere. A placement that waits to be
//     recognised has a mailbox and no UID.
//   - What takes mail away waits 10 seconds before it goes to a server, so that
//     an undo needs no server. A sync that was asked for does not wait.
//   - The brake: when a server seems to have lost more than 50 messages and more
//     than a fifth of a mailbox, nothing is removed until it has said so in
//     two different ways.
//   - POP3 has a ledger of every UIDL that was taken in, which outlives the
//     message: nothing comes twice, and nothing is deleted on a server before
//     it is durable here. Its mailboxes are local; deletions travel by policy.
//   - mail/demo brings its own servers, written on other people's libraries, so
//     that our client cannot agree with its own mistakes.
//   - There are libraries for mbox and Maildir, and we do not use them:
//     mail/transfer promises bytes, and they change some.
package mail
