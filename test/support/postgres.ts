/**
 * A PostgreSQL server of one's own: started in a temporary folder, listening on a socket there and nowhere else.
 *
 * The server refuses to run as root, so as root it runs as `nobody`. Nothing of it is flushed to disk: a test asks what
 * is kept when programs are killed, not when the power goes.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

const versions = '/usr/lib/postgresql';

/** Debian keeps each version's programs in a folder of its own. */
function programs(): string | undefined {
  if (!existsSync(versions)) return undefined;
  const [newest] = readdirSync(versions).sort((a, b) => Number(b) - Number(a));
  const folder = join(versions, newest ?? '', 'bin');
  return existsSync(join(folder, 'initdb')) ? folder : undefined;
}

/** Why tests with a server are left out; under CI they may not be. */
export const postgresOptions = {
  skip: programs() || process.env.CI === 'true' ? false : 'postgresql is not installed',
};

export interface PostgresServer {
  /** Location of a database with that name, which is made empty or as a copy of another one that nobody uses. */
  makeDatabase(name: string, template?: string): Promise<string>;
  dropDatabase(name: string): Promise<void>;
  /** Location of a database without making it. */
  locate(name: string): string;
  readonly folder: string;
  /** Makes a folder the server's own. */
  own(folder: string): void;
  /** Runs SQL that gives nothing. */
  tell(sql: string): Promise<void>;
  /** Process id of the server. */
  readonly pid: number;
  stop(): void;
}

export interface ReplicaServer extends PostgresServer {
  /** Makes it a server of its own, which can be written. */
  promote(): void;
}

/** @param settings lines of postgresql.conf */
export async function startPostgres(settings: readonly string[] = []): Promise<PostgresServer> {
  const place = makePlace();
  place.run(
    'initdb',
    ...['-D', place.data, '-U', 'patchtrail', '--auth=trust', '--encoding=UTF8', '--no-locale', '--no-sync'],
  );
  return start(place, settings);
}

/** A server that follows another one: a copy of it, read only until it is promoted. */
export async function startReplica(primary: PostgresServer, name: string): Promise<ReplicaServer> {
  const place = makePlace();
  place.run(
    'pg_basebackup',
    ...[
      '-D',
      place.data,
      '-h',
      primary.folder,
      '-U',
      'patchtrail',
      '-X',
      'stream',
      '-c',
      'fast',
      '--no-sync',
    ],
    ...['-R', '-d', `application_name=${name}`],
  );
  const server = await start(place, []);
  return {
    ...server,
    promote: () => place.run('pg_ctl', '-D', place.data, '-w', 'promote'),
  };
}

/** A folder of one's own, and Debian's programs run in it as somebody whom the server accepts. */
function makePlace() {
  const bin = programs();
  if (!bin) throw new Error('postgresql is not installed');
  const folder = mkdtempSync(join(tmpdir(), 'patchtrail-pg-'));
  const owner = process.getuid?.() === 0 ? nobody() : undefined;
  if (owner) chownSync(folder, owner.uid, owner.gid);
  chmodSync(folder, 0o755);
  const how = { stdio: 'ignore', cwd: folder, ...owner } as const;
  return {
    folder,
    data: join(folder, 'data'),
    own: (other: string) => {
      if (owner) chownSync(other, owner.uid, owner.gid);
    },
    run: (program: string, ...args: string[]) => void execFileSync(join(bin, program), args, how),
    end: (...args: string[]) => {
      spawnSync(join(bin, 'pg_ctl'), args, how);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function start(
  { folder, data, own, run, end }: ReturnType<typeof makePlace>,
  settings: readonly string[],
): Promise<PostgresServer> {
  const options = ['fsync=off', 'max_connections=60', "listen_addresses=''", ...settings];
  const asked = options.map((option) => `-c ${option}`).join(' ');
  run('pg_ctl', '-D', data, '-w', '-l', join(folder, 'log'), '-o', `-k ${folder} ${asked}`, 'start');
  const locate = (name: string) => locationIn(folder, name);
  const tell = async (sql: string) => {
    const client = new pg.Client(locate('postgres'));
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  return {
    folder,
    pid: Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]),
    own,
    locate,
    tell,
    makeDatabase: async (name, template = 'template1') => {
      await tell(`CREATE DATABASE ${name} TEMPLATE ${template}`);
      return locate(name);
    },
    dropDatabase: (name) => tell(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
    stop: () => end('-D', data, '-m', 'immediate', '-w', 'stop'),
  };
}

/** Location of a database of the server whose socket is in that folder. */
export function locationIn(folder: string, name: string): string {
  return `postgres://patchtrail@localhost/${name}?host=${encodeURIComponent(folder)}`;
}

function nobody(): { uid: number; gid: number } {
  const id = (which: string) => Number(execFileSync('id', [which, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
