package relation

// personNouns are nouns for a person by kin, work or office. With a person as
// possessor they mean somebody else ("his brother", "Putin's spokesman").
var personNouns = wordSet(`brother sister wife husband son daughter father mother parent uncle nephew
	cousin grandson family relative widow friend
	lawyer journalist reporter singer politician professor analyst activist student man woman citizen
	worker businessman businesswoman actor actress footballer player writer author artist tourist
	national teenager boy girl doctor expert researcher economist scientist teacher athlete coach
	director filmmaker poet historian blogger resident driver farmer priest victim
	spokesman spokeswoman spokesperson aide adviser advisor ally successor predecessor counterpart
	minister ambassador envoy commander general deputy chief ally supporter follower rival
	representative delegate`)

// official are those of personNouns who act for their state.
var official = wordSet(`spokesman spokeswoman spokesperson minister ambassador envoy commander general
	deputy chief representative delegate counterpart`)

// kindNames are what one is called in praise.
var kindNames = wordSet("friend ally partner brother hero patriot champion leader visionary peacemaker legend")

// missions are nouns for diplomats and their houses, which "in" or "to" sends to
// the state they deal with.
var missions = wordSet("embassy embassies consulate mission ambassador ambassadors envoy envoys consul")

// civilian reports whether the noun is for a person who acts for nobody else.
func civilian(noun string) bool { return !official[noun] }

// audience are those spoken to in public, which makes no event of the speech.
var audience = wordSet("reporters journalists reporter journalist press media viewers crowd audience interview broadcaster broadcasters newspaper newspapers magazine daily television radio station channel website")

// belonging are participles that with "to" say whose a thing is.
var belonging = wordSet("belonging linked owed loyal allied tied affiliated aligned given granted issued")

// siding are those of belonging that say of people only on whose side they are.
var siding = wordSet("loyal allied tied affiliated aligned linked")

// ordering are nouns for what one does at another's word ("on the orders of").
var ordering = wordSet("order orders instruction instructions behest command request urging insistence invitation")

// deeds are nouns that take up what somebody did, sayings what somebody said.
var (
	deeds   = wordSet("move decision action step behaviour behavior conduct act")
	sayings = wordSet("claim allegation accusation charge remark assertion")
)

// conducts are nouns for what somebody keeps doing.
var conducts = wordSet("policy practice campaign law programme program plan reform decree strategy crackdown move decision")

// bodies are nouns for a kind of body that may follow its name.
var bodies = wordSet("party group movement militia organisation organization network faction coalition alliance bloc agency company newspaper")

// documents are nouns for what somebody puts out to say something.
var documents = wordSet("statement letter report resolution communique communiqué declaration message speech article note memo decree order bill tweet")

// shared are things that two sides have between them.
var shared = wordSet("relations ties links contacts contact ambassadors envoys prisoners views notes dialogue cooperation diplomats letters captives")

// bound are personNouns for who is bound to an actor and is not the actor.
var bound = wordSet("ally allies rival rivals supporter supporters successor predecessor counterpart")

// debated are nouns for what is attacked with words.
var debated = wordSet(`proposal plan policy policies decision remark remarks record statement idea handling budget bill law reform
	reforms stance position response speech report approach strategy ruling claim claims`)

// envoys stand for the state that sends them.
var envoys = wordSet("diplomat diplomats ambassador ambassadors envoy envoys attache attaches consul consuls spy spies")

// borders are nouns that "with" gives to who is on the other side.
var borders = wordSet("border borders frontier frontiers boundary")
