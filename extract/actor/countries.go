package actor

import (
	"strings"
	"sync"

	"entente/graph"
)

// former holds codes of states that are no more and of their parts: those of
// ISO 3166-3, and the ones of historical.txt's own.
const former = `
AFI AI  ANT AN  ATB BQ  ATN NQ  BUR BU  BYS BY  CSK CS  CTE CT  DDR DD  DHY DY  FXX FX  GEL GE  HVO HV
JTN JT  MID MI  NHB NH  NTZ NT  PCI PC  PCZ PZ  PUS PU  RHO RH  SCG CS  SKM SK  SUN SU  TMP TP  VDR VD
WAK WK  YMD YD  YUG YU  ZAR ZR`

// countryCodes are the alpha-3 codes by themselves and by today's alpha-2.
var countryCodes = sync.OnceValue(func() map[string]string {
	codes := map[string]string{}
	for alpha3, alpha2 := range graph.Countries() {
		codes[alpha3], codes[alpha2] = alpha3, alpha3
	}
	fields := strings.Fields(former)
	for i := 0; i+1 < len(fields); i += 2 {
		codes[fields[i]] = fields[i]
	}
	return codes
})

// CountryCode returns the ISO 3166-1 alpha-3 code that code means: an alpha-3
// code of today or of a former state, or an alpha-2 code of today, in any
// letter case. Kosovo is XKX.
func CountryCode(code string) (alpha3 string, ok bool) {
	alpha3, ok = countryCodes()[strings.ToUpper(code)]
	return alpha3, ok
}
