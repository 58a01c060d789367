/* Closed lists, each once: the enums, the names that are printed and the names that are read all come from here. The
 * stages, the knowledge and the ledger share them; included by base.h. */
#ifndef BASE_NAMES_H
#define BASE_NAMES_H

/* Universal part-of-speech tags (UD 2). */
#define UPOS_LIST(X) \
    X(X) X(ADJ) X(ADP) X(ADV) X(AUX) X(CCONJ) X(DET) X(INTJ) X(NOUN) X(NUM) X(PART) X(PRON) X(PROPN) X(PUNCT) X(SCONJ) \
    X(SYM) X(VERB)

/* Penn Treebank tags as UD English has them: enum name, printed name. */
#define XPOS_LIST(X)                                                                                                   \
    X(NONE, "_") X(ADD, "ADD") X(AFX, "AFX") X(CC, "CC") X(CD, "CD") X(DT, "DT") X(EX, "EX") X(FW, "FW") X(GW, "GW")   \
    X(HYPH, "HYPH") X(IN, "IN") X(JJ, "JJ") X(JJR, "JJR") X(JJS, "JJS") X(LS, "LS") X(MD, "MD") X(NFP, "NFP")          \
    X(NN, "NN") X(NNP, "NNP") X(NNPS, "NNPS") X(NNS, "NNS") X(PDT, "PDT") X(POS, "POS") X(PRP, "PRP")                  \
    X(PRPS, "PRP$") X(RB, "RB") X(RBR, "RBR") X(RBS, "RBS") X(RP, "RP") X(SYM, "SYM") X(TO, "TO") X(UH, "UH")          \
    X(VB, "VB") X(VBD, "VBD") X(VBG, "VBG") X(VBN, "VBN") X(VBP, "VBP") X(VBZ, "VBZ") X(WDT, "WDT") X(WP, "WP")        \
    X(WPS, "WP$") X(WRB, "WRB") X(LRB, "-LRB-") X(RRB, "-RRB-") X(COMMA, ",") X(STOP, ".") X(COLON, ":")               \
    X(OPEN, "``") X(CLOSE, "''") X(DOLLAR, "$")

/* Universal dependency relations with the subtypes of UD English. */
#define DEPREL_LIST(X)                                                                                                 \
    X(DEP, "dep") X(ROOT, "root") X(ACL, "acl") X(ACL_RELCL, "acl:relcl") X(ADVCL, "advcl")                            \
    X(ADVCL_RELCL, "advcl:relcl") X(ADVMOD, "advmod") X(AMOD, "amod") X(APPOS, "appos") X(AUX, "aux")                  \
    X(AUX_PASS, "aux:pass") X(CASE, "case") X(CC, "cc") X(CC_PRECONJ, "cc:preconj") X(CCOMP, "ccomp")                  \
    X(COMPOUND, "compound") X(COMPOUND_PRT, "compound:prt") X(CONJ, "conj") X(COP, "cop") X(CSUBJ, "csubj")            \
    X(CSUBJ_OUTER, "csubj:outer") X(CSUBJ_PASS, "csubj:pass") X(DET, "det") X(DET_PREDET, "det:predet")                \
    X(DISCOURSE, "discourse") X(DISLOCATED, "dislocated") X(EXPL, "expl") X(FIXED, "fixed") X(FLAT, "flat")            \
    X(GOESWITH, "goeswith") X(IOBJ, "iobj") X(LIST, "list") X(MARK, "mark") X(NMOD, "nmod")                            \
    X(NMOD_DESC, "nmod:desc") X(NMOD_POSS, "nmod:poss") X(NMOD_UNMARKED, "nmod:unmarked") X(NSUBJ, "nsubj")            \
    X(NSUBJ_OUTER, "nsubj:outer") X(NSUBJ_PASS, "nsubj:pass") X(NUMMOD, "nummod") X(OBJ, "obj") X(OBL, "obl")          \
    X(OBL_AGENT, "obl:agent") X(OBL_UNMARKED, "obl:unmarked") X(ORPHAN, "orphan") X(PARATAXIS, "parataxis")            \
    X(PUNCT, "punct") X(REPARANDUM, "reparandum") X(VOCATIVE, "vocative") X(XCOMP, "xcomp")

/* What a document is. */
#define KIND_LIST(X) X(ARTICLE, "article") X(INTERVIEW, "interview") X(HEADLINE, "headline") X(FEED_ITEM, "feed-item") X(TEXT, "text")

/* Where the published date was found. */
#define DATED_LIST(X)                                                                                                  \
    X(NOT, "") X(META, "meta") X(JSON_LD, "json-ld") X(URL, "url") X(DATELINE, "dateline") X(FURNITURE, "furniture")   \
    X(GIVEN, "given")

/* Kinds of input (`--input`). */
#define INPUT_LIST(X)                                                                                                  \
    X(GUESS, "") X(HTML, "html") X(SAVED, "saved") X(TEXT, "text") X(WARC, "warc") X(FEED, "feed") X(JSONL, "jsonl")   \
    X(CONLLU, "conllu") X(RECORD, "record")

/* Types of entity. */
#define ENTITY_LIST(X) X(MISC, "MISC") X(PER, "PER") X(ORG, "ORG") X(GPE, "GPE") X(LOC, "LOC") X(NORP, "NORP")

#define MENTION_LIST(X) X(NAME, "name") X(NOMINAL, "nominal") X(PRONOUN, "pronoun")
#define TIMEX_LIST(X) X(DATE, "DATE") X(TIME, "TIME") X(DURATION, "DURATION") X(SET, "SET")
#define STATEMENT_LIST(X) X(DIRECT, "direct") X(INDIRECT, "indirect") X(MIXED, "mixed") X(TURN, "turn")

/* PLOVER 2.0: type, quad (1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict) and
 * conflict-cooperation score in tenths. ACCUSE is negative and SANCTION is material conflict:
 * docs/decisions/plover.md says why the manual is not followed to the letter there. */
#define EVENT_LIST(X)                                                                                                  \
    X(AGREE, 1, 25) X(CONSULT, 1, 25) X(SUPPORT, 1, 50) X(CONCEDE, 1, 45) X(COOPERATE, 2, 95) X(AID, 2, 100)           \
    X(RETREAT, 2, 65) X(REQUEST, 3, 0) X(ACCUSE, 3, -30) X(REJECT, 3, -20) X(THREATEN, 3, -35) X(PROTEST, 4, -50)      \
    X(SANCTION, 4, -60) X(MOBILIZE, 4, -55) X(COERCE, 4, -70) X(ASSAULT, 4, -90)

/* PLOVER's auxiliary modes, a set. */
#define AUXILIARY_LIST(X) X(HISTORICAL, "historical") X(FUTURE, "future") X(HYPOTHETICAL, "hypothetical") X(NEGATION, "negation")

/* PLOVER's 37 contexts. */
#define CONTEXT_LIST(X)                                                                                                \
    X(military) X(intelligence) X(executive) X(legislative) X(election) X(political_institutions) X(pro_democracy)     \
    X(pro_autocracy) X(economic) X(legal) X(reparations) X(human_rights) X(rights_freedoms) X(repression)              \
    X(human_security) X(gender) X(lgbt) X(religion_ethnicity) X(inequality) X(diplomatic) X(territory) X(peacekeeping) \
    X(health) X(asylum) X(migration) X(disasters) X(natural_resource) X(environment) X(technology) X(terrorism)        \
    X(cbrn) X(cyber) X(misinformation) X(crime) X(corruption) X(illegal_drugs) X(trafficking)

/* What may be claimed of a tie between two powers (docs/schema.md). */
#define TIE_LIST(X)                                                                                                    \
    X(ALLY, "ally") X(PARTNER, "partner") X(GUARANTOR, "guarantor") X(SUPPLIER, "supplier") X(MEMBER, "member")        \
    X(TREATY, "treaty") X(SUPPORT, "support") X(NEUTRAL, "neutral") X(RIVAL, "rival") X(ENEMY, "enemy")                \
    X(OCCUPIER, "occupier") X(RECOGNITION, "recognition")

#define CHANGE_LIST(X) X(NONE, "none") X(BEGAN, "began") X(ENDED, "ended")
#define SIDE_LIST(X) X(UNKNOWN, "unknown") X(OWN, "own") X(PARTNER, "partner") X(OPPOSITION, "opposition") X(THIRD, "third")

/* ---- the enums: UPOS_NOUN, DEPREL_ACL_RELCL, EVENT_ASSAULT ... and a count of each ---- */

#define X(name, ...) UPOS_##name,
enum { UPOS_LIST(X) UPOS_COUNT };
#undef X
#define X(name, ...) XPOS_##name,
enum { XPOS_LIST(X) XPOS_COUNT };
#undef X
#define X(name, ...) DEPREL_##name,
enum { DEPREL_LIST(X) DEPREL_COUNT };
#undef X
#define X(name, ...) KIND_##name,
enum { KIND_LIST(X) KIND_COUNT };
#undef X
#define X(name, ...) DATED_##name,
enum { DATED_LIST(X) DATED_COUNT };
#undef X
#define X(name, ...) INPUT_##name,
enum { INPUT_LIST(X) INPUT_COUNT };
#undef X
#define X(name, ...) ENTITY_##name,
enum { ENTITY_LIST(X) ENTITY_COUNT };
#undef X
#define X(name, ...) MENTION_##name,
enum { MENTION_LIST(X) MENTION_COUNT };
#undef X
#define X(name, ...) TIMEX_##name,
enum { TIMEX_LIST(X) TIMEX_COUNT };
#undef X
#define X(name, ...) STATEMENT_##name,
enum { STATEMENT_LIST(X) STATEMENT_COUNT };
#undef X
#define X(name, ...) EVENT_##name,
enum { EVENT_LIST(X) EVENT_COUNT };
#undef X
#define X(name, ...) CONTEXT_##name,
enum { CONTEXT_LIST(X) CONTEXT_COUNT };
#undef X
#define X(name, ...) TIE_##name,
enum { TIE_LIST(X) TIE_COUNT };
#undef X
#define X(name, ...) CHANGE_##name,
enum { CHANGE_LIST(X) CHANGE_COUNT };
#undef X
#define X(name, ...) SIDE_##name,
enum { SIDE_LIST(X) SIDE_COUNT };
#undef X

/* AUXILIARY_NEGATION ... are the bits of a set; AUXILIARY_AT_NEGATION ... their places in it. */
#define X(name, ...) AUXILIARY_AT_##name,
enum { AUXILIARY_LIST(X) AUXILIARY_COUNT };
#undef X
#define X(name, ...) AUXILIARY_##name = 1 << AUXILIARY_AT_##name,
enum { AUXILIARY_LIST(X) };
#undef X

/* An event that was only denied, supposed, threatened or announced is not asserted. */
#define NOT_ASSERTED (AUXILIARY_NEGATION | AUXILIARY_HYPOTHETICAL | AUXILIARY_FUTURE)

/* Names of the closed lists, by number; e.g. name_of(upos_names, UPOS_NOUN). Out of range gives "". */
extern const char *const upos_names[UPOS_COUNT], *const xpos_names[XPOS_COUNT], *const deprel_names[DEPREL_COUNT],
    *const kind_names[KIND_COUNT], *const dated_names[DATED_COUNT], *const input_names[INPUT_COUNT],
    *const entity_names[ENTITY_COUNT], *const mention_names[MENTION_COUNT], *const timex_names[TIMEX_COUNT],
    *const statement_names[STATEMENT_COUNT], *const tie_names[TIE_COUNT], *const change_names[CHANGE_COUNT],
    *const side_names[SIDE_COUNT], *const auxiliary_names[AUXILIARY_COUNT], *const event_names[EVENT_COUNT],
    *const context_names[CONTEXT_COUNT];
extern const uint8_t event_quads[EVENT_COUNT];
extern const int8_t event_scores[EVENT_COUNT]; /* tenths */

/* The number of `name` in a list of `count` names, or NONE. */
uint32_t name_find(const char *const *names, uint32_t count, str name);
/* Whether a sector is of people and firms that act for themselves: civilians, business, medicine, ... */
bool sector_is_private(const char *sector);

#endif
