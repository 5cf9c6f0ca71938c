#define _GNU_SOURCE
#include "SystemCalls.h"

#ifdef __linux__

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { MAXIMUM_RECORDINGS = 32, MAXIMUM_DESCRIPTORS = 65536 };

/// A file's number, by what the system calls it.
typedef struct {
  dev_t device;
  ino_t node;
  int64_t number;
} known_file;

struct call_recording {
  char *folder;
  size_t folder_length;
  bool is_stopped;
  call_event *events;
  int64_t count, capacity;
  known_file *files;
  int64_t file_count, file_capacity, next_number;
  int32_t failing_kinds, error;
  int64_t first_failing, calls;
  bool fails_for_good;
};

/// What a descriptor was opened for.
typedef struct {
  call_recording *recording;
  dev_t device;
  ino_t node;
  bool is_folder;
  char *path;
} open_file;

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static call_recording *recordings[MAXIMUM_RECORDINGS];
static int recording_count;
static open_file descriptors[MAXIMUM_DESCRIPTORS];

static void *checked(void *memory) {
  if (memory == NULL) abort();
  return memory;
}

static char *copied(const char *text) { return text ? checked(strdup(text)) : NULL; }

// What is recorded.

static void note(
  call_recording *recording, int32_t kind, int64_t file, int64_t position, const void *bytes,
  int64_t count, const char *path, const char *target
) {
  if (recording->is_stopped) return;
  if (recording->count == recording->capacity) {
    recording->capacity = recording->capacity ? 2 * recording->capacity : 1024;
    recording->events =
      checked(realloc(recording->events, (size_t)recording->capacity * sizeof(call_event)));
  }
  uint8_t *copy = NULL;
  if (bytes != NULL) {
    copy = checked(malloc((size_t)count + 1));
    memcpy(copy, bytes, (size_t)count);
  }
  recording->events[recording->count++] =
    (call_event){kind, file, position, count, copy, copied(path), copied(target)};
}

/// The number of a file; a new one for a file that was just made, whose node another may have had.
static int64_t number_of(call_recording *recording, dev_t device, ino_t node, bool is_new) {
  int64_t index = 0;
  while (index < recording->file_count
         && (recording->files[index].device != device || recording->files[index].node != node)) {
    index++;
  }
  if (index < recording->file_count) {
    if (is_new) recording->files[index].number = recording->next_number++;
    return recording->files[index].number;
  }
  if (recording->file_count == recording->file_capacity) {
    recording->file_capacity = recording->file_capacity ? 2 * recording->file_capacity : 64;
    recording->files =
      checked(realloc(recording->files, (size_t)recording->file_capacity * sizeof(known_file)));
  }
  recording->files[recording->file_count++] =
    (known_file){device, node, recording->next_number};
  return recording->next_number++;
}

/// Whether this call is one that fails; sets `errno`.
static bool fails(call_recording *recording, int32_t kind) {
  if ((recording->failing_kinds & kind) == 0) return false;
  int64_t call = recording->calls++;
  bool is_chosen = recording->fails_for_good
    ? call >= recording->first_failing : call == recording->first_failing;
  if (is_chosen) errno = recording->error;
  return is_chosen;
}

// Whose calls they are.

/// The path of a name, below the folder of the recording it belongs to; NULL where there is none.
static call_recording *recording_of_path(int folder, const char *name, char path[PATH_MAX]) {
  if (__atomic_load_n(&recording_count, __ATOMIC_ACQUIRE) == 0 || name == NULL) return NULL;
  char whole[2 * PATH_MAX];
  if (name[0] == '/') {
    if (strlen(name) >= PATH_MAX) return NULL;
    strcpy(whole, name);
  } else {
    if (folder == AT_FDCWD || strlen(name) >= PATH_MAX) return NULL;
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    ssize_t length = readlink(link, whole, PATH_MAX - 1);
    if (length <= 0) return NULL;
    whole[length] = 0;
    if (strcmp(name, ".") != 0) {
      whole[length] = '/';
      strcpy(whole + length + 1, name);
    }
  }
  size_t length = strlen(whole);
  while (length > 1 && whole[length - 1] == '/') whole[--length] = 0;
  for (int index = 0; index < MAXIMUM_RECORDINGS; index++) {
    call_recording *recording = recordings[index];
    if (recording == NULL || length < recording->folder_length
        || length - recording->folder_length >= PATH_MAX
        || memcmp(whole, recording->folder, recording->folder_length) != 0) {
      continue;
    }
    char after = whole[recording->folder_length];
    if (after != 0 && after != '/') continue;
    strcpy(path, after == 0 ? "" : whole + recording->folder_length + 1);
    return recording;
  }
  return NULL;
}

static bool may_be_ours(int descriptor) {
  return descriptor >= 0 && descriptor < MAXIMUM_DESCRIPTORS
    && __atomic_load_n(&descriptors[descriptor].recording, __ATOMIC_ACQUIRE) != NULL;
}

static void forget(int descriptor) {
  free(descriptors[descriptor].path);
  descriptors[descriptor].path = NULL;
  __atomic_store_n(&descriptors[descriptor].recording, NULL, __ATOMIC_RELEASE);
}

/// What a descriptor stands for, if it is still the same file: some are closed behind our back.
static open_file *entry_of(int descriptor) {
  if (!may_be_ours(descriptor)) return NULL;
  open_file *entry = &descriptors[descriptor];
  struct stat status;
  if (fstat(descriptor, &status) != 0 || status.st_dev != entry->device
      || status.st_ino != entry->node) {
    forget(descriptor);
    return NULL;
  }
  return entry;
}

// The calls.

bool calls_are_seen(void) { return true; }

static int opened(int folder, const char *name, int flags, mode_t mode) {
  if (__atomic_load_n(&recording_count, __ATOMIC_ACQUIRE) == 0) {
    return (int)syscall(SYS_openat, folder, name, flags, mode);
  }
  pthread_mutex_lock(&mutex);
  char path[PATH_MAX];
  call_recording *recording = recording_of_path(folder, name, path);
  int result = -1;
  bool was_there = false;
  if (recording == NULL) {
    pthread_mutex_unlock(&mutex);
    return (int)syscall(SYS_openat, folder, name, flags, mode);
  }
  struct stat status;
  was_there = fstatat(folder, name, &status, 0) == 0;
  // Where no descriptor is left, or a disk cannot be read, no folder opens either; the other
  // errors are of making or changing a file.
  bool changes = (flags & (O_WRONLY | O_RDWR | O_CREAT)) != 0;
  bool is_hit = (changes || recording->error == EMFILE || recording->error == EIO)
    && fails(recording, CALL_OPEN);
  if (!is_hit) result = (int)syscall(SYS_openat, folder, name, flags, mode);
  int error = errno;
  if (result >= 0 && result < MAXIMUM_DESCRIPTORS && fstat(result, &status) == 0) {
    if (may_be_ours(result)) forget(result);
    open_file *entry = &descriptors[result];
    entry->device = status.st_dev;
    entry->node = status.st_ino;
    entry->is_folder = S_ISDIR(status.st_mode);
    entry->path = copied(path);
    __atomic_store_n(&entry->recording, recording, __ATOMIC_RELEASE);
    if (S_ISREG(status.st_mode)) {
      int64_t number = number_of(recording, status.st_dev, status.st_ino, !was_there);
      note(recording, was_there ? CALL_OPEN : CALL_CREATE, number, 0, NULL, 0, path, NULL);
      if (was_there && (flags & O_TRUNC) && changes) {
        note(recording, CALL_TRUNCATE, number, 0, NULL, 0, NULL, NULL);
      }
    }
  }
  pthread_mutex_unlock(&mutex);
  errno = error;
  return result;
}

#define MODE(flags) \
  mode_t mode = 0; \
  if ((flags) & (O_CREAT | __O_TMPFILE)) { \
    va_list rest; \
    va_start(rest, flags); \
    mode = va_arg(rest, mode_t); \
    va_end(rest); \
  }

int open(const char *name, int flags, ...) {
  MODE(flags)
  return opened(AT_FDCWD, name, flags, mode);
}

int open64(const char *name, int flags, ...) {
  MODE(flags)
  return opened(AT_FDCWD, name, flags | O_LARGEFILE, mode);
}

int openat(int folder, const char *name, int flags, ...) {
  MODE(flags)
  return opened(folder, name, flags, mode);
}

int openat64(int folder, const char *name, int flags, ...) {
  MODE(flags)
  return opened(folder, name, flags | O_LARGEFILE, mode);
}

int close(int descriptor) {
  if (may_be_ours(descriptor)) {
    pthread_mutex_lock(&mutex);
    if (may_be_ours(descriptor)) forget(descriptor);
    pthread_mutex_unlock(&mutex);
  }
  return (int)syscall(SYS_close, descriptor);
}

static ssize_t written(int descriptor, const void *bytes, size_t count, off_t position) {
  if (may_be_ours(descriptor)) {
    pthread_mutex_lock(&mutex);
    open_file *entry = entry_of(descriptor);
    if (entry != NULL && !entry->is_folder) {
      call_recording *recording = entry->recording;
      ssize_t result = -1;
      if (!fails(recording, CALL_WRITE)) {
        off_t start = position < 0 ? lseek(descriptor, 0, SEEK_CUR) : position;
        result = position < 0 ? syscall(SYS_write, descriptor, bytes, count)
          : syscall(SYS_pwrite64, descriptor, bytes, count, position);
        int error = errno;
        if (result > 0) {
          int64_t number = number_of(recording, entry->device, entry->node, false);
          note(recording, CALL_WRITE, number, start, bytes, result, NULL, NULL);
        }
        errno = error;
      }
      pthread_mutex_unlock(&mutex);
      return result;
    }
    pthread_mutex_unlock(&mutex);
  }
  return position < 0 ? syscall(SYS_write, descriptor, bytes, count)
    : syscall(SYS_pwrite64, descriptor, bytes, count, position);
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
  return written(descriptor, bytes, count, -1);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t position) {
  return written(descriptor, bytes, count, position);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t position) {
  return written(descriptor, bytes, count, position);
}

/// Whether a call on an open file is one that fails.
static bool is_hit(int descriptor, int32_t kind) {
  if (!may_be_ours(descriptor)) return false;
  pthread_mutex_lock(&mutex);
  open_file *entry = entry_of(descriptor);
  bool hit = entry != NULL && !entry->is_folder && fails(entry->recording, kind);
  pthread_mutex_unlock(&mutex);
  return hit;
}

ssize_t read(int descriptor, void *bytes, size_t count) {
  return is_hit(descriptor, CALL_READ) ? -1 : syscall(SYS_read, descriptor, bytes, count);
}

static ssize_t read_at(int descriptor, void *bytes, size_t count, off_t position) {
  return is_hit(descriptor, CALL_READ)
    ? -1 : syscall(SYS_pread64, descriptor, bytes, count, position);
}

ssize_t pread(int descriptor, void *bytes, size_t count, off_t position) {
  return read_at(descriptor, bytes, count, position);
}

ssize_t pread64(int descriptor, void *bytes, size_t count, off64_t position) {
  return read_at(descriptor, bytes, count, position);
}

/// A call on an open file that takes no bytes: truncating it, or flushing it.
static int changed(int descriptor, int32_t kind, long call, off_t length) {
  if (may_be_ours(descriptor)) {
    pthread_mutex_lock(&mutex);
    open_file *entry = entry_of(descriptor);
    if (entry != NULL) {
      call_recording *recording = entry->recording;
      if (entry->is_folder) kind = CALL_FLUSH_FOLDER;
      int result = -1;
      if (!fails(recording, kind)) {
        result = (int)syscall(call, descriptor, length);
        int error = errno;
        if (result == 0) {
          int64_t number =
            entry->is_folder ? 0 : number_of(recording, entry->device, entry->node, false);
          note(recording, kind, number, length, NULL, 0, entry->path, NULL);
        }
        errno = error;
      }
      pthread_mutex_unlock(&mutex);
      return result;
    }
    pthread_mutex_unlock(&mutex);
  }
  return (int)syscall(call, descriptor, length);
}

int ftruncate(int descriptor, off_t length) {
  return changed(descriptor, CALL_TRUNCATE, SYS_ftruncate, length);
}

int ftruncate64(int descriptor, off64_t length) {
  return changed(descriptor, CALL_TRUNCATE, SYS_ftruncate, length);
}

int fsync(int descriptor) { return changed(descriptor, CALL_FLUSH, SYS_fsync, 0); }

int fdatasync(int descriptor) { return changed(descriptor, CALL_FLUSH, SYS_fdatasync, 0); }

// Names. Each call is made while nobody else's is, so that the record is in the order of the calls.

#define NAMED(folder, name, kind, target, call) \
  do { \
    char path[PATH_MAX]; \
    if (__atomic_load_n(&recording_count, __ATOMIC_ACQUIRE) == 0) return (int)(call); \
    pthread_mutex_lock(&mutex); \
    call_recording *recording = recording_of_path(folder, name, path); \
    int result = -1; \
    if (recording == NULL || !fails(recording, kind)) { \
      result = (int)(call); \
      int error = errno; \
      if (recording != NULL && result == 0) { \
        note(recording, kind, 0, 0, NULL, 0, path, target); \
      } \
      errno = error; \
    } \
    pthread_mutex_unlock(&mutex); \
    return result; \
  } while (0)

/// The second name of a call that has two, below the same folder; itself where it lies elsewhere.
static const char *second(int folder, const char *name, char path[PATH_MAX]) {
  return recording_of_path(folder, name, path) == NULL ? name : path;
}

int renameat(int from_folder, const char *from, int to_folder, const char *to) {
  char target[PATH_MAX];
  NAMED(from_folder, from, CALL_RENAME, second(to_folder, to, target),
        syscall(SYS_renameat2, from_folder, from, to_folder, to, 0));
}

int rename(const char *from, const char *to) { return renameat(AT_FDCWD, from, AT_FDCWD, to); }

int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags) {
  char target[PATH_MAX];
  NAMED(from_folder, from, CALL_LINK, second(to_folder, to, target),
        syscall(SYS_linkat, from_folder, from, to_folder, to, flags));
}

int link(const char *from, const char *to) { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }

int unlinkat(int folder, const char *name, int flags) {
  int32_t kind = flags & AT_REMOVEDIR ? CALL_REMOVE_FOLDER : CALL_REMOVE;
  NAMED(folder, name, kind, NULL, syscall(SYS_unlinkat, folder, name, flags));
}

int unlink(const char *name) { return unlinkat(AT_FDCWD, name, 0); }

int rmdir(const char *name) { return unlinkat(AT_FDCWD, name, AT_REMOVEDIR); }

int mkdirat(int folder, const char *name, mode_t mode) {
  NAMED(folder, name, CALL_MAKE_FOLDER, NULL, syscall(SYS_mkdirat, folder, name, mode));
}

int mkdir(const char *name, mode_t mode) { return mkdirat(AT_FDCWD, name, mode); }

// Recordings.

call_recording *calls_record(const char *folder) {
  call_recording *recording = checked(calloc(1, sizeof(call_recording)));
  recording->folder = copied(folder);
  recording->folder_length = strlen(folder);
  pthread_mutex_lock(&mutex);
  int index = 0;
  while (index < MAXIMUM_RECORDINGS && recordings[index] != NULL) index++;
  if (index < MAXIMUM_RECORDINGS) {
    recordings[index] = recording;
    __atomic_add_fetch(&recording_count, 1, __ATOMIC_ACQ_REL);
  }
  pthread_mutex_unlock(&mutex);
  if (index < MAXIMUM_RECORDINGS) return recording;
  calls_free(recording);
  return NULL;
}

void calls_stop(call_recording *recording) {
  pthread_mutex_lock(&mutex);
  recording->is_stopped = true;
  recording->failing_kinds = 0;
  for (int index = 0; index < MAXIMUM_RECORDINGS; index++) {
    if (recordings[index] != recording) continue;
    recordings[index] = NULL;
    __atomic_sub_fetch(&recording_count, 1, __ATOMIC_ACQ_REL);
  }
  for (int descriptor = 0; descriptor < MAXIMUM_DESCRIPTORS; descriptor++) {
    if (descriptors[descriptor].recording == recording) forget(descriptor);
  }
  pthread_mutex_unlock(&mutex);
}

void calls_free(call_recording *recording) {
  calls_stop(recording);
  for (int64_t index = 0; index < recording->count; index++) {
    free((void *)recording->events[index].bytes);
    free((void *)recording->events[index].path);
    free((void *)recording->events[index].target);
  }
  free(recording->events);
  free(recording->files);
  free(recording->folder);
  free(recording);
}

void calls_mark(call_recording *recording, int64_t value) {
  pthread_mutex_lock(&mutex);
  note(recording, CALL_MARK, 0, value, NULL, 0, NULL, NULL);
  pthread_mutex_unlock(&mutex);
}

int64_t calls_count(const call_recording *recording) { return recording->count; }

call_event calls_event(const call_recording *recording, int64_t index) {
  return recording->events[index];
}

void calls_fail(
  call_recording *recording, int32_t kinds, int64_t first, int32_t error, bool for_good
) {
  pthread_mutex_lock(&mutex);
  recording->failing_kinds = kinds;
  recording->first_failing = first;
  recording->error = error;
  recording->fails_for_good = for_good;
  recording->calls = 0;
  pthread_mutex_unlock(&mutex);
}

int64_t calls_heal(call_recording *recording) {
  pthread_mutex_lock(&mutex);
  recording->failing_kinds = 0;
  int64_t calls = recording->calls;
  pthread_mutex_unlock(&mutex);
  return calls;
}

#else

bool calls_are_seen(void) { return false; }
call_recording *calls_record(const char *folder) { return 0; }
void calls_stop(call_recording *recording) {}
void calls_free(call_recording *recording) {}
void calls_mark(call_recording *recording, int64_t value) {}
int64_t calls_count(const call_recording *recording) { return 0; }
call_event calls_event(const call_recording *recording, int64_t index) {
  return (call_event){0};
}
void calls_fail(
  call_recording *recording, int32_t kinds, int64_t first, int32_t error, bool for_good) {}
int64_t calls_heal(call_recording *recording) { return 0; }

#endif
