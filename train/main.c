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

typedef struct section {
    const char *name;
    uint32_t kind;
    buffer bytes;
} section;

static void put(FILE *f, const void *at, size_t len)
{
    if (fwrite(at, 1, len, f) != len) {
        fputs("train: the weights cannot be written\n", stderr);
        exit(1);
    }
}

/* The layout that base/model.c reads. */
static void write_model(const char *path, section *all, uint32_t count)
{
    uint64_t offset = 24 + count * 40u, end = offset;
    for (uint32_t i = 0; i < count; i++)
        end += (all[i].bytes.len + 7) & ~(size_t)7;
    FILE *f = fopen(path, "wb");
    if (!f) {
        fprintf(stderr, "train: %s cannot be written\n", path);
        exit(1);
    }
    uint32_t head[2] = {1, count};
    put(f, "ENTMODEL", 8);
    put(f, head, 8);
    put(f, &end, 8);
    for (uint32_t i = 0; i < count; i++) {
        char name[16] = {0};
        memcpy(name, all[i].name, MIN(strlen(all[i].name), 15));
        uint32_t kind[2] = {all[i].kind, 0};
        uint64_t place[2] = {offset, all[i].bytes.len};
        put(f, name, 16);
        put(f, kind, 8);
        put(f, place, 16);
        offset += (all[i].bytes.len + 7) & ~(size_t)7;
    }
    for (uint32_t i = 0; i < count; i++) {
        put(f, all[i].bytes.at, all[i].bytes.len);
        put(f, "\0\0\0\0\0\0\0", (8 - all[i].bytes.len % 8) % 8);
        fprintf(stderr, "%-10s %8zu bytes\n", all[i].name, all[i].bytes.len);
    }
    if (fclose(f))
        exit(1);
    fprintf(stderr, "%s: %llu bytes\n", path, (unsigned long long)end);
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
    write_model(argv[3], s, SECTIONS);
    return 0;
}
