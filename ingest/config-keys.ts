/**
 * Configuration keys: what patchtrail.toml and the environment may say, each once, with its check and its help.
 *
 * The schema, the environment's variables and the table in README.md are made from this table. Reading them: ./config.ts
 */
import { z } from 'zod';

/** A source to pull. */
export interface SourceConfig {
  readonly location: string;
  /** The list its mails belong to; empty: their headers, or the name of the file, decide. */
  readonly list: string;
  /** Prints the password of an IMAP source; empty: PATCHTRAIL_IMAP_PASSWORD holds it. */
  readonly passwordCommand: string;
  /** A file that holds it. */
  readonly passwordFile?: string;
  /** Prints an OAuth2 token, for servers that take no password. */
  readonly tokenCommand?: string;
  /** Certificates that vouch for an IMAP server of one's own. */
  readonly certificateFile?: string;
}

/** A git repository in which landed commits are looked for. */
export interface RepositoryConfig {
  readonly path: string;
  readonly tree: string;
}

/** Who may change state through the server; only the hash of a token is ever kept. */
export interface TokenConfig {
  readonly name: string;
  readonly sha256: string;
}

export interface Config {
  readonly store: string;
  /** PostgreSQL servers that follow the store's, to read from. */
  readonly replicas: readonly string[];
  readonly host: string;
  readonly port: number;
  /** Where people reach the server; empty: the address it listens on. */
  readonly url: string;
  readonly me: string;
  /** Mail server that `digest --send` uses, such as smtp://name@mail.example.org:587; empty: none. */
  readonly smtp: string;
  readonly mailFrom: string;
  readonly watchSeconds: number;
  readonly sources: readonly SourceConfig[];
  readonly repositories: readonly RepositoryConfig[];
  /** Kernel releases to show beside those of mail and reports, such as `5.10.200` or a vendor's. */
  readonly kernels: readonly string[];
  readonly tokens: readonly TokenConfig[];
  /** Lists that only users with a role on them may read. */
  readonly privateLists: readonly string[];
  /** Header in which a proxy says who asks; empty: none does. */
  readonly userHeader: string;
  /** Addresses of proxies that may say who asks and from where; this machine's own are among them. */
  readonly proxies: readonly string[];
  /** Requests a minute by one reader; 0: any number. */
  readonly requestsPerMinute: number;
  /** Origins whose pages may use the API. */
  readonly corsOrigins: readonly string[];
}

interface ConfigKey {
  readonly name: keyof Config;
  readonly variable: string;
  readonly schema: z.ZodType;
  readonly initial: unknown;
  /** For the table of keys in README.md. */
  readonly help: string;
}

const source = z.strictObject({
  location: z.string().min(1),
  list: z.string().default(''),
  passwordCommand: z.string().default(''),
  passwordFile: z.string().min(1).exactOptional(),
  tokenCommand: z.string().min(1).exactOptional(),
  certificateFile: z.string().min(1).exactOptional(),
});
const repository = z.strictObject({ path: z.string().min(1), tree: z.string().default('') });
const token = z.strictObject({ name: z.string().min(1), sha256: z.string().regex(/^[0-9a-f]{64}$/) });

/** Every key, once: the schema, the environment and the documentation are made from this table. */
export const configKeys: readonly ConfigKey[] = [
  {
    name: 'store',
    variable: 'PATCHTRAIL_STORE',
    schema: z.string().min(1),
    initial: 'patchtrail.db',
    help: 'Path of the store, or postgres://...',
  },
  {
    name: 'replicas',
    variable: 'PATCHTRAIL_REPLICAS',
    schema: z.array(z.url({ protocol: /^postgres(ql)?$/ })),
    initial: [],
    help: 'Locations of PostgreSQL servers that follow the store, for a server to read from.',
  },
  {
    name: 'host',
    variable: 'PATCHTRAIL_HOST',
    schema: z.string().min(1),
    initial: '127.0.0.1',
    help: 'Address to listen on; loopback unless told otherwise.',
  },
  {
    name: 'port',
    variable: 'PATCHTRAIL_PORT',
    schema: z.int().min(0).max(65535),
    initial: 8420,
    help: 'Port to listen on; 0 takes a free one.',
  },
  {
    name: 'url',
    variable: 'PATCHTRAIL_URL',
    schema: z.union([z.literal(''), z.url()]),
    initial: '',
    help: 'Public address of the server, for links in feeds and exports.',
  },
  {
    name: 'me',
    variable: 'PATCHTRAIL_ME',
    schema: z.string(),
    initial: '',
    help: 'Your mail address: whose turn `queue` shows.',
  },
  {
    name: 'smtp',
    variable: 'PATCHTRAIL_SMTP',
    schema: z.union([z.literal(''), z.url({ protocol: /^smtps?$/ })]),
    initial: '',
    help: 'Mail server for `digest --send`: smtp://name@host:587 or smtps://name@host.',
  },
  {
    name: 'mailFrom',
    variable: 'PATCHTRAIL_MAIL_FROM',
    schema: z.string(),
    initial: '',
    help: 'Sender of what is mailed.',
  },
  {
    name: 'watchSeconds',
    variable: 'PATCHTRAIL_WATCH_SECONDS',
    schema: z.int().min(10).max(86_400),
    initial: 300,
    help: 'How often `serve --watch` looks at sources that cannot tell by themselves.',
  },
  {
    name: 'sources',
    variable: 'PATCHTRAIL_SOURCES',
    schema: z.array(source),
    initial: [],
    help: 'Tables [[sources]] with `location`, and where needed `list`, `passwordCommand`, `passwordFile`, `tokenCommand`, `certificateFile`.',
  },
  {
    name: 'repositories',
    variable: 'PATCHTRAIL_REPOSITORIES',
    schema: z.array(repository),
    initial: [],
    help: 'Tables [[repositories]] with `path` and `tree`: git repositories to look for commits in.',
  },
  {
    name: 'kernels',
    variable: 'PATCHTRAIL_KERNELS',
    schema: z.array(z.string().regex(/^v?\d{1,3}\.\d{1,4}[\w.+~-]{0,80}$/)),
    initial: [],
    help: 'Kernel releases to show beside those that mail and reports name, such as "6.1.90".',
  },
  {
    name: 'tokens',
    variable: 'PATCHTRAIL_TOKENS',
    schema: z.array(token),
    initial: [],
    help: 'Tables [[tokens]] with `name` and `sha256` of the token that may change state.',
  },
  {
    name: 'privateLists',
    variable: 'PATCHTRAIL_PRIVATE_LISTS',
    schema: z.array(z.string().min(1)),
    initial: [],
    help: 'Names of lists that only users with a role on them may read.',
  },
  {
    name: 'userHeader',
    variable: 'PATCHTRAIL_USER_HEADER',
    schema: z.string().regex(/^(?:[A-Za-z][A-Za-z0-9-]{0,60})?$/),
    initial: '',
    help: 'Header in which a proxy names the user that it let in.',
  },
  {
    name: 'proxies',
    variable: 'PATCHTRAIL_PROXIES',
    schema: z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])),
    initial: [],
    help: 'Addresses (192.0.2.7 or 10.1.0.0/16) of proxies that are believed; those of this machine always are.',
  },
  {
    name: 'requestsPerMinute',
    variable: 'PATCHTRAIL_REQUESTS_PER_MINUTE',
    schema: z.int().min(0).max(1_000_000),
    initial: 0,
    help: 'Requests that one reader from elsewhere may send in a minute; 0 for any number.',
  },
  {
    name: 'corsOrigins',
    variable: 'PATCHTRAIL_CORS_ORIGINS',
    schema: z.array(z.string().regex(/^https?:\/\/[^/]{1,250}$/)),
    initial: [],
    help: 'Origins such as https://example.org whose pages may use the API.',
  },
];
