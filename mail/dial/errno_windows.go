package dial

import "syscall"

// What Winsock says about a network, by meaning (WSAE… codes).
var (
	refused     = []syscall.Errno{10061}
	unreachable = []syscall.Errno{10049, 10050, 10051, 10064, 10065, 10013}
	broken      = []syscall.Errno{10053, 10054, 10058}
)
