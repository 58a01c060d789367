/* Runs a fuzz target over the files of folders: the seeds, and what once broke it. No fuzzer is needed. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void run(const char *path)
{
    static uint8_t bytes[1 << 20];
    FILE *f = fopen(path, "rb");
    if (!f)
        return;
    size_t len = fread(bytes, 1, sizeof bytes, f);
    fclose(f);
    uint8_t *exact = malloc(len ? len : 1); /* so that a read past the end is seen */
    if (!exact)
        abort();
    memcpy(exact, bytes, len);
    LLVMFuzzerTestOneInput(exact, len);
    free(exact);
}

int main(int argc, char **argv)
{
    size_t count = 0;
    for (int i = 1; i < argc; i++) {
        DIR *d = opendir(argv[i]);
        for (struct dirent *e; d && (e = readdir(d));) {
            char path[4096];
            if (e->d_name[0] == '.' || snprintf(path, sizeof path, "%s/%s", argv[i], e->d_name) >= (int)sizeof path)
                continue;
            run(path);
            count++;
        }
        if (d)
            closedir(d);
    }
    printf("%zu inputs replayed\n", count);
    return count < 50; /* fewer means that the seeds are not there */
}
