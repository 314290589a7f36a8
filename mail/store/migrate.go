package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"embed"
	"encoding/hex"
	"fmt"

	"postrider/mail"
)

//go:embed schema/*.sql
var schema embed.FS

// migrations are the steps from an empty database on, in order: step n makes
// version n. They are never edited once released; a later layout is a new one.
var migrations = []string{"schema/001.sql", "schema/002.sql"}

// Layout tells a layout of the databases from any other, released or not: for
// who keeps stores between runs of tests.
func Layout() string {
	h := sha256.New()
	for _, name := range migrations {
		text, _ := schema.ReadFile(name) // embedded
		h.Write(text)
	}
	h.Write([]byte(indexSchema))
	return hex.EncodeToString(h.Sum(nil)[:4])
}

// applicationID marks our databases (PRAGMA application_id): "PRdr".
const applicationID = 0x50526472

// migrate brings the database to the newest version, each step in one
// transaction, so that a step cut off has not happened.
func migrate(ctx context.Context, db *sql.DB) error {
	version, err := pragmaInt(ctx, db, "user_version")
	if err != nil {
		return err
	}
	for ; version < len(migrations); version++ {
		if err := migrateTo(ctx, db, version+1); err != nil {
			return fmt.Errorf("upgrade the store to version %d: %w", version+1, err)
		}
	}
	return nil
}

func migrateTo(ctx context.Context, db *sql.DB, version int) error {
	text, err := schema.ReadFile(migrations[version-1])
	if err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, string(text)); err != nil {
		return err
	}
	mark := fmt.Sprintf("PRAGMA user_version = %d; PRAGMA application_id = %d", version, applicationID)
	if _, err := tx.ExecContext(ctx, mark); err != nil {
		return err
	}
	return tx.Commit()
}

// refuseNewer looks at an existing database without changing a byte of it.
func (s *Store) refuseNewer(ctx context.Context) error {
	version, err := databaseVersion(ctx, s.path("mail.db"))
	if err != nil {
		return err
	}
	if version > uint32(len(migrations)) {
		return mail.Errorf(mail.KindDisk, "open the store",
			"this store was made by a newer Postrider (version %d, this one knows %d); nothing was changed: %s", version, len(migrations), s.dir)
	}
	return nil
}

func pragmaInt(ctx context.Context, db *sql.DB, name string) (n int, err error) {
	err = db.QueryRowContext(ctx, "PRAGMA "+name).Scan(&n)
	return n, err
}
