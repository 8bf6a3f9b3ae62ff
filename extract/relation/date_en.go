package relation

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"entente/graph"
)

var weekdays = map[string]time.Weekday{
	"sunday": time.Sunday, "monday": time.Monday, "tuesday": time.Tuesday, "wednesday": time.Wednesday,
	"thursday": time.Thursday, "friday": time.Friday, "saturday": time.Saturday,
}

var months = func() map[string]time.Month {
	m := map[string]time.Month{}
	for i := time.January; i <= time.December; i++ {
		name := strings.ToLower(i.String())
		m[name] = i
		if i != time.May && i != time.March {
			m[name[:3]+"."] = i
		}
	}
	m["sept."] = time.September
	return m
}()

// date returns when the act of a clause happened: the time expression of its own
// nearest to its verb, after it first, else that of the clause it shares its
// subject with; else the day of publication.
func (s *sentence) date(c *clause, status graph.Status) (graph.Date, graph.DateBasis) {
	for up, n := c, 0; up != nil && n < maxNesting; up, n = up.governor, n+1 {
		if d := s.dateOf(up, status); d != "" {
			return d, graph.DateFromText
		}
		if up.link != infinitive && up.link != gerund && up.link != conjunct {
			break
		}
	}
	if s.article.Published == "" {
		return "", graph.DateUnknown
	}
	return s.article.Published, graph.DateFromPublication
}

func (s *sentence) dateOf(c *clause, status graph.Status) graph.Date {
	for i := c.verb + 1; i < len(s.owner); i++ {
		if d := s.dateIn(c, i, status); d != "" {
			return d
		}
	}
	for i := c.verb - 1; i >= 0; i-- {
		if d := s.dateIn(c, i, status); d != "" {
			return d
		}
	}
	return ""
}

// dateIn reads the time expression at token i if it belongs to the clause. The
// first visit since 2000 was not in 2000.
func (s *sentence) dateIn(c *clause, i int, status graph.Status) graph.Date {
	if s.owner[i] == nil || s.owner[i].node != c.node || s.reader.word(i-1) == "since" {
		return ""
	}
	return s.dateAt(i, status)
}

// dateAt reads the time expression that begins at token i, or returns "".
// Relative ones need a full publication date.
func (s *sentence) dateAt(i int, status graph.Status) graph.Date {
	w := s.reader.word(i)
	if m, ok := months[w]; ok {
		return s.monthAt(i, m, status)
	}
	if y := year(w); y > 0 && (s.reader.word(i-1) == "in" || s.reader.word(i-1) == "since") {
		return graph.Date(w)
	}
	pub, ok := s.article.Published.Time()
	if !ok || len(s.article.Published) != len(time.DateOnly) {
		return ""
	}
	day, isDay := weekdays[w]
	switch {
	case isDay && status == graph.Planned:
		return graph.DateOf(pub.AddDate(0, 0, (int(day)-int(pub.Weekday())+7)%7))
	case isDay && s.reader.word(i-1) == "last" && day == pub.Weekday():
		return graph.DateOf(pub.AddDate(0, 0, -7))
	case isDay:
		return graph.DateOf(pub.AddDate(0, 0, -((int(pub.Weekday()) - int(day) + 7) % 7)))
	case w == "yesterday":
		return graph.DateOf(pub.AddDate(0, 0, -1))
	case w == "today" || w == "tonight":
		return graph.DateOf(pub)
	case w == "tomorrow":
		return graph.DateOf(pub.AddDate(0, 0, 1))
	}
	if prev := s.reader.word(i - 1); prev == "last" || prev == "next" || prev == "this" {
		step := map[string]int{"last": -1, "this": 0, "next": 1}[prev]
		switch w {
		case "month":
			first := time.Date(pub.Year(), pub.Month()+time.Month(step), 1, 0, 0, 0, 0, time.UTC)
			return graph.Date(first.Format("2006-01"))
		case "year":
			return graph.Date(fmt.Sprintf("%04d", pub.Year()+step))
		}
	}
	return ""
}

// monthAt reads "April 3, 2024", "3 April 2024", "April 2024", and, where the
// publication date gives the year, "April 3" and "in April".
func (s *sentence) monthAt(i int, m time.Month, status graph.Status) graph.Date {
	if s.reader.word(i) == "may" && s.text.Tokens[i].Text != "May" || s.reader.tag(i) == "MD" {
		return ""
	}
	next, after := s.reader.word(i+1), s.reader.word(i+2)
	day := dayNumber(s.reader.word(i - 1))
	if day == 0 {
		day = dayNumber(next)
		if day > 0 {
			next = after
			if next == "," {
				next = s.reader.word(i + 3)
			}
		}
	} else if next == "," {
		next = after
	}
	y := year(next)
	if y == 0 {
		pub, ok := s.article.Published.Time()
		if !ok {
			return ""
		}
		y = pub.Year()
		if m > pub.Month() && len(s.article.Published) >= 7 && status != graph.Planned {
			y-- // a month that has not come yet is last year's
		}
	}
	if day == 0 {
		return graph.Date(fmt.Sprintf("%04d-%02d", y, m))
	}
	d, err := graph.ParseDate(fmt.Sprintf("%04d-%02d-%02d", y, m, day))
	if err != nil {
		return ""
	}
	return d
}

func dayNumber(w string) int {
	w = strings.TrimRight(w, "stndrh")
	n, err := strconv.Atoi(w)
	if err != nil || n < 1 || n > 31 || len(w) > 2 {
		return 0
	}
	return n
}

func year(w string) int {
	n, err := strconv.Atoi(w)
	if err != nil || len(w) != 4 || n < 1800 || n > 2100 {
		return 0
	}
	return n
}

// place returns where the act of a clause happened, if a capital or state is
// named for it.
func (s *sentence) place(c *clause) *graph.Place {
	for _, o := range c.obliques {
		if o.prep != "in" && o.prep != "near" && o.prep != "at" {
			continue
		}
		for _, n := range o.nominals {
			if m := s.reader.mention(n); m != nil {
				if r := s.res.Ref(*m); m.Place || r.Type == graph.State {
					return &graph.Place{Name: m.Text, Country: r.Country}
				}
			}
		}
	}
	return nil
}
