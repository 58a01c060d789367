/* What the files of the front share and nobody else sees. */
#ifndef ENTENTE_INSIDE_H
#define ENTENTE_INSIDE_H

#include "base/base.h"
#include "kb/kb.h"
#include "lang/lang.h"

struct entente_kb {
    kb *kb;
    lang *lang; /* or NULL */
};

/* Hands the buffer to the sink and frees it. 0 or ENTENTE_IO. */
int sink_buffer(buffer *b, entente_sink *sink, void *closure, entente_error *ret_error);

#endif
