/** All faults, in the order of the matrix. One more: a row in one of these files. */
import { diskFaults } from './disk-faults.ts';
import type { Fault } from './fault.ts';
import { networkFaults } from './network-faults.ts';
import { processFaults } from './process-faults.ts';
import { sourceFaults } from './source-faults.ts';
import { watchFault } from './watch-fault.ts';

export const faults: readonly Fault[] = [
  ...processFaults,
  ...diskFaults,
  ...sourceFaults,
  ...networkFaults,
  watchFault,
];
