/* patterns: word sets and phrase patterns on their way into the file. Private to src/kb. */
#ifndef KB_PATTERNS_H
#define KB_PATTERNS_H

#include "kb/build.h"

/* A test of a word: 0 is none, a set has the top bit, else the number of a lemma + 1. */
#define KB_TEST_SET 0x80000000u

/* The number of a lemma, which is made when new. */
uint32_t kb_lex_word(kb_builder *b, str lemma);
/* The set of this name, made when new; the empty name makes an anonymous one. */
uint32_t kb_set_named(kb_builder *b, str name);
void kb_set_add(kb_builder *b, uint32_t set, str member, uint32_t line);
/* Compiles the patterns of one line, parted by ";", as rules that all look like `rule`. */
void kb_patterns_read(kb_builder *b, uint32_t line, str text, kb_disk_rule rule);

#endif
