/* All tables as a folder that others can cite and check: datapackage.json (Frictionless), manifest.json, CITATION.cff.
 *
 * No clock, no name of a machine or a path goes into it: the same ledger, knowledge and options give the same bytes. The
 * manifest is written last, so that a folder without one is not finished. */
#include <errno.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <sys/stat.h>

#include "ask/inside.h"
#include "write/write.h"

enum { PATH_MOST = 4096, HEX = 2 * SHA256_DIGEST_SIZE + 1 };

/* A file on its way out, hashed while it is written. */
typedef struct out_file {
    FILE *file;
    char path[PATH_MOST], part[PATH_MOST];
    struct sha256_ctx hash;
    uint64_t bytes;
} out_file;

typedef struct resource {
    char name[40];
    char hash[HEX];
    uint64_t bytes;
    export_counts counts;
} resource;

typedef struct package {
    ledger *l;
    const kb *k;
    const char *folder;
    const export_wish *wish;
    resource resources[EXPORT_UNITS];
    entente_error *error;
} package;

static void hex_of(struct sha256_ctx *hash, char ret[HEX])
{
    uint8_t bytes[SHA256_DIGEST_SIZE];
    sha256_digest(hash, sizeof bytes, bytes);
    for (size_t i = 0; i < sizeof bytes; i++)
        sprintf(ret + 2 * i, "%02x", bytes[i]);
}

/* ---- files ---- */

static int file_fault(const package *p, const char *path)
{
    return error_set(p->error, ENTENTE_IO, str_of(path), UINT64_MAX, "cannot be written: %s", strerror(errno));
}

static int sink_out(void *closure, const char *bytes, size_t len)
{
    out_file *f = closure;
    sha256_update(&f->hash, len, (const uint8_t *)bytes);
    f->bytes += len;
    return fwrite(bytes, 1, len, f->file) != len;
}

/* Beside its place first, and renamed when it is whole. */
static int file_open(const package *p, const char *name, out_file *f)
{
    int len = snprintf(f->path, sizeof f->path, "%s/%s", p->folder, name);
    if (len >= PATH_MOST || snprintf(f->part, sizeof f->part, "%s.part", f->path) >= PATH_MOST)
        return error_set(p->error, ENTENTE_USAGE, str_of(p->folder), UINT64_MAX, "is too long a name");
    sha256_init(&f->hash);
    f->bytes = 0;
    f->file = fopen(f->part, "wb");
    return f->file ? 0 : file_fault(p, f->path);
}

static int file_close(const package *p, out_file *f, int code)
{
    bool good = !fclose(f->file) && !code && !rename(f->part, f->path);
    if (good)
        return 0;
    int fault = code ? code : file_fault(p, f->path);
    remove(f->part);
    return fault;
}

static int put_file(const package *p, const char *name, buffer *text)
{
    out_file f;
    int code = text->failed ? error_set(p->error, ENTENTE_IO, str_of(name), UINT64_MAX, "out of memory") : file_open(p, name, &f);
    if (!code) {
        code = sink_out(&f, text->at, text->len) ? file_fault(p, f.path) : 0;
        code = file_close(p, &f, code);
    }
    buffer_free(text);
    return code;
}

static const char *extension(const package *p)
{
    return p->wish->separator == ',' ? "csv" : p->wish->separator == '\t' ? "tsv" : "jsonl";
}

static int put_table(package *p, size_t i)
{
    resource *r = &p->resources[i];
    out_file f;
    snprintf(r->name, sizeof r->name, "%s.%s", export_units[i].name, extension(p));
    int code = file_open(p, r->name, &f);
    if (code)
        return code;
    code = export_table(p->l, p->k, &export_units[i], p->wish, sink_out, &f, &r->counts, p->error);
    code = file_close(p, &f, code);
    hex_of(&f.hash, r->hash);
    r->bytes = f.bytes;
    return code;
}

/* ---- datapackage.json ---- */

static const char *type_name(char type)
{
    switch (type) {
    case 'i': return "integer";
    case 'n': return "number";
    case 'b': return "boolean";
    case 'd': return "date";
    case 'm': return "yearmonth";
    case 'y': return "year";
    default: return "string";
    }
}

static void put_fields(const export_unit *u, bool numbered, buffer *out)
{
    column columns[COLUMNS_MOST];
    uint32_t count = columns_of(u->columns, columns);
    json_key(out, "fields");
    buffer_char(out, '[');
    for (uint32_t i = 0; i < count; i++) {
        json_item(out);
        json_text(out, "name", columns[i].name);
        json_text(out, "type", str_of(columns[i].type == 'k' && numbered ? "integer" : type_name(columns[i].type)));
        buffer_char(out, '}');
    }
    buffer_char(out, ']');
}

static void put_resource(const package *p, size_t i, buffer *out)
{
    const resource *r = &p->resources[i];
    char hash[HEX + 8];
    json_item(out);
    json_text(out, "name", str_of(export_units[i].name));
    json_text(out, "title", str_of(export_units[i].title));
    json_text(out, "path", str_of(r->name));
    json_text(out, "profile", STR("tabular-data-resource"));
    json_text(out, "format", str_of(extension(p)));
    json_text(out, "encoding", STR("utf-8"));
    json_count(out, "bytes", (int64_t)r->bytes);
    snprintf(hash, sizeof hash, "sha256:%s", r->hash);
    json_text(out, "hash", str_of(hash));
    if (p->wish->separator == '\t')
        buffer_text(out, ",\"dialect\":{\"delimiter\":\"\\t\"}");
    json_key(out, "schema");
    buffer_char(out, '{');
    put_fields(&export_units[i], p->wish->system != KB_CODES_ISO, out);
    buffer_text(out, ",\"missingValues\":[\"\"]}}");
}

static int put_datapackage(const package *p)
{
    buffer out = {0};
    buffer_char(&out, '{');
    json_text(&out, "profile", STR("tabular-data-package"));
    json_text(&out, "name", STR("entente-export"));
    json_text(&out, "title", STR("Events, statements, claims and ties from a ledger of entente"));
    json_text(&out, "version", str_of(ENTENTE_VERSION));
    json_key(&out, "resources");
    buffer_char(&out, '[');
    for (size_t i = 0; i < EXPORT_UNITS; i++)
        put_resource(p, i, &out);
    buffer_text(&out, "]}\n");
    return put_file(p, "datapackage.json", &out);
}

/* ---- CITATION.cff ---- */

static int put_citation(const package *p, const char *inputs)
{
    buffer out = {0};
    str knowledge = kb_digest(p->k);
    buffer_text(&out, "cff-version: 1.2.0\nmessage: If you use these data, cite them as below. Put your own name and title first.\ntype: dataset\n"
                      "title: Export of a ledger of entente\nauthors:\n  - name: The authors of this ledger\n");
    buffer_format(&out, "version: \"%.16s\"\nabstract: >-\n  Coded by entente %s with knowledge %.*s;\n  documents sha256:%s.\n", inputs,
                  ENTENTE_VERSION, (int)MIN(knowledge.len, 16u), knowledge.at, inputs);
    buffer_format(&out, "references:\n  - type: software\n    title: entente\n    version: \"%s\"\n    authors:\n      - name: The entente authors\n",
                  ENTENTE_VERSION);
    return put_file(p, "CITATION.cff", &out);
}

/* ---- manifest.json ---- */

/* SHA-256 over the ids and contents of all documents that count, in order. */
static int hash_inputs(const package *p, char ret[HEX], int64_t *ret_documents)
{
    struct sha256_ctx hash;
    sha256_init(&hash);
    *ret_documents = 0;
    ledger_cursor c = ledger_ask(p->l, "SELECT id, content FROM documents WHERE superseded IS NULL ORDER BY id");
    for (; ledger_next(&c); ++*ret_documents)
        for (int i = 0; i < 2; i++) {
            str s = ledger_text(&c, i);
            sha256_update(&hash, s.len, (const uint8_t *)s.at);
            sha256_update(&hash, 1, (const uint8_t *)"\n");
        }
    hex_of(&hash, ret);
    return ledger_end(&c, p->error);
}

/* Runs of the same program, knowledge and options as one: how often somebody called `add` changes nothing. */
static int put_runs(const package *p, buffer *out)
{
    static const char *const counts[] = {"read", "coded", "known_already", "rejected"};
    ledger_cursor c = ledger_ask(p->l, "SELECT version, knowledge, options, SUM(read), SUM(added), SUM(known), SUM(rejected) FROM runs"
                                       " GROUP BY 1, 2, 3 ORDER BY 1, 2, 3");
    json_key(out, "runs");
    buffer_char(out, '[');
    while (ledger_next(&c)) {
        json_item(out);
        json_text(out, "version", ledger_text(&c, 0));
        json_text(out, "knowledge", ledger_text(&c, 1));
        json_text(out, "options", ledger_text(&c, 2));
        for (int i = 0; i < (int)COUNT(counts); i++)
            json_count(out, counts[i], ledger_int(&c, 3 + i));
        buffer_char(out, '}');
    }
    buffer_char(out, ']');
    return ledger_end(&c, p->error);
}

static void put_tables(const package *p, buffer *out)
{
    json_key(out, "tables");
    buffer_char(out, '[');
    for (size_t i = 0; i < EXPORT_UNITS; i++) {
        json_item(out);
        json_text(out, "path", str_of(p->resources[i].name));
        json_count(out, "rows", (int64_t)p->resources[i].counts.rows);
        json_count(out, "left_out", (int64_t)p->resources[i].counts.left_out);
        json_text(out, "sha256", str_of(p->resources[i].hash));
        buffer_char(out, '}');
    }
    buffer_char(out, ']');
}

static int put_manifest(const package *p, const char *inputs, int64_t documents)
{
    buffer out = {0};
    buffer_char(&out, '{');
    json_text(&out, "program", STR("entente"));
    json_text(&out, "version", str_of(ENTENTE_VERSION));
    json_count(&out, "ledger_schema", LEDGER_SCHEMA);
    json_text(&out, "knowledge", kb_digest(p->k));
    json_key(&out, "options");
    buffer_char(&out, '{');
    json_text(&out, "system", str_of(kb_code_systems[p->wish->system]));
    json_bool(&out, "undirected", p->wish->undirected);
    json_text(&out, "format", str_of(extension(p)));
    json_day(&out, "from", p->wish->from);
    json_day(&out, "to", p->wish->to);
    buffer_char(&out, '}');
    json_key(&out, "inputs");
    buffer_char(&out, '{');
    json_count(&out, "documents", documents);
    json_text(&out, "sha256", str_of(inputs));
    buffer_char(&out, '}');
    int code = put_runs(p, &out);
    put_tables(p, &out);
    buffer_text(&out, "}\n");
    if (!code)
        return put_file(p, "manifest.json", &out);
    buffer_free(&out);
    return code;
}

/* ---- the folder ---- */

static int put_all(package *p)
{
    char inputs[HEX];
    int64_t documents;
    int code = 0;
    for (size_t i = 0; i < EXPORT_UNITS && !code; i++)
        code = put_table(p, i);
    if (!code)
        code = put_datapackage(p);
    if (!code)
        code = hash_inputs(p, inputs, &documents);
    if (!code)
        code = put_citation(p, inputs);
    return code ? code : put_manifest(p, inputs, documents);
}

/* Within one transaction, so that a writer meanwhile does not tear the tables apart. */
static int plain(ledger *l, const char *sql, entente_error *ret_error)
{
    ledger_cursor c = ledger_ask(l, sql);
    ledger_next(&c);
    return ledger_end(&c, ret_error);
}

int ask_package(ledger *l, const kb *k, const char *folder, const export_wish *w, entente_error *ret_error)
{
    package p = {.l = l, .k = k, .folder = folder, .wish = w, .error = ret_error};
    char old[PATH_MOST];
    if (mkdir(folder, 0777) && errno != EEXIST)
        return file_fault(&p, folder);
    if (snprintf(old, sizeof old, "%s/manifest.json", folder) < PATH_MOST)
        remove(old);
    int code = plain(l, "BEGIN", ret_error);
    if (code)
        return code;
    code = put_all(&p);
    int end = plain(l, "COMMIT", code ? NULL : ret_error);
    return code ? code : end;
}
