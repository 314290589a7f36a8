package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"io"
	"os"
)

// Where SQLite's files say what we ask (https://sqlite.org/fileformat2.html).
const (
	headerSize   = 100 // of the first page
	versionAt    = 60  // user_version, big endian
	walHeader    = 32
	walPageAt    = 8 // page size
	walFrameHead = 24
)

// databaseVersion is the version of a database's layout; 0: there is none, or it
// has no tables yet. It changes nothing. Where the files of an open database are
// there, SQLite is asked: opening and closing its files by ourselves would drop
// the locks it has on them in this process (POSIX fcntl).
func databaseVersion(ctx context.Context, path string) (uint32, error) {
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return 0, nil // whatever of it was left behind
	}
	if _, err := os.Stat(path + "-shm"); err != nil {
		return peekVersion(path)
	}
	db, err := sql.Open("sqlite3", dsn(path, "ro"))
	if err != nil {
		return 0, err
	}
	defer db.Close()
	version, err := pragmaInt(ctx, db, "user_version")
	return uint32(version), err
}

// peekVersion reads user_version out of a database without SQLite, which would
// make files beside it. A log that was left behind may hold a newer first page.
func peekVersion(path string) (version uint32, err error) {
	head, err := readStart(path, headerSize)
	if err != nil || string(head[:16]) != "SQLite format 3\x00" {
		return 0, err
	}
	version = binary.BigEndian.Uint32(head[versionAt:])
	err = eachFirstPage(path+"-wal", func(page []byte) {
		version = max(version, binary.BigEndian.Uint32(page[versionAt:]))
	})
	return version, err
}

// readStart returns the first n octets of a file, zero where it has none.
func readStart(path string, n int) ([]byte, error) {
	b := make([]byte, n)
	f, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return b, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if _, err := io.ReadFull(f, b); err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	return b, nil
}

// eachFirstPage calls fn with the start of each copy of the first page in a log.
func eachFirstPage(path string, fn func(page []byte)) error {
	head, err := readStart(path, walHeader)
	if err != nil {
		return err
	}
	size := int64(binary.BigEndian.Uint32(head[walPageAt:]))
	if size < 512 { // no log
		return nil
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	frame := make([]byte, walFrameHead+headerSize)
	for at := int64(walHeader); ; at += walFrameHead + size {
		if _, err := f.ReadAt(frame, at); err != nil {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return err
		}
		if binary.BigEndian.Uint32(frame) == 1 {
			fn(frame[walFrameHead:])
		}
	}
}
