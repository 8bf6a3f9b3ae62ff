package main

import (
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"entente/extract/ingest"
)

func mapFlag() cli.Flag {
	return &cli.StringSliceFlag{Name: "map", Usage: "the fields of JSON and CSV that hold an article, `FIELD=NAME,…`: " +
		strings.Join(ingest.FieldNames, ", ") + " (text=maintext,title=head.line); or the numbers of columns (text=3)"}
}

func dateOrderFlag() cli.Flag {
	return &cli.StringFlag{Name: "date-order", Usage: "how 04/05/2024 is meant, `ORDER`: dmy (4 May) or mdy (April 5), where its column does not show it"}
}

// fieldsOf returns how the flags say that inputs are read: --map and --date-order.
func fieldsOf(c *cli.Context) (fields map[string]string, order ingest.DateOrder, err error) {
	order = ingest.DateOrder(c.String("date-order"))
	if err = oneOf("date-order", order, ingest.DayFirst, ingest.MonthFirst); err != nil {
		return nil, "", err
	}
	fields, err = mapOf(c)
	return fields, order, err
}

// mapOf returns the fields that --map names, under the names of
// ingest.FieldNames.
func mapOf(c *cli.Context) (map[string]string, error) {
	if !c.IsSet("map") {
		return nil, nil
	}
	fields := map[string]string{}
	for pair := range strings.SplitSeq(strings.Join(c.StringSlice("map"), ","), ",") {
		field, name, ok := strings.Cut(pair, "=")
		field, name = strings.TrimSpace(field), strings.TrimSpace(name)
		if field == "date" {
			field = "published"
		}
		switch {
		case !ok || name == "":
			return nil, usagef("--map %q is not FIELD=NAME: write it as text=maintext", pair)
		case !slices.Contains(ingest.FieldNames, field):
			return nil, usagef("--map %q: an article has no %q, but: %s", pair, field, strings.Join(ingest.FieldNames, ", "))
		case fields[field] != "":
			return nil, usagef("--map names %s twice: %s and %s", field, fields[field], name)
		}
		fields[field] = name
	}
	return fields, nil
}
