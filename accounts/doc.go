// Package accounts knows which mail accounts a person has: servers, identities
// and policies, and the accounts file that keeps them.
//
// The file is TOML that a person may edit. Postrider rewrites only the accounts
// it changes, keeps keys it does not know, and never writes a secret into it:
// passwords and tokens live in accounts/secret. Anyone may import this package;
// it opens no socket and asks no server.
package accounts
