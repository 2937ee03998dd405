/** All faults, in the order of the matrix. One more: a row in one of these files. */
import { diskFaults } from './disk-faults.ts';
import type { Fault } from './fault.ts';
import { processFaults } from './process-faults.ts';
import { sourceFaults } from './source-faults.ts';

export const faults: readonly Fault[] = [...processFaults, ...diskFaults, ...sourceFaults];
