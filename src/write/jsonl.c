#include "write/write.h"
