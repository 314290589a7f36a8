// Package pack keeps the immutable bytes of messages in append-only files,
// compressed, durable, and readable without any database.
//
// Only the store uses it: one process opens a directory for writing, any
// number of others open it read-only. A message is put there in four steps,
// and is safe when the third returns:
//
//	blob, err := set.Encode(ctx, r)     // CPU: many goroutines at once
//	refs, err := set.Append(blob)       // one sequential write
//	err = set.Sync(refs...)             // on the platter
//	... commit refs to the database ... // only now is it named
//	set.Settle(refs...)                 // committed or given up: may be compacted
//
// What it promises: a Ref that Sync accepted reads back as the same bytes or
// as ErrDamaged, never as other bytes; a failed Append leaves nothing named;
// a flipped bit costs at most the record it is in; nothing is ever allocated
// because a file claims a length.
//
// # Files
//
// The directory holds NNNNNNNN.pack (eight decimal digits, counted up, never
// used again), a lock file, and tmp for large messages on their way in.
// Integers are little endian, CRCs are CRC-32C (Castagnoli).
//
// A pack starts with two equal copies of this header, so that one damaged
// sector half does not take the mark with it:
//
//	0  8  "PRPACK\r\n"
//	8  4  version, 1
//	12 4  number of the pack
//	16 8  mark: random, begins every record of this pack
//	24 4  zero
//	28 4  CRC of bytes 0 to 28
//
// Records follow without padding:
//
//	0  8  mark of the pack
//	8  1  codec: 0 stored, 1 zstd
//	9  1  zero
//	10 2  length of the metadata
//	12 4  CRC of the payload
//	16 8  length of the payload
//	24 8  length of the plain bytes
//	32 32 SHA-256 of the plain bytes
//	64 4  CRC of the metadata
//	68 4  CRC of bytes 0 to 68
//	72    metadata, then payload
//
// The mark is random because messages come from strangers: one that holds the
// bytes of a record must not turn up as a record when a damaged pack is
// searched for the next intact one.
package pack
