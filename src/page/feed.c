#include "page/inside.h"

int feed_next(page_reader *r, doc *d, entente_error *ret_error)
{
    return whole_next(r, d, ret_error);
}

int feed_read(doc *d, entente_error *ret_error)
{
    return html_read(d, ret_error);
}
