//go:build !unix

package mailtest

import "os/exec"

// owner has nothing to do where Dovecot does not exist.
type owner struct{ User, Group string }

func findOwner() (*owner, error)   { return nil, errMissing }
func (o *owner) own(string) error  { return nil }
func (o *owner) run(cmd *exec.Cmd) {}
