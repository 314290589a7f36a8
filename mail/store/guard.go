//go:build !sqlite_fts5

package store

// The full-text index needs SQLite's FTS5, which the driver compiles in only
// with this tag. Without it the build stops here rather than at run time:
//
//	go build -tags sqlite_fts5 ./...     (make build does)
var _ = build_with_tags_sqlite_fts5
