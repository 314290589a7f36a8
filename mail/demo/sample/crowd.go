package sample

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// Crowd makes any number of short letters, for a mailbox of a hundred
// thousand. Each is made of its number alone, when it is asked for, so that
// none of them has to be kept.
type Crowd struct {
	options Options
	owner   Person
	size    int
}

// NewCrowd returns the crowd of size letters to owner, over twelve years.
func NewCrowd(options Options, owner Person, size int) *Crowd {
	return &Crowd{options: options, owner: owner, size: size}
}

const crowdYears = 12

// Date is when letter i was written; the highest i is the newest.
func (c *Crowd) Date(i int) time.Time {
	span := time.Duration(crowdYears) * 365 * 24 * time.Hour
	ago := span / time.Duration(c.size) * time.Duration(c.size-i)
	return c.options.Now.Add(-ago).Truncate(time.Second)
}

// Raw returns the bytes of letter i.
func (c *Crowd) Raw(i int) []byte {
	rng := rand.New(rand.NewPCG(c.options.Seed, uint64(i)))
	from := crowdNames(rng)
	subject := crowdFill(pick(rng, crowdSubjects), rng)
	var h header
	h.add("Date", c.Date(i).Format(time.RFC1123Z))
	h.addPeople("From", []Person{from}, utf8Name)
	h.addPeople("To", []Person{c.owner}, utf8Name)
	h.addText("Subject", subject, utf8Name)
	h.add("Message-ID", fmt.Sprintf("<crowd.%d.%x@%s>", i, c.options.Seed, from.domain()))
	h.add("MIME-Version", "1.0")
	var lines []string
	for range 2 + rng.IntN(4) {
		lines = append(lines, crowdFill(pick(rng, crowdSentences), rng))
	}
	given, _, _ := strings.Cut(from.Name, " ")
	p := textPart("plain", strings.Join(lines, "\n")+"\n\n"+given+"\n", utf8Name, "")
	var b strings.Builder
	append(h, p.fields("")...).write(&b)
	b.WriteString("\r\n")
	p.write(&b, "")
	return []byte(b.String())
}

func pick(rng *rand.Rand, list []string) string { return list[rng.IntN(len(list))] }

func crowdNames(rng *rand.Rand) Person {
	given, family := pick(rng, crowdGiven), pick(rng, crowdFamily)
	plain := strings.NewReplacer("é", "e", "ø", "o", "ö", "o", "ł", "l", "Ł", "l", "ã", "a", "ï", "i", "Å", "a").Replace(given + "." + family)
	return Person{given + " " + family, strings.ToLower(plain) + "@" + pick(rng, crowdDomains)}
}

// crowdFill replaces the marks of the lists below.
func crowdFill(s string, rng *rand.Rand) string {
	if !strings.Contains(s, "$") {
		return s
	}
	s = strings.ReplaceAll(s, "$place", pick(rng, crowdPlaces))
	s = strings.ReplaceAll(s, "$thing", pick(rng, crowdThings))
	s = strings.ReplaceAll(s, "$day", pick(rng, crowdDays))
	return strings.ReplaceAll(s, "$n", fmt.Sprint(2+rng.IntN(97)))
}

var (
	crowdGiven     = []string{"Ada", "Bruno", "Carla", "Daniel", "Élise", "Farid", "Grace", "Henrik", "Ilaria", "Jonah", "Katrin", "Leo", "Maja", "Noor", "Otto", "Paula", "Quentin", "Renée", "Søren", "Tess", "Uma", "Viktor", "Wanda", "Yusuf", "Zoé"}
	crowdFamily    = []string{"Abbott", "Bergström", "Costa", "Dubois", "Eriksen", "Ferrari", "Gallagher", "Huber", "Ivanov", "Jansen", "Kowalski", "Lambert", "Møller", "Nakamura", "Okonkwo", "Petrov", "Quist", "Rossi", "Schmidt", "Tanaka", "Ueda", "Vidal", "Wójcik", "Yilmaz", "Zeller"}
	crowdDomains   = []string{"example.com", "example.org", "example.net", "harbour.example", "lindenau.example", "postbox.example", "workshop.example"}
	crowdPlaces    = []string{"the harbour stairs", "the reading room", "the old mill", "platform 3", "the entrance hall", "the boat shed", "the weir", "the school"}
	crowdThings    = []string{"the lamp", "the drawings", "the ladder", "the second key", "the lux meter", "the samples", "the brass shade", "the tide table"}
	crowdDays      = []string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "the 12th", "the last of the month"}
	crowdSubjects  = []string{"About $thing", "Re: $place", "$day at $place?", "Photographs of $place", "Invoice $n", "Re: $thing, once more", "Who has $thing?", "Short notes from $day", "Order $n is on its way", "Thank you for $day", "Change of plan: $day", "$n pictures of $place", "Question about $place", "Fwd: $thing", "Minutes, $day"}
	crowdSentences = []string{"I left $thing at $place.", "Could we meet on $day instead?", "$n people came, which is more than we have chairs.", "The light at $place was lovely.", "Please bring $thing when you pass by.", "Nothing urgent; it can wait until $day.", "The bill for $thing is attached to the fridge, not to this mail.", "I counted $n steps, and then lost count.", "They will repair $place on $day.", "Your proposal is the best of the $n we got.", "Let me know by $day, please.", "It rained, so we stayed at $place."}
)
