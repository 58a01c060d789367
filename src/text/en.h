/* English words that the tokeniser must know: the only part of text that is of one language. */
#ifndef TEXT_EN_H
#define TEXT_EN_H

#include "base/base.h"

/* Words are given in lower case. */
bool en_is_abbreviation(str word); /* without its stop: "mr", "sept" */
bool en_is_title(str word);        /* with its stop; a name follows: "mr.", "gen." */
bool en_is_number_sign(str word);  /* an abbreviation before a number only: "no" */
bool en_is_clitic(str after);      /* what follows an apostrophe: "s", "ll" */
bool en_is_prefix(str word);       /* its hyphen does not split: "non", "anti" */
bool en_is_clipped(str word);      /* what follows an apostrophe that begins a word: "em", "til" */
bool en_is_unit(str word);         /* comes apart from the number: "km", "pm" */
bool en_is_domain(str word);       /* "com", "org" */
/* Contractions without an apostrophe: where to cut, up to two places, 0 where none. */
bool en_contraction(str word, uint8_t ret_cuts[2]);
/* Length of the emoticon at the front, or 0. */
uint32_t en_emoticon(str s);

#endif
