/**
 * Debian packages: programs that tests run against, installed where that is possible.
 *
 * As root on Debian the missing ones are fetched; elsewhere they are named, with the tests that go without. A machine
 * that cannot fetch them still runs all other tests: each test that lacks a program skips itself with its name.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** One row a package: a file or command that shows it is there, and who needs it. */
const rows = [
  { name: 'git', shows: 'git', tests: 'test/source, test/patch' },
  { name: 'bzip2', shows: 'bzip2', tests: 'test/source (compressed files)' },
  { name: 'xz-utils', shows: 'xz', tests: 'test/source (compressed files)' },
  { name: 'zstd', shows: 'zstd', tests: 'test/source (compressed files)' },
  { name: 'gcc', shows: 'cc', tests: 'test/native' },
  { name: 'libc6-dev', shows: '/usr/include/stdio.h', tests: 'test/native' },
  { name: 'make', shows: 'make', tests: 'test/native' },
  { name: 'cppcheck', shows: 'cppcheck', tests: 'test/native (analysis)' },
  { name: 'qemu-system-x86', shows: 'qemu-system-x86_64', tests: 'test/native (booted kernels)' },
  { name: 'chromium', shows: 'chromium', tests: 'test/web' },
  { name: 'dovecot-imapd', shows: '/usr/sbin/dovecot', tests: 'test/source (IMAP)' },
  { name: 'public-inbox', shows: 'public-inbox-init', tests: 'test/source (public-inbox), test/clients' },
  { name: 'libsearch-xapian-perl', shows: '/usr/share/doc/libsearch-xapian-perl', tests: 'test/clients' },
  { name: 'b4', shows: 'b4', tests: 'test/clients' },
  { name: 'lei', shows: 'lei', tests: 'test/clients' },
  { name: 'curl', shows: 'curl', tests: 'test/clients' },
  { name: 'python3-feedparser', shows: '/usr/share/doc/python3-feedparser', tests: 'test/clients (feeds)' },
  { name: 'postgresql', shows: '/usr/share/doc/postgresql', tests: 'test/store (PostgreSQL)' },
  { name: 'git-pw', shows: 'git-pw', tests: 'test/clients (Patchwork)' },
];

/** Looks along PATH, or at the file itself. */
function isThere(shows) {
  if (shows.startsWith('/')) return existsSync(shows);
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, shows)));
}

/** Installs what is missing where it may; `say` gets what was done and what is left out. */
export function provideDebianPackages(say) {
  let missing = rows.filter((row) => !isThere(row.shows));
  if (missing.length > 0 && process.getuid?.() === 0 && isThere('apt-get')) {
    say(`installing ${missing.map((row) => row.name).join(' ')}`);
    aptGet('update', '-q');
    const done = aptGet('install', '-q', '-y', '--no-install-recommends', ...missing.map((row) => row.name));
    if (done.status !== 0) say(`apt-get failed:\n${done.stderr}`);
    missing = rows.filter((row) => !isThere(row.shows));
  }
  for (const { name, tests } of missing) say(`${name} is not installed: left out of ${tests}`);
}

function aptGet(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync('apt-get', args, { encoding: 'utf8', env, stdio: ['ignore', 'ignore', 'pipe'] });
}
