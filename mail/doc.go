// Package mail holds the words that all of Postrider shares: ids, mailboxes,
// flags, operations, changes and errors. It imports the standard library only.
package mail
