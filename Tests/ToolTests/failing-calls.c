// Loaded before the C library into a program, has its calls on the files below a folder fail.

#include <stdio.h>
#include <stdlib.h>

#include "SystemCalls.h"

static call_recording *recording;

// FAILING_CALLS: kinds, the first that fails, the error, and whether it stays.
__attribute__((constructor)) static void begin(void) {
  const char *folder = getenv("FAILING_FOLDER"), *plan = getenv("FAILING_CALLS");
  int kinds, error, for_good;
  long long first;
  if (folder == NULL || plan == NULL
      || sscanf(plan, "%d %lld %d %d", &kinds, &first, &error, &for_good) != 4) {
    return;
  }
  recording = calls_record(folder);
  if (recording != NULL) calls_fail(recording, kinds, first, error, for_good != 0);
}

// FAILING_COUNT: a file for how many calls there were that could have failed.
__attribute__((destructor)) static void end(void) {
  const char *path = getenv("FAILING_COUNT");
  if (recording == NULL || path == NULL) return;
  FILE *file = fopen(path, "w");
  if (file == NULL) return;
  fprintf(file, "%lld\n", (long long)calls_heal(recording));
  fclose(file);
}
