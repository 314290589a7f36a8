package mailtest

import (
	"bytes"
	_ "embed"
	"net"
	"text/template"
)

//go:embed dovecot.conf.tmpl
var dovecotConf string

var confTemplate = template.Must(template.New("dovecot.conf").Parse(dovecotConf))

// configure chooses ports and writes dovecot.conf for them.
func (s *Server) configure() error {
	ports, err := freePorts(4)
	if err != nil {
		return err
	}
	for i, addr := range []*string{&s.IMAP, &s.IMAPS, &s.POP3, &s.POP3S} {
		*addr = net.JoinHostPort("127.0.0.1", ports[i])
	}
	var b bytes.Buffer
	err = confTemplate.Execute(&b, struct {
		Dir, User, Group, Extra  string
		IMAP, IMAPS, POP3, POP3S string
	}{
		s.Dir, s.owner.User, s.owner.Group, s.settings.config.String(),
		ports[0], ports[1], ports[2], ports[3],
	})
	if err != nil {
		return err
	}
	return s.write("dovecot.conf", b.Bytes())
}

// freePorts returns n distinct ports that were free a moment ago: all are
// held until the last one is known.
func freePorts(n int) ([]string, error) {
	ports := make([]string, n)
	for i := range ports {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		defer l.Close()
		if _, ports[i], err = net.SplitHostPort(l.Addr().String()); err != nil {
			return nil, err
		}
	}
	return ports, nil
}
