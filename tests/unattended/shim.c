/* Stands between a program and the C library (LD_PRELOAD), counts the calls that write, and at one of them does what was
 * asked for: kills, terminates, lets the disk be full from there on, fails a rename.
 *
 * Files only where they are regular, sockets only where they lead to another program over IP: pipes, terminals and
 * /dev/null are nobody's record. What is armed in a process is inherited by what it forks.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { OFF, COUNT, KILL, TERM, FULL, IO_ERROR, NO_ACCESS, TORN };

static _Atomic int mode = OFF;
static _Atomic long calls, at;
static int told = -1; /* a line for each call goes here */

void arm(int new_mode, long new_at, int new_told) {
  calls = 0;
  at = new_at;
  told = new_told;
  mode = new_mode;
}

long counted(void) { return calls; }

static void end_here(void) {
  syscall(SYS_kill, (long)getpid(), (long)SIGKILL);
  for (;;) pause();
}

static void tell(const char *kind, const char *path) {
  char line[600];
  int length = snprintf(line, sizeof line, "%s %s\n", kind, path);
  if (length > (int)sizeof line - 1) length = sizeof line - 1;
  syscall(SYS_write, (long)told, line, (long)length);
}

static void tell_fd(const char *kind, int fd) {
  char link[40], path[500];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  long length = syscall(SYS_readlinkat, (long)AT_FDCWD, link, path, (long)sizeof path - 1);
  path[length > 0 ? length : 0] = 0;
  tell(kind, path);
}

/* One more call; gives the error that it is to fail with, 0 where it goes through. `grows`: it needs room on the disk.
 * -1: it is to be done by half, and that is the end. */
static int next(int grows, int is_rename, int halves) {
  long number = ++calls;
  if (mode == FULL) return number >= at && grows ? ENOSPC : 0;
  if (number != at) return 0;
  switch (mode) {
    case KILL: end_here(); return 0;
    case TORN: if (halves) return -1; end_here(); return 0;
    case TERM: syscall(SYS_kill, (long)getpid(), (long)SIGTERM); return 0;
    case IO_ERROR: return is_rename ? EIO : 0;
    case NO_ACCESS: return is_rename ? EACCES : 0;
  }
  return 0;
}

static int is_file(int fd) {
  struct stat found;
  int before = errno, is = fstat(fd, &found) == 0 && S_ISREG(found.st_mode);
  errno = before;
  return is;
}

static int is_wire(int fd) {
  struct sockaddr_storage name;
  socklen_t size = sizeof name;
  int before = errno, is = getsockname(fd, (struct sockaddr *)&name, &size) == 0 && name.ss_family != AF_UNIX;
  errno = before;
  return is;
}

static int is_there(int folder, const char *path) {
  int before = errno, is = faccessat(folder, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
  errno = before;
  return is;
}

#define REAL(type, name, ...) \
  static type (*real)(__VA_ARGS__); \
  if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

#define FAIL_WITH(code) do { if ((code) > 0) { errno = (code); return -1; } } while (0)

/* A call on a descriptor: `part` is the call with half of what it was to write. */
#define ON_FD(which, kind, fd, grows, halves, part) \
  if (mode != OFF && which(fd)) { \
    if (told >= 0) tell_fd(kind, fd); \
    int code = next(grows, 0, halves); \
    if (code < 0) { part; end_here(); } \
    FAIL_WITH(code); \
  }

#define ON_PATH(kind, path, grows, is_rename) \
  if (mode != OFF) { \
    if (told >= 0) tell(kind, path); \
    int code = next(grows, is_rename, 0); \
    FAIL_WITH(code); \
  }

ssize_t write(int fd, const void *data, size_t size) {
  REAL(ssize_t, write, int, const void *, size_t);
  ON_FD(is_file, "write", fd, 1, size > 1, real(fd, data, size / 2));
  return real(fd, data, size);
}

#define PWRITE(name) \
  ssize_t name(int fd, const void *data, size_t size, off_t place) { \
    REAL(ssize_t, name, int, const void *, size_t, off_t); \
    ON_FD(is_file, "pwrite", fd, 1, size > 1, real(fd, data, size / 2, place)); \
    return real(fd, data, size, place); \
  }
PWRITE(pwrite)
PWRITE(pwrite64)

#define SYNC(name) \
  int name(int fd) { \
    REAL(int, name, int); \
    ON_FD(is_file, #name, fd, 0, 0, (void)0); \
    return real(fd); \
  }
SYNC(fsync)
SYNC(fdatasync)

#define TRUNCATE(name) \
  int name(int fd, off_t size) { \
    REAL(int, name, int, off_t); \
    ON_FD(is_file, "ftruncate", fd, 0, 0, (void)0); \
    return real(fd, size); \
  }
TRUNCATE(ftruncate)
TRUNCATE(ftruncate64)

#define SENDFILE(name) \
  ssize_t name(int out, int in, off_t *place, size_t size) { \
    REAL(ssize_t, name, int, int, off_t *, size_t); \
    ON_FD(is_file, "sendfile", out, 1, 0, (void)0); \
    return real(out, in, place, size); \
  }
SENDFILE(sendfile)
SENDFILE(sendfile64)

ssize_t copy_file_range(int in, off_t *from, int out, off_t *to, size_t size, unsigned flags) {
  REAL(ssize_t, copy_file_range, int, off_t *, int, off_t *, size_t, unsigned);
  ON_FD(is_file, "copy_file_range", out, 1, 0, (void)0);
  return real(in, from, out, to, size, flags);
}

int rename(const char *from, const char *to) {
  REAL(int, rename, const char *, const char *);
  ON_PATH("rename", to, 0, 1);
  return real(from, to);
}

int renameat(int from_folder, const char *from, int to_folder, const char *to) {
  REAL(int, renameat, int, const char *, int, const char *);
  ON_PATH("rename", to, 0, 1);
  return real(from_folder, from, to_folder, to);
}

int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags) {
  REAL(int, renameat2, int, const char *, int, const char *, unsigned);
  ON_PATH("rename", to, 0, 1);
  return real(from_folder, from, to_folder, to, flags);
}

int link(const char *from, const char *to) {
  REAL(int, link, const char *, const char *);
  ON_PATH("link", to, 1, 1);
  return real(from, to);
}

int unlink(const char *path) {
  REAL(int, unlink, const char *);
  ON_PATH("unlink", path, 0, 0);
  return real(path);
}

int unlinkat(int folder, const char *path, int flags) {
  REAL(int, unlinkat, int, const char *, int);
  ON_PATH("unlink", path, 0, 0);
  return real(folder, path, flags);
}

int rmdir(const char *path) {
  REAL(int, rmdir, const char *);
  ON_PATH("rmdir", path, 0, 0);
  return real(path);
}

int mkdir(const char *path, mode_t bits) {
  REAL(int, mkdir, const char *, mode_t);
  if (mode != OFF && !is_there(AT_FDCWD, path)) ON_PATH("mkdir", path, 1, 0);
  return real(path, bits);
}

int mkdirat(int folder, const char *path, mode_t bits) {
  REAL(int, mkdirat, int, const char *, mode_t);
  if (mode != OFF && !is_there(folder, path)) ON_PATH("mkdir", path, 1, 0);
  return real(folder, path, bits);
}

int chmod(const char *path, mode_t bits) {
  REAL(int, chmod, const char *, mode_t);
  ON_PATH("chmod", path, 0, 0);
  return real(path, bits);
}

int fchmod(int fd, mode_t bits) {
  REAL(int, fchmod, int, mode_t);
  ON_FD(is_file, "fchmod", fd, 0, 0, (void)0);
  return real(fd, bits);
}

/* What is there already is opened and not made: that needs no room, and is no point unless it is emptied. */
static int makes(int folder, const char *path, int flags) {
  return (flags & O_CREAT && !is_there(folder, path)) || flags & O_TRUNC;
}

#define BITS(flags, last) \
  mode_t bits = 0; \
  if (flags & (O_CREAT | O_TMPFILE)) { \
    va_list rest; \
    va_start(rest, last); \
    bits = va_arg(rest, mode_t); \
    va_end(rest); \
  }

#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    REAL(int, name, const char *, int, ...); \
    BITS(flags, flags) \
    if (mode != OFF && flags & (O_CREAT | O_TRUNC) && makes(AT_FDCWD, path, flags)) ON_PATH("open", path, 1, 0); \
    return real(path, flags, bits); \
  }
OPEN(open)
OPEN(open64)

#define OPENAT(name) \
  int name(int folder, const char *path, int flags, ...) { \
    REAL(int, name, int, const char *, int, ...); \
    BITS(flags, flags) \
    if (mode != OFF && flags & (O_CREAT | O_TRUNC) && makes(folder, path, flags)) ON_PATH("open", path, 1, 0); \
    return real(folder, path, flags, bits); \
  }
OPENAT(openat)
OPENAT(openat64)

ssize_t send(int fd, const void *data, size_t size, int flags) {
  REAL(ssize_t, send, int, const void *, size_t, int);
  ON_FD(is_wire, "send", fd, 0, size > 1, real(fd, data, size / 2, flags));
  return real(fd, data, size, flags);
}

ssize_t sendto(int fd, const void *data, size_t size, int flags, const struct sockaddr *to, socklen_t length) {
  REAL(ssize_t, sendto, int, const void *, size_t, int, const struct sockaddr *, socklen_t);
  ON_FD(is_wire, "send", fd, 0, size > 1, real(fd, data, size / 2, flags, to, length));
  return real(fd, data, size, flags, to, length);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
  REAL(ssize_t, sendmsg, int, const struct msghdr *, int);
  ON_FD(is_wire, "send", fd, 0, 0, (void)0);
  return real(fd, message, flags);
}
