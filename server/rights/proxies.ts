/**
 * Proxies: whose word is believed about who asks and from where. Those of this machine, and what the site configures.
 */
import { BlockList, isIP } from 'node:net';

/** `proxies` are addresses, or ranges such as 10.1.0.0/16. */
export function isProxyAddress(address: string, proxies: readonly string[]): boolean {
  const bare = address.replace(/^::ffff:(?=[\d.]+$)/, '');
  if (/^127\.|^::1$/.test(bare)) return true;
  if (isIP(bare) === 0) return false;
  const known = new BlockList();
  for (const proxy of proxies) {
    const [start = '', length] = proxy.split('/');
    if (isIP(start) !== isIP(bare)) continue;
    const bits = length ?? (isIP(start) === 4 ? '32' : '128');
    known.addSubnet(start, Number(bits), familyOf(start));
  }
  return known.check(bare, familyOf(bare));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 4 ? 'ipv4' : 'ipv6';
}
