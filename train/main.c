/* usage: train-weights WORDNET WORDS OUT TREEBANK...
 * Treebanks are CoNLL-U files; WORDNET is its folder of index files, WORDS a list of words, one a line. */
#include "train.h"

#include <stdio.h>
#include <stdlib.h>

#include "text/text.h"

static doc *read_treebank(const char *path)
{
    doc *d = doc_new();
    char *at;
    size_t len;
    entente_error e;
    if (!d || file_read(path, 256 << 20, &at, &len, &e)) {
        fprintf(stderr, "train: %s cannot be read\n", path);
        exit(1);
    }
    d->raw = (str){at, (uint32_t)len};
    d->head.origin = str_of(path);
    if (text_given(d, true, &e)) {
        fprintf(stderr, "train: %s: %s\n", path, e.text);
        exit(1);
    }
    fprintf(stderr, "%s: %u sentences, %u words\n", path, d->sentences.count, d->tokens.count);
    return d;
}

enum { LABELS, FORMS, CLASSES, LEMMAS, EDITS, ACTIONS, SENTENCES, TAGS, FAST, BEST, RELATE, KINDS, SECTIONS };

static void put_table(const table_maker *t, buffer *out)
{
    buffer_add(out, t->cells, (size_t)4 << t->bits);
}

int main(int argc, char **argv)
{
    if (argc < 5) {
        fputs("usage: train-weights WORDNET WORDS OUT TREEBANK...\n", stderr);
        return 2;
    }
    section s[SECTIONS] = {{.name = "labels"}, {.name = "forms"}, {.name = "classes"}, {.name = "lemmas"}, {.name = "edits"},
                           {.name = "actions"}, {.name = "sentences", .kind = MODEL_ROWS}, {.name = "tags", .kind = MODEL_ROWS},
                           {.name = "fast", .kind = MODEL_ROWS}, {.name = "best", .kind = MODEL_ROWS}, {.name = "relate", .kind = MODEL_ROWS}, {.name = "kinds"}};
    making m = {.arena = arena_new((size_t)4 << 30)};
    doc *docs[16];
    if (!m.arena || setjmp(*arena_escape(m.arena)))
        return 1;
    for (int i = 4; i < argc && m.bank.count < 16; i++)
        docs[m.bank.count++] = read_treebank(argv[i]);
    m.bank.docs = docs;
    train_lexicon(&m, argv[1], argv[2]);
    train_lemmas(&m, argv[1]);
    train_sentences(&m, &s[SENTENCES].bytes);
    train_tags(&m, &s[TAGS].bytes);
    buffer_add(&s[LABELS].bytes, m.labels, 2 * m.label_count);
    train_parser(&m, &s[FAST].bytes, &s[BEST].bytes, &s[ACTIONS].bytes);
    train_relations(&m, &s[RELATE].bytes);
    buffer_add(&s[KINDS].bytes, m.kinds.at, m.kinds.count * sizeof(form_kind));
    put_table(&m.forms, &s[FORMS].bytes);
    put_table(&m.classes, &s[CLASSES].bytes);
    put_table(&m.lemmas, &s[LEMMAS].bytes);
    buffer_add(&s[EDITS].bytes, m.edits.at, m.edits.count * sizeof(edit));
    file_write(argv[3], s, SECTIONS);
    return 0;
}
