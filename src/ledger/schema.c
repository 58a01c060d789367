/* The tables of a ledger. docs/schema.md explains them; a change here is a new LEDGER_SCHEMA. */
#include "ledger/inside.h"

/* Columns that are not kept but made: the document of an item; an id as records print it; ISO days; the key of an item of the
 * same document. */
#define DOCUMENT "document INTEGER AS (key >> 20) REFERENCES documents"
#define ID "id TEXT AS (printf('%016x', finding))"
#define ISO(name, day) name " TEXT AS (date(" day " * 86400, 'unixepoch'))"
#define FINDING DOCUMENT "," ID "," ISO("date_from", "first_day") "," ISO("date_to", "last_day")
#define ITS(name, number, table) name " INTEGER AS (key >> 20 << 20 | " number ") REFERENCES " table
/* Ids are as good as drawn by lot, and an index of them alone would be written all over; so it is one of 4,096 documents each. */
#define LOT "key >> 32"

const char *const ledger_schema =
    "CREATE TABLE runs (number INTEGER PRIMARY KEY, version TEXT NOT NULL, knowledge TEXT NOT NULL, options TEXT, begun TEXT,"
    " read INTEGER NOT NULL DEFAULT 0, added INTEGER NOT NULL DEFAULT 0, known INTEGER NOT NULL DEFAULT 0,"
    " rejected INTEGER NOT NULL DEFAULT 0) STRICT;"
    "CREATE TABLE outlets (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;"
    "CREATE TABLE powers (number INTEGER PRIMARY KEY, identifier TEXT NOT NULL UNIQUE, name TEXT NOT NULL,"
    " state INTEGER NOT NULL) STRICT;"
    "CREATE TABLE rules (number INTEGER PRIMARY KEY, place TEXT NOT NULL, text TEXT NOT NULL, UNIQUE (place, text)) STRICT;"

    /* The document and its layers. Keys of items are document << 20 | number in the layer; items of one document name each
     * other by that number alone, and the columns with whole keys, ids and ISO days are made from what is kept. */
    "CREATE TABLE documents (number INTEGER PRIMARY KEY, id TEXT NOT NULL, content TEXT NOT NULL, origin TEXT NOT NULL,"
    " url TEXT, title TEXT, deck TEXT, byline TEXT, outlet TEXT, language TEXT, kind TEXT NOT NULL, published TEXT,"
    " published_from TEXT, content_from TEXT, content_to TEXT, conflict INTEGER NOT NULL, reference TEXT, settled TEXT,"
    " length INTEGER NOT NULL, text TEXT, run INTEGER NOT NULL REFERENCES runs, superseded INTEGER REFERENCES documents) STRICT;"
    "CREATE UNIQUE INDEX documents_id ON documents (id) WHERE superseded IS NULL;"
    "CREATE INDEX documents_conflict ON documents (number) WHERE conflict;"
    "CREATE TABLE sentences (key INTEGER PRIMARY KEY, start INTEGER NOT NULL, \"end\" INTEGER NOT NULL, offset INTEGER, text TEXT,"
    DOCUMENT ") STRICT;"
    "CREATE VIRTUAL TABLE words USING fts5 (text, content = 'sentences', content_rowid = 'key', columnsize = 0,"
    " tokenize = 'unicode61 remove_diacritics 2');"
    "CREATE VIRTUAL TABLE facets USING fts5 (codes, content = '', columnsize = 0, detail = none);"
    "CREATE TABLE entities (key INTEGER PRIMARY KEY, identifier TEXT, name TEXT NOT NULL, type TEXT NOT NULL, code TEXT,"
    " sector TEXT, other_sectors TEXT, role TEXT, office TEXT, power INTEGER REFERENCES powers," DOCUMENT ") STRICT;"
    "CREATE TABLE mentions (entity INTEGER NOT NULL REFERENCES entities, start INTEGER NOT NULL, \"end\" INTEGER NOT NULL,"
    " kind TEXT NOT NULL, PRIMARY KEY (entity, start, \"end\")) STRICT, WITHOUT ROWID;"
    "CREATE TABLE places (key INTEGER PRIMARY KEY, name TEXT NOT NULL, lat REAL, lon REAL, country TEXT, feature TEXT,"
    " geonameid INTEGER," DOCUMENT ") STRICT;"
    "CREATE TABLE statements (key INTEGER PRIMARY KEY, finding INTEGER NOT NULL, its_speaker INTEGER, speaker_start INTEGER,"
    " speaker_end INTEGER, cue_start INTEGER, cue_end INTEGER, start INTEGER NOT NULL, \"end\" INTEGER NOT NULL, kind TEXT NOT NULL,"
    " first_day INTEGER, last_day INTEGER, its_place INTEGER, its_addressee INTEGER, its_citer INTEGER, its_sentence INTEGER,"
    " rule INTEGER REFERENCES rules," FINDING "," ITS("speaker", "its_speaker", "entities") "," ITS("place", "its_place", "places") ","
    ITS("addressee", "its_addressee", "entities") "," ITS("cited_by", "its_citer", "statements DEFERRABLE INITIALLY DEFERRED") ","
    ITS("sentence", "its_sentence", "sentences") ") STRICT;"
    "CREATE INDEX statements_id ON statements (" LOT ", finding);"
    "CREATE TABLE events (key INTEGER PRIMARY KEY, finding INTEGER NOT NULL, event TEXT NOT NULL, modes TEXT, contexts TEXT,"
    " first_day INTEGER, last_day INTEGER, its_place INTEGER, auxiliary TEXT, its_statement INTEGER, goldstein REAL, cameo TEXT,"
    " its_sentence INTEGER, start INTEGER NOT NULL, \"end\" INTEGER NOT NULL, rule INTEGER REFERENCES rules,"
    " thousandths INTEGER NOT NULL, confidence REAL AS (thousandths / 1000.0)," FINDING ","
    ITS("place", "its_place", "places") "," ITS("statement", "its_statement", "statements") ","
    ITS("sentence", "its_sentence", "sentences") ") STRICT;"
    "CREATE INDEX events_id ON events (" LOT ", finding);"
    "CREATE TABLE event_actors (event INTEGER NOT NULL REFERENCES events, its_entity INTEGER NOT NULL, entity INTEGER"
    " AS (event >> 20 << 20 | its_entity) REFERENCES entities, PRIMARY KEY (event, its_entity)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE event_recipients (event INTEGER NOT NULL REFERENCES events, its_entity INTEGER NOT NULL, entity INTEGER"
    " AS (event >> 20 << 20 | its_entity) REFERENCES entities, PRIMARY KEY (event, its_entity)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE claims (key INTEGER PRIMARY KEY, finding INTEGER NOT NULL, its_first INTEGER NOT NULL, its_second INTEGER NOT NULL,"
    " a INTEGER REFERENCES powers, b INTEGER REFERENCES powers, tie TEXT NOT NULL, holds INTEGER NOT NULL, change TEXT NOT NULL,"
    " formal INTEGER NOT NULL, practical INTEGER NOT NULL, its_statement INTEGER, side TEXT NOT NULL, its_sentence INTEGER,"
    " start INTEGER NOT NULL, \"end\" INTEGER NOT NULL, rule INTEGER REFERENCES rules, day INTEGER," DOCUMENT "," ID ","
    ITS("first", "its_first", "entities") "," ITS("second", "its_second", "entities") "," ITS("statement", "its_statement", "statements") ","
    ITS("sentence", "its_sentence", "sentences") ") STRICT;"
    "CREATE INDEX claims_id ON claims (" LOT ", finding);"
    "CREATE INDEX claims_pair ON claims (a, b, day);"

    /* Made from the layers: reports (an asserted event of one pair in one document), stories (one act with its reports),
     * and sums. Days are counted from 1970-01-01. Reports stand as they come, and are found by pair, type and day, or in
     * sixteen days by their words. */
    "CREATE TABLE reports (event INTEGER NOT NULL REFERENCES events, a INTEGER NOT NULL REFERENCES powers,"
    " b INTEGER NOT NULL REFERENCES powers, type INTEGER NOT NULL, day INTEGER NOT NULL, finding INTEGER NOT NULL,"
    " act_day INTEGER NOT NULL, published INTEGER NOT NULL, outlet INTEGER NOT NULL REFERENCES outlets, weight INTEGER NOT NULL,"
    " party INTEGER NOT NULL, echo INTEGER, mode INTEGER, place INTEGER, dated INTEGER NOT NULL, words BLOB NOT NULL, country TEXT,"
    " seized INTEGER, anchor INTEGER, seq INTEGER, PRIMARY KEY (event, a, b)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX reports_day ON reports (a, b, type, day);"
    "CREATE INDEX reports_echo ON reports (act_day >> 4, echo) WHERE echo IS NOT NULL;"
    "CREATE INDEX reports_attack ON reports (b, day, a, type, anchor, seq, published, party, weight, finding, country, seized)"
    " WHERE seized IS NOT NULL;"
    "CREATE TABLE stories (a INTEGER NOT NULL REFERENCES powers, b INTEGER NOT NULL REFERENCES powers, day INTEGER NOT NULL,"
    " type INTEGER NOT NULL, seq INTEGER NOT NULL, party INTEGER NOT NULL, reports INTEGER NOT NULL, told TEXT NOT NULL,"
    " event INTEGER NOT NULL REFERENCES events, finding INTEGER NOT NULL, PRIMARY KEY (a, b, day, type, seq)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE pool (day INTEGER NOT NULL, type INTEGER NOT NULL, stories INTEGER NOT NULL, PRIMARY KEY (day, type)) STRICT,"
    " WITHOUT ROWID;"
    "CREATE TABLE coverage (outlet INTEGER NOT NULL REFERENCES outlets, day INTEGER NOT NULL, documents INTEGER NOT NULL,"
    " headlines INTEGER NOT NULL, events INTEGER NOT NULL, PRIMARY KEY (outlet, day)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX coverage_day ON coverage (day, outlet, documents, headlines);"
    "CREATE TABLE days (day INTEGER PRIMARY KEY, documents INTEGER NOT NULL) STRICT;"

    /* What people decided; and the ties of the knowledge, copied with its hash. */
    "CREATE TABLE corrections (number INTEGER PRIMARY KEY, what TEXT NOT NULL, id TEXT NOT NULL, value TEXT, because TEXT,"
    " who TEXT, made TEXT) STRICT;"
    "CREATE INDEX corrections_id ON corrections (id);"
    "CREATE VIEW withdrawn AS SELECT id FROM corrections c WHERE what = 'reject' AND number = (SELECT max(number) FROM corrections"
    " WHERE id = c.id AND what IN ('reject', 'restore'));"
    "CREATE TABLE knowledge (hash TEXT PRIMARY KEY) STRICT;"
    "CREATE TABLE ties (a TEXT NOT NULL, b TEXT NOT NULL, instrument TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,"
    " obligations TEXT, status TEXT NOT NULL, doubtful INTEGER NOT NULL, start TEXT, \"end\" TEXT, since TEXT, article TEXT,"
    " citation TEXT, note TEXT, rule TEXT NOT NULL) STRICT;"

    /* For people with a shell. */
    "CREATE TABLE types (number INTEGER PRIMARY KEY, event TEXT NOT NULL, quad INTEGER NOT NULL, scale REAL NOT NULL) STRICT;"
    "CREATE VIEW acts AS SELECT p.identifier AS actor, q.identifier AS recipient, date(s.day * 86400, 'unixepoch') AS day,"
    " t.event, t.quad, t.scale, s.reports, s.party AS told_by_a_party, x.text AS sentence, e.id AS event_id, d.outlet, d.origin"
    " FROM stories s JOIN powers p ON p.number = s.a JOIN powers q ON q.number = s.b JOIN types t ON t.number = s.type"
    " JOIN events e ON e.key = s.event JOIN documents d ON d.number = e.document LEFT JOIN sentences x ON x.key = e.sentence;"
    "CREATE VIEW reading AS SELECT o.name AS outlet, date(c.day * 86400, 'unixepoch') AS day, c.documents, c.headlines, c.events"
    " FROM coverage c JOIN outlets o ON o.number = c.outlet;";
