/** Bundles: patches that were put together, and who may look after some. */
import type { BundleDetail, BundlePatch, WireBundle, WireDelegate } from '../../../server/wire.ts';
import { ada, bo, chidi, dayMs, newTitle, postingId, startMs } from './names.ts';

export const delegates: WireDelegate[] = [
  { name: 'bo', fullName: 'Bo Lindqvist', lists: ['lib-alpha'] },
  { name: 'chidi', fullName: '', lists: null },
];

const items: BundlePatch[] = [
  {
    messageId: postingId('v9'),
    name: `[v9,2/3] ${newTitle}`,
    author: ada,
    sentMs: startMs + 86 * dayMs,
    state: 'under-review',
    delegate: 'bo',
    checks: { success: 5, warning: 1, fail: 0, pending: 2 },
  },
  {
    messageId: 'docs-1@okoro.example',
    name: '[v3] doc: Say which locks are held',
    author: chidi,
    sentMs: startMs + 90 * dayMs,
    state: 'changes-requested',
    delegate: '',
    checks: { success: 0, warning: 0, fail: 1, pending: 0 },
  },
  {
    messageId: 'timer-1@harbour.example',
    name: '[v2,1/4] timers: Do not count a tick twice when the clock was stopped and started within it',
    author: bo,
    sentMs: startMs + 91 * dayMs,
    state: 'new',
    delegate: '',
    checks: { success: 0, warning: 0, fail: 0, pending: 0 },
  },
];

const own: WireBundle = {
  number: 2,
  name: 'to be tested',
  owner: 'tester',
  isOwn: true,
  isPublic: false,
  list: 'lib-alpha',
  patches: items.length,
  mbox: '/bundle/tester/to%20be%20tested/mbox/',
};

export const ownBundle: BundleDetail = { ...own, items };

export const sharedBundle: BundleDetail = {
  ...own,
  number: 3,
  name: 'for the next release',
  owner: 'bo',
  isOwn: false,
  isPublic: true,
  mbox: '/bundle/bo/for%20the%20next%20release/mbox/',
  items,
};

export const bundles: WireBundle[] = [ownBundle, sharedBundle].map(({ items: _, ...bundle }) => bundle);
