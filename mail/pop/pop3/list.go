package pop3

import (
	"bytes"
	"context"
	"errors"
	"strconv"

	"postrider/mail"
)

// maxEntries is how many lines a listing may have.
const maxEntries = 10_000_000

// Scan is a line of LIST: a message number, good in this session only, and the
// size the server announces, in octets; 0 means that it is not known. Sizes are
// a hint: many servers count line ends otherwise, or estimate.
type Scan struct {
	Num  int
	Size int64
	Err  error // the line made no sense: what is zero above is not known
}

// Stat returns how many messages there are and their size together (STAT).
func (c *Client) Stat(ctx context.Context) (count int, size int64, err error) {
	const op = "count messages"
	err = c.do(ctx, op, func() error {
		s, err := c.plain(op, "STAT")
		if err != nil {
			return err
		}
		num, rest := cutNumber(s.text)
		total, _ := cutNumber(rest)
		if num < 0 || num > maxNumber || total < 0 {
			return badLine(op, s.text, c)
		}
		count, size = int(num), total
		return nil
	})
	return count, size, err
}

// List gives fn every message's number and announced size. A line that makes no
// sense is given too, with its Err. An error of fn ends the calls, and is
// returned once the listing is read; the session goes on.
func (c *Client) List(ctx context.Context, fn func(Scan) error) error {
	const op = "list messages"
	return c.do(ctx, op, func() error {
		if _, err := c.plain(op, "LIST"); err != nil {
			return err
		}
		seen := make(map[int]bool)
		return c.listing(func(line []byte, err error) error {
			entry := c.scan(op, line, err)
			if entry.Num > 0 && seen[entry.Num] {
				entry = Scan{Err: badLine(op, line, c)}
			}
			seen[entry.Num] = true
			return fn(entry)
		})
	})
}

func (c *Client) scan(op string, line []byte, err error) Scan {
	num, rest := cutNumber(line)
	if num < 1 || num > maxNumber {
		return Scan{Err: badLine(op, line, c)}
	}
	size, _ := cutNumber(rest)
	if err != nil || size < 0 {
		return Scan{Num: int(num), Err: badLine(op, line, c)}
	}
	return Scan{Num: int(num), Size: size}
}

// listing reads the lines of a listing and keeps the transcript short.
func (c *Client) listing(fn func(line []byte, err error) error) error {
	var lines int64
	err := c.eachLine(func(line []byte, err error) error {
		lines++
		c.log.listing(line)
		return fn(line, err)
	})
	c.log.size(lines, "lines")
	return err
}

// eachLine gives fn the lines of a multi-line response (RFC 1939 3). Of a line
// over the cap it gives the beginning, with an error. After an error of fn the
// rest is read and dropped.
func (c *Client) eachLine(fn func(line []byte, err error) error) error {
	var failed error
	for range maxEntries {
		line, err := c.buf.line()
		var tooLong error
		if errors.Is(err, errLongLine) {
			tooLong = err
			line, err = c.buf.skipLine()
		}
		if err != nil {
			return err
		}
		if tooLong == nil && string(line) == "." {
			return failed
		}
		if failed != nil {
			continue
		}
		if err := fn(bytes.TrimPrefix(line, []byte{'.'}), tooLong); err != nil {
			failed = callbackError{err}
		}
	}
	return garbled("the server sent a listing without end")
}

// maxNumber is the highest message number we take.
const maxNumber = 1<<31 - 1

// cutNumber takes a number off the front of text; -1 stands for anything else,
// also for negative numbers and those beyond an int64.
func cutNumber(text []byte) (n int64, rest []byte) {
	word := bytes.TrimLeft(text, " \t")
	if i := bytes.IndexAny(word, " \t"); i >= 0 {
		word, rest = word[:i], word[i:]
	}
	n, err := strconv.ParseInt(string(word), 10, 64)
	if err != nil || word[0] == '+' || n < 0 {
		return -1, rest
	}
	return n, rest
}

// badLine is the error for one line; the session goes on.
func badLine(op string, line []byte, c *Client) *mail.Error {
	return &mail.Error{Op: op, Kind: mail.KindGarbled,
		Message: "the server sent a line that makes no sense", Detail: c.detail(line)}
}
