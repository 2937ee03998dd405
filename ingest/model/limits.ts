/**
 * Limits: every bound on what a stranger controls, each with the reason for its value.
 *
 * Real mail stays far below all of them (110,000 mails of five kernel lists: raw size p99 27 kB, max 1.5 MB).
 */
const kilo = 1024;
const mega = 1024 * 1024;

export const limits = {
  /** One raw mail. The largest patch mails on vger lists are 1.5 MB; 32 MB leaves room for attachments. */
  mailBytes: 32 * mega,
  /** All headers of one mail. huge real ones (DKIM chains, 500 recipients) are 30 kB. */
  headerBytes: 512 * kilo,
  /** Headers of one mail; a flood of tiny headers costs more than its bytes. */
  headerCount: 2000,
  /** Nesting of MIME parts: a forwarded digest of a digest is 4 deep. */
  mimeDepth: 20,
  /** MIME parts in all. */
  mimeParts: 1000,
  /** Decoded text of one body. */
  bodyBytes: 16 * mega,
  /** Recipients kept per header field. */
  recipients: 1000,
  /** Ids kept of References, the last ones: threads 100 deep carry 100 of them; forged lists carry thousands. */
  references: 200,
  /** A Message-ID: RFC 5322 lines are 998 bytes at most. */
  messageIdBytes: 998,
  /** A subject shown and compared. */
  subjectBytes: 8 * kilo,
  /** Depth of quote marks that is told apart. */
  quoteDepth: 30,
  /** Earlier mails in which the words of a quote are looked for, nearest first: quotes reach back some ten mails. */
  quoteSources: 60,
  /** Lines of one diff that are read; longer ones keep their first part and a trouble. */
  diffLines: 200_000,
  /** Files of one diff. */
  diffFiles: 5000,
  /** Line hashes kept per posting: enough for likeness, small enough to store with each. */
  lineHashes: 400,
  /** Word hashes kept per posting. */
  wordHashes: 200,
  /** Links that one mail can state to others. */
  statedLinks: 60,
  /** Trailers taken from one mail. */
  trailers: 200,
  /** One line that is looked at with a regular expression; the rest of it is text only. */
  patternLine: 2000,
  /** Bytes out of one compressed file per byte in: mail compresses 3 to 10 times, bombs 1000 times. */
  inflateRatio: 200,
  /** Folders of an IMAP server that one pattern names: whoever keeps more names them one by one. */
  imapFolders: 500,
  /** One file of a web server, before it is unpacked: a thread of a thousand mails has some MB. */
  downloadBytes: 256 * mega,
  /** Bytes that a server must send in each two minutes that we wait for it: the slowest modem sent as many in a second. */
  slowestBytes: kilo,
  /** Mails given to the store at once: bounds memory and the length of a transaction. */
  batchMails: 500,
  /** Bytes given to the store at once. */
  batchBytes: 8 * mega,
  /** Unpacked blocks of raw mail kept by a connection: the threads of some days on a busy list. */
  blockCacheBytes: 16 * mega,
  /** Unpacked postings kept by a connection, 10 kB each: neighbours of a day's postings are asked for again and again. */
  postingCache: 2000,
  /** Rows of one page of any list that the server gives. */
  pageRows: 200,
  /** Patches of one bundle: more than the longest series ever sent. */
  bundlePatches: 1000,
  /** Newest hits that an answer by relevance ranks: ranking 3000 takes some 10 ms, 100,000 would take a second. */
  rankedHits: 3000,
  /** Events kept for live pages: whoever missed more loads anew. */
  eventsKept: 10_000,
  /** Commits given to the store at once. */
  batchCommits: 2000,
  /** Characters of one commit message that are looked at: the longest of Linux are merges with 100 kB of shortlog. */
  commitMessage: 256 * kilo,
  /** A token of the search index: longer runs are base64 or rulers, which nobody looks for. */
  tokenLength: 64,
  /** A search through the server: real ones take some ten ms, a hostile one would take minutes. */
  searchMs: 3000,
  /** Searches that wait for their turn. */
  searchesWaiting: 200,
  /** A search query. */
  queryBytes: 2 * kilo,
  /** Terms of a search query. */
  queryTerms: 50,
  /** Parentheses within parentheses of a search query: the index itself gives up at 256. */
  queryDepth: 20,
  /** Body of a request that changes state. */
  requestBytes: mega,
  /** Readers of one event stream at once: each holds a socket. */
  eventReaders: 200,
  /** One line of the native checker: PROTOCOL.md says below 4 kB. */
  checkerLine: 4 * kilo,
  /** Lines of one report. */
  checkerLines: 5000,
  /** From this many lines on those of progress are left out: an hour of them would leave no room for the verdict. */
  checkerProgressLines: 2000,
  /** Length of a local check that a request may ask for: longer proves nothing more, and it keeps every CPU busy. */
  checkSeconds: 120,
  /** Mails of a thread given at once with their bodies: a page shows about ten. */
  threadMails: 50,
  /** Raw size of the mails given at once with their bodies; one mail is always given. */
  threadBytes: 4 * mega,
  /** Spans of a digest, the surest ones: an outline longer than a few screens is none. */
  digestItems: 120,
  /** Links of a digest, those named most often. */
  digestLinks: 200,
  /** Bodies kept in memory, so that a page and its evidence do not parse one mail many times. */
  bodyCacheBytes: 32 * mega,
  /** Finished answers kept in memory: some thousand thread pages. */
  answerCacheBytes: 64 * mega,
} as const;
