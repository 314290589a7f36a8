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
	netip.MustParsePrefix("192.88.99.0/24"), netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("2001::/23"), // Teredo, among others
	netip.MustParsePrefix("2002::/16"), // 6to4
	netip.MustParsePrefix("5f00::/16"), netip.MustParsePrefix("3fff::/20"), netip.MustParsePrefix("2001:db8::/32"),
}

// global is all of IPv6 that is given to anybody (RFC 4291 2.4): the well-known
// prefix of NAT64, for one, lies outside.
var global = netip.MustParsePrefix("2000::/3")

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
	if addr = addr.Unmap(); addr.Is6() && (!global.Contains(addr) || !public4(embedded(addr))) {
		return false
	}
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

// embedded is the IPv4 address that a translator or a tunnel may send an IPv6 one
// on to: as a network's own NAT64 prefix has it at the end (RFC 6052 2.2), and
// ISATAP after its mark (RFC 5214 6.1). Any network may have such a prefix, and
// nothing in an address says so.
func embedded(addr netip.Addr) netip.Addr {
	b := addr.As16()
	between := [4]byte(b[8:12])
	if between == [4]byte{} || between == [4]byte{0, 0, 0x5e, 0xfe} || between == [4]byte{2, 0, 0x5e, 0xfe} {
		return netip.AddrFrom4([4]byte(b[12:16]))
	}
	return netip.Addr{}
}

// public4 reports that an embedded address leads into no network of somebody's
// own. Small numbers count as none: many servers are number 1 of their network.
func public4(addr netip.Addr) bool {
	return !addr.IsValid() || !addr.IsPrivate() && !addr.IsLoopback() && !addr.IsLinkLocalUnicast()
}
