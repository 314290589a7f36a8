package secret

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/zalando/go-keyring"
)

// partSize is how much fits into one entry everywhere: Windows takes 2,560
// bytes, macOS a command line of 4,096 with the value in base64. OAuth tokens
// can be longer.
const partSize = 2000

// maxParts is far above any token.
const maxParts = 64

// headPrefix marks an entry that lists the parts of a long value.
const headPrefix = "postrider-parts:"

// head says where the parts of a long value are: under names with a tag of
// their own, so that a new value never mixes with parts of the old one.
type head struct {
	tag   string
	count int
	sum   string // SHA-256 of the value: parts that do not fit are no value
}

func (h head) String() string { return fmt.Sprintf("%s%s:%d:%s", headPrefix, h.tag, h.count, h.sum) }

func (h head) part(name string, i int) string { return fmt.Sprintf("%s.%s.%d", name, h.tag, i) }

func parseHead(s string) (h head, ok bool) {
	fields := strings.Split(strings.TrimPrefix(s, headPrefix), ":")
	if !strings.HasPrefix(s, headPrefix) || len(fields) != 3 {
		return head{}, false
	}
	h = head{tag: fields[0], sum: fields[2]}
	_, err := fmt.Sscanf(fields[1], "%d", &h.count)
	return h, err == nil && h.count >= 0 && h.count <= maxParts
}

func sum(value string) string {
	digest := sha256.Sum256([]byte(value))
	return hex.EncodeToString(digest[:])
}

func getParts(name string) (string, error) {
	value, err := keyring.Get(service, name)
	if err != nil {
		return "", err
	}
	h, long := parseHead(value)
	if !long {
		return value, nil
	}
	var b strings.Builder
	for i := range h.count {
		part, err := keyring.Get(service, h.part(name, i))
		if err != nil {
			return "", err
		}
		b.WriteString(part)
	}
	if sum(b.String()) != h.sum {
		return "", keyring.ErrNotFound // as good as none: sign in again
	}
	return b.String(), nil
}

// setParts writes the parts before the entry that makes them the value, and
// removes the old ones after.
func setParts(name, value string) error {
	old, _ := keyring.Get(service, name)
	if len(value) <= partSize && !strings.HasPrefix(value, headPrefix) {
		if err := keyring.Set(service, name, value); err != nil {
			return err
		}
		return deleteOld(name, old)
	}
	h := head{tag: rand.Text()[:8], count: (len(value) + partSize - 1) / partSize, sum: sum(value)}
	if h.count > maxParts {
		return keyring.ErrSetDataTooBig
	}
	for i := range h.count {
		part := value[i*partSize : min(len(value), (i+1)*partSize)]
		if err := keyring.Set(service, h.part(name, i), part); err != nil {
			return err
		}
	}
	if err := keyring.Set(service, name, h.String()); err != nil {
		return err
	}
	return deleteOld(name, old)
}

func deleteParts(name string) error {
	old, err := keyring.Get(service, name)
	if err != nil {
		return err
	}
	if err := keyring.Delete(service, name); err != nil {
		return err
	}
	return deleteOld(name, old)
}

// deleteOld removes the parts that an entry which is gone listed.
func deleteOld(name, old string) error {
	h, long := parseHead(old)
	if !long {
		return nil
	}
	for i := range h.count {
		if err := keyring.Delete(service, h.part(name, i)); err != nil && !errors.Is(err, keyring.ErrNotFound) {
			return err
		}
	}
	return nil
}
