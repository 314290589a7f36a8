// Package secret keeps the passwords and tokens of accounts: in the operating
// system's keyring, in a vault behind a passphrase, or in memory.
//
// A keyring may be absent, locked, slow or silent; every call here ends within
// its deadline and says in one sentence what to do, so nothing waits for a
// keyring to start. Values are of a type that no log can print. Errors are
// *mail.Error of kind sign-in (the secret is missing or out of reach), disk
// (the vault's files) or canceled.
package secret
