/* What the benchmarks share: a text, and seconds of the processor, so that a busy machine does not count for much. */
#ifndef BENCH_H
#define BENCH_H

#include <stdlib.h>
#include <time.h>

#include "base/base.h"

static const char sample[] =
    "The foreign minister of Norway flew to Tallinn on Monday to sign a treaty with his Estonian counterpart, Ants Kuusk.\n\n"
    "\"We will not accept any change of the border by force,\" he told reporters after the talks, which lasted two hours. "
    "Troops backed by the neighbouring government had entered the province overnight, officials said, and shelled three villages. "
    "The ambassador was summoned; Warsaw accused the rebels of breaking the truce that was agreed in 2014. NATO said its members "
    "had been told. The alliance meets in Brussels on 4 June, and both countries will send their generals.\n\n";

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* The file, or 400 kB of sentences of our own where there is none. */
static buffer read_text(const char *path)
{
    buffer b = {0};
    char *at;
    size_t len;
    if (path && !file_read(path, 64 << 20, &at, &len, NULL)) {
        buffer_add(&b, at, len);
        free(at);
    }
    while (!path && b.len < 400000)
        buffer_text(&b, sample);
    return b;
}

#endif
