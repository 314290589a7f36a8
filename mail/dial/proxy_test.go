package dial

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/http"
)

// socksProxy leads one connection to the server, whatever it asks for (RFC
// 1928 without sign-in), and returns what that was.
func socksProxy(conn net.Conn, to Target) string {
	hello := make([]byte, 2)
	readFull(conn, hello)
	readFull(conn, make([]byte, hello[1]))
	conn.Write([]byte{5, 0})
	request := make([]byte, 5) // version, command, reserved, type 3, length of the name
	readFull(conn, request)
	name, port := make([]byte, request[4]), make([]byte, 2)
	readFull(conn, name)
	readFull(conn, port)
	conn.Write([]byte{5, 0, 0, 1, 0, 0, 0, 0, 0, 0})
	relay(conn, conn, to)
	return fmt.Sprintf("%s:%d", name, binary.BigEndian.Uint16(port))
}

func httpProxy(conn net.Conn, to Target) string {
	r := bufio.NewReader(conn)
	request, err := http.ReadRequest(r)
	if err != nil || request.Method != http.MethodConnect {
		return fmt.Sprint(err)
	}
	io.WriteString(conn, "HTTP/1.1 200 Connected\r\n\r\n")
	relay(conn, r, to)
	return request.Host
}

func relay(conn net.Conn, r io.Reader, to Target) {
	far, err := net.Dial("tcp", (&server{Target: to, name: to.Host}).addr())
	if err != nil {
		conn.Close()
		return
	}
	go func() {
		io.Copy(far, r)
		far.Close()
	}()
	go func() {
		io.Copy(conn, far)
		conn.Close()
	}()
}
