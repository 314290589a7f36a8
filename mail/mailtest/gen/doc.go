// Package gen makes realistic mail, the same for the same seed, for tests and
// benchmarks only.
//
// A message is a function of the seed, its number and the span of the plan, so
// that a test can begin with some and let others arrive later. There are
// threads with references and nested quotes, lists, newsletters, invitations,
// forwards, attachments, nine pairs of charset and transfer encoding, encoded
// words, RFC 2231 names, ten years of dates and flags; about one message in
// 150 is broken the way real mail is. 20,000 messages have 482 MB: the median
// is 7.5 kB, the mean 24 kB, the largest 5.4 MB.
//
// [Write] stores them as a Maildir++ tree and returns a [Manifest]: what a
// client that lost and changed nothing must find.
package gen
