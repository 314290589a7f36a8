package desktop

// SetAutostart lets the program be started with the session, or not any more.
// program is the whole path of the program, args what it is given.
func SetAutostart(on bool, program string, args ...string) error {
	if on {
		return addAutostart(program, args)
	}
	return removeAutostart()
}

// Autostarts reports whether the program is started with the session.
func Autostarts() bool { return hasAutostart() }
