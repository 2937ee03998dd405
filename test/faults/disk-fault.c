/*
 * Disk fault: lets one call on one file fail, as a bad disk would. Loaded before libc by LD_PRELOAD.
 *
 * DISK_FAULT_PATH  part of the file's path        DISK_FAULT_KIND   read, write or sync
 * DISK_FAULT_AT    the how manieth such call      DISK_FAULT_ERRNO  what it fails with
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_long calls;

static int fails(int fd, const char *kind)
{
	const char *path = getenv("DISK_FAULT_PATH");
	const char *wanted = getenv("DISK_FAULT_KIND");
	char link[64], name[4096];
	ssize_t length;

	if (!path || !wanted || strcmp(wanted, kind) != 0)
		return 0;
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	length = readlink(link, name, sizeof(name) - 1);
	if (length < 0)
		return 0;
	name[length] = '\0';
	if (!strstr(name, path) || atomic_fetch_add(&calls, 1) + 1 != atol(getenv("DISK_FAULT_AT")))
		return 0;
	errno = atoi(getenv("DISK_FAULT_ERRNO"));
	return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t read(int fd, void *to, size_t size)
{
	return fails(fd, "read") ? -1 : REAL(read)(fd, to, size);
}

ssize_t pread(int fd, void *to, size_t size, off_t at)
{
	return fails(fd, "read") ? -1 : REAL(pread)(fd, to, size, at);
}

ssize_t pread64(int fd, void *to, size_t size, off64_t at)
{
	return fails(fd, "read") ? -1 : REAL(pread64)(fd, to, size, at);
}

ssize_t preadv(int fd, const struct iovec *to, int count, off_t at)
{
	return fails(fd, "read") ? -1 : REAL(preadv)(fd, to, count, at);
}

ssize_t preadv64(int fd, const struct iovec *to, int count, off64_t at)
{
	return fails(fd, "read") ? -1 : REAL(preadv64)(fd, to, count, at);
}

ssize_t write(int fd, const void *from, size_t size)
{
	return fails(fd, "write") ? -1 : REAL(write)(fd, from, size);
}

ssize_t pwrite(int fd, const void *from, size_t size, off_t at)
{
	return fails(fd, "write") ? -1 : REAL(pwrite)(fd, from, size, at);
}

ssize_t pwrite64(int fd, const void *from, size_t size, off64_t at)
{
	return fails(fd, "write") ? -1 : REAL(pwrite64)(fd, from, size, at);
}

int ftruncate(int fd, off_t size)
{
	return fails(fd, "write") ? -1 : REAL(ftruncate)(fd, size);
}

int ftruncate64(int fd, off64_t size)
{
	return fails(fd, "write") ? -1 : REAL(ftruncate64)(fd, size);
}

int fsync(int fd)
{
	return fails(fd, "sync") ? -1 : REAL(fsync)(fd);
}

int fdatasync(int fd)
{
	return fails(fd, "sync") ? -1 : REAL(fdatasync)(fd);
}
