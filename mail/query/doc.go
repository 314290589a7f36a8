// Package query is the search language: text as a person types it becomes a
// tree ([Parse]), and a tree becomes text again ([String]). It is pure: the
// store turns a tree into SQL and FTS5, the IMAP driver into SEARCH, and a
// rule matches it against a message. Anyone may use it.
//
// It promises three things. Parse never fails: what is no operator is words,
// and what was meant as one but is not gets a note. Parsing what String wrote
// gives the same tree. And index and search cut text in the same places,
// because both go through [Segment].
//
// The language:
//
//	word "a phrase" begin*          words; all of them have to match
//	-word  NOT word  -(a b)         without
//	a OR b                          either; binds closer than the space, so
//	                                "x a OR b" is x and one of a, b
//	( … )  from:(ada OR bob)        groups
//	from: to: cc: subject: body: filename:   words in one place
//	is:unread read flagged starred answered draft forwarded tagged
//	has:attachment
//	after: before: on:              2026, 2026-03, 2026-03-05, today,
//	                                yesterday, 7d 2w 3m 1y (ago)
//	larger: smaller:                300k, 5M, 1.5G or bytes
//	in: tag: account:               a mailbox, a keyword, an account
//
// Operators are matched without case; AND, OR and NOT are upper case, so that
// the words "and", "or" and "not" can be searched for.
package query
