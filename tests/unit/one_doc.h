/* A document for each test, made anew. */
#ifndef ONE_DOC_H
#define ONE_DOC_H

static doc *d;

static int set_up(void **state)
{
    (void)state;
    return !(d = doc_new());
}

static int tear_down(void **state)
{
    (void)state;
    doc_free(d);
    return 0;
}

#endif
