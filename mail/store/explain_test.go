package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/mattn/go-sqlite3"
)

// plans collects how SQLite carries out every query that goes through its
// connections.
type plans struct {
	path string
	mode string
	mu   sync.Mutex
	seen map[string][]string // query → lines of its plan
}

// explained makes every query of a store pass through a collection of plans.
func (r *room) explained() *plans {
	r.t.Helper()
	x := &plans{path: r.path("mail.db"), mode: "rwc", seen: map[string][]string{}}
	r.atRest(func() {
		r.read.Close()
		r.read = sql.OpenDB(&plans{path: x.path, mode: "ro", seen: x.seen})
		r.must(r.closeWriter())
		r.stmts, r.write = map[string]*sql.Stmt{}, sql.OpenDB(x)
		r.write.SetMaxOpenConns(1)
		var err error
		r.writer, err = r.write.Conn(r.ctx)
		r.must(err)
	})
	return x
}

func (x *plans) Driver() driver.Driver { return &sqlite3.SQLiteDriver{} }

func (x *plans) Connect(context.Context) (driver.Conn, error) {
	c, err := x.Driver().Open(dsn(x.path, x.mode))
	if err != nil {
		return nil, err
	}
	return &explaining{c.(*sqlite3.SQLiteConn), x}, nil
}

// explaining is a connection that asks for the plan of what it is to do.
type explaining struct {
	*sqlite3.SQLiteConn
	plans *plans
}

func (c *explaining) Prepare(query string) (driver.Stmt, error) {
	c.explain(query)
	return c.SQLiteConn.Prepare(query)
}

func (c *explaining) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	c.explain(query)
	return c.SQLiteConn.PrepareContext(ctx, query)
}

func (c *explaining) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	c.explain(query)
	return c.SQLiteConn.QueryContext(ctx, query, args)
}

func (c *explaining) explain(query string) {
	c.plans.mu.Lock()
	defer c.plans.mu.Unlock()
	if _, known := c.plans.seen[query]; known {
		return
	}
	st, err := c.SQLiteConn.Prepare("EXPLAIN QUERY PLAN " + query)
	if err != nil {
		return // BEGIN and the like
	}
	defer st.Close()
	args := make([]driver.NamedValue, st.NumInput())
	for i := range args {
		args[i].Ordinal = i + 1
	}
	rows, err := st.(driver.StmtQueryContext).QueryContext(context.Background(), args)
	if err != nil {
		return
	}
	defer rows.Close()
	lines := []string{}
	for row := make([]driver.Value, 4); rows.Next(row) == nil; {
		lines = append(lines, fmt.Sprint(row[3]))
	}
	c.plans.seen[query] = lines
}

// big are the tables that grow with the mail, by their names and aliases.
var big = regexp.MustCompile(`^SCAN (p|q|g|a|b|l|i|placement|message|ledger|thread|act_item)( |$)`)

// small are the tables that share an alias with a big one.
var small = regexp.MustCompile(`\b(account|mailbox) (a|b|m)\b`)

// scans returns the queries that walk through all of a table that grows with
// the mail, each with the line of its plan that says so.
func (x *plans) scans() (found []string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for query, lines := range x.seen {
		for _, line := range lines {
			m := big.FindStringSubmatch(line)
			if m == nil || strings.Contains(line, "USING INDEX placement_date") {
				continue
			}
			if (m[1] == "a" || m[1] == "b") && small.MatchString(query) {
				continue
			}
			found = append(found, line+"\n\t"+query)
		}
	}
	return found
}
