/* What was read: without it no answer may say that nothing happened. */
#include "ask/inside.h"

reading reading_of(asking *q, day after, day until)
{
    reading r = {.from = after + 1, .to = until};
    ledger_cursor c = ledger_ask(q->l, "SELECT SUM(documents), SUM(headlines), COUNT(DISTINCT outlet), COUNT(DISTINCT day) FROM coverage"
                                       " WHERE day > ? AND day <= ?");
    ledger_bind_int(&c, after);
    ledger_bind_int(&c, until);
    if (ledger_next(&c)) {
        r.documents = ledger_int(&c, 0);
        r.headlines = ledger_int(&c, 1);
        r.outlets = ledger_int(&c, 2);
        r.days = ledger_int(&c, 3);
    }
    asking_end(q, &c);
    return r;
}

date reading_days(asking *q)
{
    int64_t first = asking_number(q, "SELECT IFNULL(MIN(CASE WHEN documents THEN day END), MIN(day)) FROM days WHERE day >= ? AND day <= ?",
                                  ASK_FIRST_DAY, DAY_LAST);
    int64_t last = asking_number(q, "SELECT IFNULL(MAX(CASE WHEN documents THEN day END), MAX(day)) FROM days WHERE day >= ? AND day <= ?",
                                 ASK_FIRST_DAY, DAY_LAST);
    return first == INT64_MIN ? NO_DATE : (date){(day)first, (day)last};
}
