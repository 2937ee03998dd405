/**
 * Web guard: which addresses a web source may lead us to.
 *
 * A person may name any server, also one of the own network. What a server then redirects to may only be public:
 * else it could have this machine ask its neighbours (SSRF). Names are looked up by us, so that the address
 * asked is the one that was checked.
 */
import { type LookupAddress, lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { SourceError } from '../model/errors.ts';

/** Ranges that are not of the public internet (RFC 6890, RFC 4291). */
const privateRanges: readonly (readonly [address: string, prefix: number, family: 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 96, 'ipv6'],
  ['::ffff:0:0', 96, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
];

/** One for each family: in a common one `::ffff:0:0/96` would hold every IPv4 address. */
const blocked = { ipv4: new BlockList(), ipv6: new BlockList() };
for (const [address, prefix, family] of privateRanges) blocked[family].addSubnet(address, prefix, family);

/** True for an address outside of the public internet, and for what is no address. */
export function isPrivateAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '');
  if (isIP(bare) === 0) return true;
  const family = isIP(bare) === 4 ? 'ipv4' : 'ipv6';
  return blocked[family].check(bare, family);
}

/** @throws SourceError for an address that is written out and private. */
export function checkWrittenAddress(url: URL): void {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && isPrivateAddress(host)) throw refused(host);
}

/** Looks a name up for a connection; fails where any of its addresses is private. */
export const lookupPublic: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    const addresses = found as LookupAddress[] | undefined;
    const first = addresses?.[0];
    if (error || !first) done(error ?? new Error(`no address for ${hostname}`), '', 0);
    else if (addresses.some(({ address }) => isPrivateAddress(address))) done(refused(hostname), '', 0);
    else if (options.all) done(null, addresses);
    else done(null, first.address, first.family);
  });
};

function refused(host: string): SourceError {
  return new SourceError('source-unreadable', 'The server leads to an address that is not public', {
    subject: host,
    remedy: 'If that is right, name the address itself as the source.',
  });
}
