package dial

import (
	"errors"
	"net/netip"
	"syscall"
)

var errNotPublic = errors.New("this address is not one of the public internet")

// closedNets are addresses that no stranger's name should lead to, besides those
// that netip knows (RFC 6890; RFC 6598 for carriers' own networks).
var closedNets = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("240.0.0.0/4"), netip.MustParsePrefix("64:ff9b::/96"),
	netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("2002::/16"), netip.MustParsePrefix("2001::/23"),
	netip.MustParsePrefix("::/96"), netip.MustParsePrefix("fec0::/10"),
}

// publicOnly refuses an address before it is connected to, whatever name led
// there: a name may mean something else the next time it is looked up.
func publicOnly(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return err
	}
	if !public(at.Addr()) {
		return errNotPublic
	}
	return nil
}

func public(addr netip.Addr) bool {
	addr = addr.Unmap()
	if !addr.IsGlobalUnicast() || addr.IsPrivate() {
		return false
	}
	for _, closed := range closedNets {
		if closed.Contains(addr) {
			return false
		}
	}
	return true
}
