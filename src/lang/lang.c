#include "lang/lang.h"
