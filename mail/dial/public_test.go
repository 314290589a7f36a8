package dial

import (
	"net"
	"net/netip"
	"testing"
)

func TestStrangersLeadToPublicAddressesOnly(t *testing.T) {
	for addr, want := range map[string]bool{
		"93.184.215.14": true, "2606:4700::1111": true,
		"127.0.0.1": false, "::1": false, "10.1.2.3": false, "192.168.0.1": false, "172.16.9.9": false, "169.254.169.254": false,
		"100.64.0.1": false, "0.0.0.0": false, "224.0.0.1": false, "255.255.255.255": false, "fe80::1": false, "fd00::1": false,
		"::ffff:192.168.0.1": false, "::ffff:127.0.0.1": false, "64:ff9b::a00:1": false, "2002:a00:1::": false, "::7f00:1": false, "fec0::1": false, "2001::1": false, "2001:4860:4860::8888": true,
		// As networks of somebody's own come out of translators and tunnels.
		"64:ff9b::7f00:1": false, "64:ff9b:1::a00:1": false, "2002:c0a8:101::1": false, "2001:0:4136:e378:8000:63bf:3fff:fdd2": false,
		"2a00:1450:4001:64::a00:1": false, "2a00:1450:4001:64::c0a8:101": false, "2a00:1450:4001:64::7f00:1": false, "2a00:1450:4001:64::a9fe:a9fe": false,
		"2a00:1450:4001::5efe:a00:1": false, "2a00:1450:4001:0:200:5efe:a00:1": false, "2a00:1450:4001:64::5db8:d70e": true,
		"2a00:1450:4001:64::1": true, "2a00:1450:4001:64::200e": true, "2a00:1450:4001:64::2:1": true,
		"100::1": false, "2001:db8::1": false, "3fff::1": false, "5f00::1": false, "fd12:3456::1": false, "192.88.99.1": false,
	} {
		if got := public(netip.MustParseAddr(addr)); got != want {
			t.Errorf("public(%s) = %v", addr, got)
		}
	}
	at := listen(t, func(conn net.Conn) { t.Error("the server at home was reached") })
	_, err := (&Dialer{}).Dial(t.Context(), Target{Host: at.Host, Port: at.Port, Stranger: true})
	if err == nil {
		t.Error("a stranger's name led to this computer")
	}
}
