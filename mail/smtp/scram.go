package smtp

import (
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"hash"
	"strconv"
	"strings"

	"golang.org/x/text/secure/precis"
)

// maxIterations bounds the work that a server can ask for.
const maxIterations = 5_000_000

// scram is SCRAM (RFC 5802, RFC 7677) without channel binding.
type scram struct {
	name, user, password, nonce string
	hash                        func() hash.Hash

	bare      string // client-first-message-bare
	signature []byte // what the server has to prove
	step      int
	verified  bool
}

func newScram(name string, cred Credentials) *scram {
	s := &scram{name: name, user: cred.User, password: prepared(cred.Password), nonce: rand.Text(), hash: sha256.New}
	if name == "SCRAM-SHA-1" {
		s.hash = sha1.New
	}
	return s
}

// prepared is the password in the one form that all keyboards lead to.
func prepared(password string) string {
	if p, err := precis.OpaqueString.String(password); err == nil {
		return p
	}
	return password
}

// Start implements sasl.Client.
func (s *scram) Start() (string, []byte, error) {
	user := strings.NewReplacer("=", "=3D", ",", "=2C").Replace(s.user)
	s.bare = "n=" + user + ",r=" + s.nonce
	return s.name, []byte("n,," + s.bare), nil
}

// Next implements sasl.Client.
func (s *scram) Next(challenge []byte) ([]byte, error) {
	s.step++
	switch s.step {
	case 1:
		return s.proof(string(challenge))
	case 2:
		return nil, s.verify(string(challenge))
	}
	return nil, garbled("its sign-in does not end")
}

func (s *scram) proof(first string) ([]byte, error) {
	nonce, salt64, count := attribute(first, "r"), attribute(first, "s"), attribute(first, "i")
	salt, err := base64.StdEncoding.DecodeString(salt64)
	iterations, err2 := strconv.Atoi(count)
	if err != nil || err2 != nil || len(salt) == 0 || iterations < 1 || iterations > maxIterations ||
		!strings.HasPrefix(nonce, s.nonce) || nonce == s.nonce {
		return nil, garbled("its challenge makes no sense")
	}
	salted, err := pbkdf2.Key(s.hash, s.password, salt, iterations, s.hash().Size())
	if err != nil {
		return nil, err
	}
	final := "c=biws,r=" + nonce
	message := s.bare + "," + first + "," + final
	clientKey := s.mac(salted, "Client Key")
	h := s.hash()
	h.Write(clientKey)
	proof := s.mac(h.Sum(nil), message)
	for i := range proof {
		proof[i] ^= clientKey[i]
	}
	s.signature = s.mac(s.mac(salted, "Server Key"), message)
	return []byte(final + ",p=" + base64.StdEncoding.EncodeToString(proof)), nil
}

func (s *scram) mac(key []byte, text string) []byte {
	m := hmac.New(s.hash, key)
	m.Write([]byte(text))
	return m.Sum(nil)
}

func (s *scram) verify(final string) error {
	if e := attribute(final, "e"); e != "" {
		return errors.New(e)
	}
	proof, err := base64.StdEncoding.DecodeString(attribute(final, "v"))
	if err != nil || !hmac.Equal(proof, s.signature) {
		return errors.New("the server did not prove itself")
	}
	s.verified = true
	return nil
}

func attribute(message, name string) string {
	for part := range strings.SplitSeq(message, ",") {
		if v, ok := strings.CutPrefix(part, name+"="); ok {
			return v
		}
	}
	return ""
}
