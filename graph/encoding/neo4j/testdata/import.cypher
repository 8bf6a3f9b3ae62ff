CREATE CONSTRAINT actor_id IF NOT EXISTS FOR (a:Actor) REQUIRE a.id IS UNIQUE;
UNWIND [
  {id: 'igo:NATO', name: 'NATO', kind: 'igo', country: '', mentions: ['NATO']}
] AS row
MERGE (a:Actor {id: row.id}) SET a:IGO, a += row;
UNWIND [
  {id: 'other:hostile-00', name: '"double" and \'single\' quotes', kind: 'other', country: '', mentions: ['"double" and \'single\' quotes']},
  {id: 'other:hostile-01', name: 'line feed and tab', kind: 'other', country: '', mentions: ['line feed and tab']},
  {id: 'other:hostile-02', name: ']]> --> <!-- &amp; <b>bold</b>', kind: 'other', country: '', mentions: [']]> --> <!-- &amp, <b>bold</b>']},
  {id: 'other:hostile-03', name: '<b>markup</b>', kind: 'other', country: '', mentions: ['<b>markup</b>']},
  {id: 'other:hostile-04', name: 'a -> b; c\\N\\l\\', kind: 'other', country: '', mentions: ['a -> b, c\\N\\l\\']},
  {id: 'other:hostile-05', name: 'control[31m', kind: 'other', country: '', mentions: ['control[31m']},
  {id: 'other:hostile-06', name: 'right to left', kind: 'other', country: '', mentions: ['right to left']},
  {id: 'other:hostile-07', name: '=HYPERLINK(1)', kind: 'other', country: '', mentions: ['=HYPERLINK(1)']},
  {id: 'other:hostile-08', name: '+1', kind: 'other', country: '', mentions: ['+1']},
  {id: 'other:hostile-09', name: '-1', kind: 'other', country: '', mentions: ['-1']},
  {id: 'other:hostile-10', name: '@sum', kind: 'other', country: '', mentions: ['@sum']},
  {id: 'other:hostile-11', name: 'a;b,c|d', kind: 'other', country: '', mentions: ['a,b,c|d']},
  {id: 'other:hostile-12', name: 'ill� formed', kind: 'other', country: '', mentions: ['ill� formed']},
  {id: 'other:hostile-13', name: 'node', kind: 'other', country: '', mentions: ['node']},
  {id: 'other:hostile-14', name: 'Ünïcödé 中文 عربى 😀', kind: 'other', country: '', mentions: ['Ünïcödé 中文 عربى 😀']},
  {id: 'other:hostile-15', name: '…', kind: 'other', country: '', mentions: ['…']},
  {id: 'other:hostile-16', name: '{"json": [1]}', kind: 'other', country: '', mentions: ['{"json": [1]}']},
  {id: 'other:hostile-17', name: '$1 %s %25 `x`', kind: 'other', country: '', mentions: ['$1 %s %25 `x`']},
  {id: 'other:hostile-18', name: 'spaces', kind: 'other', country: '', mentions: ['spaces']},
  {id: 'other:hostile-19', name: 'no�character', kind: 'other', country: '', mentions: ['no�character']},
  {id: 'other:hostile-20', name: '', kind: 'other', country: '', mentions: ['']}
] AS row
MERGE (a:Actor {id: row.id}) SET a:Other, a += row;
UNWIND [
  {id: 'person:emmanuel-macron', name: 'Emmanuel Macron', kind: 'person', country: 'FRA', mentions: ['Emmanuel Macron']}
] AS row
MERGE (a:Actor {id: row.id}) SET a:Person, a += row;
UNWIND [
  {id: 'state:CHE', name: 'Switzerland', kind: 'state', country: 'CHE', mentions: ['Switzerland', 'Bern']},
  {id: 'state:FRA', name: 'France', kind: 'state', country: 'FRA', mentions: ['France']},
  {id: 'state:RUS', name: 'Russia', kind: 'state', country: 'RUS', mentions: ['Russia']},
  {id: 'state:UKR', name: 'Ukraine', kind: 'state', country: 'UKR', mentions: ['Ukraine']}
] AS row
MERGE (a:Actor {id: row.id}) SET a:State, a += row;
UNWIND [
  {s: 'person:emmanuel-macron', t: 'state:RUS', f: {id: 'd87de384837f5a57d630b2b29dc8ecd4-0', predicate: 'condemn', mode: 'disapprove', cameo: '111', quad: 3, goldstein: -2, symmetric: false, status: 'asserted', date: '2024-04-04', day: date('2024-04-04'), dateBasis: 'publication', published: '2024-04-04', publisher: 'Example Post', article: 'a1', url: 'https://example.org/a1?x=1&y="2"', title: 'Macron & <Russia>', quote: 'Macron condemned Russia.', confidence: 0.9}},
  {s: 'person:emmanuel-macron', t: 'state:RUS', f: {id: 'ae28b5f2f5dedf6761e7a35d7ba197b0-1', predicate: 'condemn', cameo: '111', quad: 3, goldstein: -2, symmetric: false, status: 'asserted', date: '2023-12-31', day: date('2023-12-31'), dateBasis: 'publication', published: '2023-12-31', publisher: 'Other; "Paper"', article: 'a2', title: 'A year', quote: 'Russia attacked.', confidence: 0.9}}
] AS row
MATCH (s:Actor {id: row.s}) MATCH (t:Actor {id: row.t})
MERGE (s)-[f:ACCUSE {id: row.f.id}]->(t) SET f += row.f;
UNWIND [
  {s: 'state:FRA', t: 'state:UKR', f: {id: 'd87de384837f5a57d630b2b29dc8ecd4-2', predicate: 'send_arms', cameo: '072', quad: 2, goldstein: 8.3, symmetric: false, status: 'planned', attributedTo: 'person:emmanuel-macron', date: '2024-04-04', day: date('2024-04-04'), dateBasis: 'publication', published: '2024-04-04', publisher: 'Example Post', article: 'a1', url: 'https://example.org/a1?x=1&y="2"', title: 'Macron & <Russia>', quote: 'Macron condemned Russia.', confidence: 0.9}}
] AS row
MATCH (s:Actor {id: row.s}) MATCH (t:Actor {id: row.t})
MERGE (s)-[f:AID {id: row.f.id}]->(t) SET f += row.f;
UNWIND [
  {s: 'state:RUS', t: 'state:UKR', f: {id: 'ae28b5f2f5dedf6761e7a35d7ba197b0-0', predicate: 'attack', cameo: '190', quad: 4, goldstein: -10, symmetric: false, status: 'asserted', date: '2023', dateBasis: 'text', published: '2023-12-31', publisher: 'Other; "Paper"', place: 'Kyiv', placeCountry: 'UKR', article: 'a2', title: 'A year', quote: 'Russia attacked.', confidence: 0.9}},
  {s: 'state:UKR', t: 'state:RUS', f: {id: 'd877636bb420df23510c2c888897b2c7-0', predicate: 'attack', cameo: '190', quad: 4, goldstein: -10, symmetric: false, status: 'negated', article: 'a 3/ü', quote: 'Nothing is known of this one.', confidence: 0.9}}
] AS row
MATCH (s:Actor {id: row.s}) MATCH (t:Actor {id: row.t})
MERGE (s)-[f:ASSAULT {id: row.f.id}]->(t) SET f += row.f;
UNWIND [
  {s: 'person:emmanuel-macron', t: 'state:UKR', f: {id: 'd87de384837f5a57d630b2b29dc8ecd4-1', predicate: 'meet', cameo: '040', quad: 1, goldstein: 1, symmetric: true, status: 'asserted', date: '2024-04-04', day: date('2024-04-04'), dateBasis: 'publication', published: '2024-04-04', publisher: 'Example Post', article: 'a1', url: 'https://example.org/a1?x=1&y="2"', title: 'Macron & <Russia>', quote: 'Macron condemned Russia.', confidence: 0.9}}
] AS row
MATCH (s:Actor {id: row.s}) MATCH (t:Actor {id: row.t})
MERGE (s)-[f:CONSULT {id: row.f.id}]->(t) SET f += row.f;
UNWIND [
  {s: 'igo:NATO', t: 'state:FRA', f: {id: 'd87de384837f5a57d630b2b29dc8ecd4-3', predicate: 'ally_of', quad: 0, goldstein: 0, symmetric: false, status: 'asserted', date: '2024-04-04', day: date('2024-04-04'), dateBasis: 'publication', published: '2024-04-04', publisher: 'Example Post', article: 'a1', url: 'https://example.org/a1?x=1&y="2"', title: 'Macron & <Russia>', quote: 'Macron condemned Russia.', confidence: 0.9}}
] AS row
MATCH (s:Actor {id: row.s}) MATCH (t:Actor {id: row.t})
MERGE (s)-[f:NONE {id: row.f.id}]->(t) SET f += row.f;
UNWIND [
  {s: 'state:RUS', t: 'state:RUS', f: {id: 'ae28b5f2f5dedf6761e7a35d7ba197b0-2', predicate: 'protest_against', cameo: '140', quad: 3, goldstein: -6.5, symmetric: false, status: 'possible', date: '2023-12-31', day: date('2023-12-31'), dateBasis: 'publication', published: '2023-12-31', publisher: 'Other; "Paper"', article: 'a2', title: 'A year', quote: 'Russia attacked.', confidence: 0.9}}
] AS row
MATCH (s:Actor {id: row.s}) MATCH (t:Actor {id: row.t})
MERGE (s)-[f:PROTEST {id: row.f.id}]->(t) SET f += row.f;
UNWIND [
  {s: 'other:hostile-00', t: 'state:RUS', f: {id: 'd877636bb420df23510c2c888897b2c7-1', predicate: 'refuse', cameo: '120', quad: 3, goldstein: -4, symmetric: false, status: 'asserted', dateBasis: 'publication', article: 'a 3/ü', quote: '"double" and \'single\' quotes refused Russia.', confidence: 0.9}},
  {s: 'other:hostile-01', t: 'state:RUS', f: {id: 'd877636bb420df23510c2c888897b2c7-2', predicate: 'refuse', cameo: '120', quad: 3, goldstein: -4, symmetric: false, status: 'asserted', dateBasis: 'publication', article: 'a 3/ü', quote: 'line feed and tab refused Russia.', confidence: 0.9}},
  {s: 'other:hostile-02', t: 'state:RUS', f: {id: 'd877636bb420df23510c2c888897b2c7-3', predicate: 'refuse', cameo: '120', quad: 3, goldstein: -4, symmetric: false, status: 'asserted', dateBasis: 'publication', article: 'a 3/ü', quote: ']]> --> <!-- &amp; <b>bold</b> refused Russia.', confidence: 0.9}},
  {s: 'other:hostile-03', t: 'state:RUS', f: {id: 'd877636bb420df23510c2c888897b2c7-4', predicate: 'refuse', cameo: '120', quad: 3, goldstein: -4, symmetric: false, status: 'asserted', dateBasis: 'publication', article: 'a 3/ü', quote: '<b>markup</b> refused Russia.', confidence: 0.9}},
  {s: 'other:hostile-04', t: 'state:RUS', f: {id: 'd877636bb420df23510c2c888897b2c7-5', predicate: 'refuse', cameo: '120', quad: 3, goldstein: -4, symmetric: false, status: 'asserted', dateBasis: 'publication', article: 'a 3/ü', quote: 'a -> b; c\\N\\l\\ refused Russia.', confidence: 0.9}},
  {s: 'other:hostile-05', t: 'state:RUS', f: {id: 'd877636bb420df23510c2c888897b2c7-6', predicate: 'refuse', cameo: '120', quad: 3, goldstein: -4, symmetric: false, status: 'asserted', dateBasis: 'publication', article: 'a 3/ü', quote: 'control[31m refused Russia.', confidence: 0.9}},
  {s: 'other:hostile-06', t: 'state:RUS', f: {id: 'd877636bb420df23510c2c888897b2c7-7', predicate: 'refuse', cameo: '120', quad: 3, goldstein: -4, symmetric: false, status: 'asserted', dateBasis: 'publication', article: 'a 3/ü', quote: 'right to left refused Russia.', confidence: 0.9}},
  {s: 'other:hostile-07', t: 'state:RUS', f: {id: 'd877636bb420df23510c2c888897b2c7-8', predicate: 'refuse', cameo: '120', quad: 3, goldstein: -4, symmetric: false, status: 'asserted', dateBasis: 'publication', article: 'a 3/ü', quote: '=HYPERLINK(1) refused Russia.', confidence: 0.9}},
  {s: 'other:hostile-08', t: 'state:RUS', f: {id: 'd877636bb420df23510c2c888897b2c7-9', predicate: 'refuse', cameo: '120', quad: 3, goldstein: -4, symmetric: false, status: 'asserted', dateBasis: 'publication', article: 'a 3/ü', quote: '+1 refused Russia.', confidence: 0.9}},
  {s: 'other:hostile-09', t: 'state:RUS', f: {id: 'd877636bb420df23510c2c888897b2c7-10', predicate: 'refuse', cameo: '120', quad: 3, goldstein: -4, symmetric: false, status: 'asserted', dateBasis: 'publication', article: 'a 3/ü', quote: '-1 refused Russia.', confidence: 0.9}},
  {s: 'other:hostile-10', t: 'state:RUS', f: {id: 'd877636bb420df23510c2c888897b2c7-11', predicate: 'refuse', cameo: '120', quad: 3, goldstein: -4, symmetric: false, status: 'asserted', dateBasis: 'publication', article: 'a 3/ü', quote: '@sum refused Russia.', confidence: 0.9}},
  {s: 'other:hostile-11', t: 'state:RUS', f: {id: 'd877636bb420df23510c2c888897b2c7-12', predicate: 'refuse', cameo: '120', quad: 3, goldstein: -4, symmetric: false, status: 'asserted', dateBasis: 'publication', article: 'a 3/ü', quote: 'a;b,c|d refused Russia.', confidence: 0.9}},
  {s: 'other:hostile-12', t: 'state:RUS', f: {id: 'd877636bb420df23510c2c888897b2c7-13', predicate: 'refuse', cameo: '120', quad: 3, goldstein: -4, symmetric: false, status: 'asserted', dateBasis: 'publication', article: 'a 3/ü', quote: 'ill� formed refused Russia.', confidence: 0.9}},
  {s: 'other:hostile-13', t: 'state:RUS', f: {id: 'd877636bb420df23510c2c888897b2c7-14', predicate: 'refuse', cameo: '120', quad: 3, goldstein: -4, symmetric: false, status: 'asserted', dateBasis: 'publication', article: 'a 3/ü', quote: 'node refused Russia.', confidence: 0.9}},
  {s: 'other:hostile-14', t: 'state:RUS', f: {id: 'd877636bb420df23510c2c888897b2c7-15', predicate: 'refuse', cameo: '120', quad: 3, goldstein: -4, symmetric: false, status: 'asserted', dateBasis: 'publication', article: 'a 3/ü', quote: 'Ünïcödé 中文 عربى 😀 refused Russia.', confidence: 0.9}},
  {s: 'other:hostile-15', t: 'state:RUS', f: {id: 'd877636bb420df23510c2c888897b2c7-16', predicate: 'refuse', cameo: '120', quad: 3, goldstein: -4, symmetric: false, status: 'asserted', dateBasis: 'publication', article: 'a 3/ü', quote: '… refused Russia.', confidence: 0.9}},
  {s: 'other:hostile-16', t: 'state:RUS', f: {id: 'd877636bb420df23510c2c888897b2c7-17', predicate: 'refuse', cameo: '120', quad: 3, goldstein: -4, symmetric: false, status: 'asserted', dateBasis: 'publication', article: 'a 3/ü', quote: '{"json": [1]} refused Russia.', confidence: 0.9}},
  {s: 'other:hostile-17', t: 'state:RUS', f: {id: 'd877636bb420df23510c2c888897b2c7-18', predicate: 'refuse', cameo: '120', quad: 3, goldstein: -4, symmetric: false, status: 'asserted', dateBasis: 'publication', article: 'a 3/ü', quote: '$1 %s %25 `x` refused Russia.', confidence: 0.9}},
  {s: 'other:hostile-18', t: 'state:RUS', f: {id: 'd877636bb420df23510c2c888897b2c7-19', predicate: 'refuse', cameo: '120', quad: 3, goldstein: -4, symmetric: false, status: 'asserted', dateBasis: 'publication', article: 'a 3/ü', quote: 'spaces refused Russia.', confidence: 0.9}},
  {s: 'other:hostile-19', t: 'state:RUS', f: {id: 'd877636bb420df23510c2c888897b2c7-20', predicate: 'refuse', cameo: '120', quad: 3, goldstein: -4, symmetric: false, status: 'asserted', dateBasis: 'publication', article: 'a 3/ü', quote: 'no�character refused Russia.', confidence: 0.9}},
  {s: 'other:hostile-20', t: 'state:RUS', f: {id: 'd877636bb420df23510c2c888897b2c7-21', predicate: 'refuse', cameo: '120', quad: 3, goldstein: -4, symmetric: false, status: 'asserted', dateBasis: 'publication', article: 'a 3/ü', quote: 'refused Russia.', confidence: 0.9}}
] AS row
MATCH (s:Actor {id: row.s}) MATCH (t:Actor {id: row.t})
MERGE (s)-[f:REJECT {id: row.f.id}]->(t) SET f += row.f;
