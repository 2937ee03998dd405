/**
 * Series states: the words of ingest/model/series.ts for checking input.
 */
import { z } from 'zod';
import type { SeriesState } from '../../ingest/model/series.ts';

export const seriesStates = z.enum([
  'new',
  'rfc',
  'under-review',
  'changes-requested',
  'reviewed',
  'queued',
  'applied',
  'landed',
  'rejected',
  'superseded',
  'withdrawn',
] satisfies readonly SeriesState[]);
