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

// date returns when the act of a clause happened: the time expression nearest
// to its verb in the clause, after it first; else the day of publication.
func (s *sentence) date(c *clause, status graph.Status) (graph.Date, graph.DateBasis) {
	if d := s.dateIn(c.verb+1, c.windowLast, status); d != "" {
		return d, graph.DateFromText
	}
	for i := c.first - 1; i >= c.windowFirst; i-- {
		if c.windowFirst > 0 && s.reader.word(i) == "," {
			break // what stands before belongs to the clause before
		}
		if d := s.dateAt(i, status); d != "" {
			return d, graph.DateFromText
		}
	}
	if s.article.Published == "" {
		return "", graph.DateUnknown
	}
	return s.article.Published, graph.DateFromPublication
}

func (s *sentence) dateIn(from, to int, status graph.Status) graph.Date {
	for i := from; i < to; i++ {
		if s.reader.word(i-1) == "since" {
			continue // the first visit since 2000 was not in 2000
		}
		if d := s.dateAt(i, status); d != "" {
			return d
		}
	}
	return ""
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
	if s.reader.word(i) == "may" && s.reader.tokens[i].Text != "May" || s.reader.tag(i) == "MD" {
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
// named for it after the verb.
func (s *sentence) place(c *clause) *graph.Place {
	for _, o := range c.obliques {
		if o.prep != "in" && o.prep != "near" && o.prep != "at" {
			continue
		}
		for _, n := range o.nominals {
			for _, m := range n.mentions {
				if r := s.res.Ref(m); m.Last == n.last && (m.Place || r.Type == graph.State) {
					return &graph.Place{Name: m.Text, Country: r.Country}
				}
			}
		}
	}
	return nil
}
