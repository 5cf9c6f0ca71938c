// Records what this process does to the files below a folder, in the order in which it happens, and
// makes calls fail: under SQLite as under everything else, since both end in the same system calls.
//
// The functions of the C library that take part are defined here once more. Whoever is linked into
// this program, and the libraries it loads, call these. Calls on other files go straight on.

#ifndef SYSTEM_CALLS_H
#define SYSTEM_CALLS_H

#include <stdbool.h>
#include <stdint.h>

/// What a call does: one bit each, so that several can be chosen.
enum {
  /// Opens a file, which may be made.
  CALL_OPEN = 1 << 0,
  CALL_READ = 1 << 1,
  CALL_WRITE = 1 << 2,
  CALL_TRUNCATE = 1 << 3,
  /// Flushes a file.
  CALL_FLUSH = 1 << 4,
  /// Flushes a folder.
  CALL_FLUSH_FOLDER = 1 << 5,
  CALL_RENAME = 1 << 6,
  CALL_LINK = 1 << 7,
  CALL_REMOVE = 1 << 8,
  CALL_MAKE_FOLDER = 1 << 9,
  CALL_REMOVE_FOLDER = 1 << 10,
  /// No call: a file got its number, because it was made.
  CALL_CREATE = 1 << 11,
  /// No call: the test's own note.
  CALL_MARK = 1 << 12,
};

/// One thing that happened. What it does not use is 0 or NULL.
typedef struct {
  int32_t kind;
  /// Which file: its number, whatever it is called.
  int64_t file;
  /// Where it is written, how long it is from now on, or what the mark says.
  int64_t position;
  int64_t count;
  const uint8_t *bytes;
  /// Below the folder, without a slash before it; empty for the folder itself.
  const char *path;
  /// What it is called from now on.
  const char *target;
} call_event;

typedef struct call_recording call_recording;

/// Whether calls come by here.
bool calls_are_seen(void);

/// Records from now on. NULL where too many do.
///
/// - Parameter folder: an absolute path without links in it.
call_recording *calls_record(const char *folder);

/// Ends it. What was recorded stays until it is freed.
void calls_stop(call_recording *recording);
void calls_free(call_recording *recording);

/// Notes something between the calls.
void calls_mark(call_recording *recording, int64_t value);

int64_t calls_count(const call_recording *recording);
call_event calls_event(const call_recording *recording, int64_t index);

/// Has calls fail from now on: of those of `kinds` the one at `first`, counted from 0, and with
/// `for_good` all after it.
void calls_fail(
  call_recording *recording, int32_t kinds, int64_t first, int32_t error, bool for_good);

/// Has no calls fail any more. Returns how many calls there were of those kinds.
int64_t calls_heal(call_recording *recording);

#endif
