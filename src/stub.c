/* Stands in for stages that have not landed. */
#include "lang/lang.h"
#include "page/page.h"
#include "text/text.h"
#include "write/write.h"
#define W __attribute__((weak))
W void lang_tag(doc *d, const lang *l){(void)d;(void)l;}
W void lang_parse(doc *d, const lang *l, int m, bool a){(void)d;(void)l;(void)m;(void)a;}

