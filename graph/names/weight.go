package names

import "math"

// Bits of evidence. One bit doubles the odds, or halves them where negative.
const (
	// prior is for two actors whose names have a word in common, before anything
	// else is known of them: about one pair in two thousand is one actor.
	prior = -11.0

	// Agreement on a word is worth the logarithm of its rarity, within bounds:
	// below, since even the commonest word says something; above, since what
	// nobody counted may still be borne by several.
	leastWord  = 1.5
	mostWord   = 9.0
	mostGiven  = 6.0 // for the first word of several, mostly a given name
	mostSingle = 8.0 // for the only word that two names share

	mostEast = 4.0 // for a syllable of a name such as Kim Min-jun, of which there are few hundred

	// The commonest names go together (Mohammed and Hussein, Maria and Garcia) and
	// with countries, so that they are worth less than they are rare in the world.
	commonFactor = 0.9

	// The words of a name go together, so that they are not worth their sum.
	mostPerson       = 16.0
	mostOrganisation = 14.0

	initialBits = 1.0
	wholeBits   = 3.0 // no word of either organisation's name is left over

	differentWords   = -10.0 // both names have words that the other lacks
	differentMiddle  = -8.0  // the same, but first and last agree
	differentInitial = -8.0
	differentSuffix  = -9.0 // Jr and Sr
	missingSuffix    = -6.0 // newspapers write Jr where there is a Sr
	differentPlaces  = -12.0
	differentNumbers = -12.0
	missingMiddle    = -0.5
	missingFirst     = -4.0 // one is called by a surname of several words
	missingLast      = -1.5 // of two surnames, say
	placeBits        = 5.0  // both name the same state, of about 200 that are not named alike often
	missingPlace     = -2.0
	missingWord      = -6.0 // of an organisation's name
	turnedRound      = -1.0 // Kim Jong Un, Jong Un Kim
	mixedUp          = -3.0
	givenNameOnly    = -8.0
	acronymBits      = 3.3 // for each letter: first letters are not spread evenly, or it were 4.7
	mostAcronym      = 14.0
)

// background is the number of persons, or organisations, taken to be known
// besides those counted, so that a name is not common for being one of ten in a
// small store.
const background = 2000

// factor is how much of a word's weight agreement at that level is worth.
var factor = map[likeness]float64{
	same: 1, spelling: 0.9, form: 0.75, short: 0.75, near: 0.5,
}

// Score returns the probability that two actors are one, the evidence for and
// against being worth that many bits. It is 0.5 where the evidence just outweighs
// how rarely two actors are one.
func Score(bits float64) float64 { return 1 / (1 + math.Exp2(-(prior + bits))) }

// BitsFor is the inverse of Score: the least evidence that gives the score,
// which must lie between 0 and 1.
func BitsFor(score float64) float64 { return math.Log2(score/(1-score)) - prior }

// Rarity returns the bits that agreement on a value is worth that n of total
// have.
func Rarity(n, total int) float64 {
	if n <= 0 || total <= 0 {
		return 0
	}
	return math.Log2(float64(total) / float64(n))
}
