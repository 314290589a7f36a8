// Package settings keeps what a person chose about how Postrider looks and
// behaves, and how they left its window: two small TOML files in the data folder,
// beside that of the accounts.
//
// The window uses it, and whoever must respect what was chosen. It promises that
// a crash leaves the old file or the new, that what it does not know in a file
// stays there, and that a file that cannot be read never keeps anybody from
// their mail: there are the defaults, and an error that says why.
package settings
