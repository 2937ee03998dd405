/**
 * All routes of Patchwork's REST API, versions 1.0 to 1.3: programs written for it need another address, and nothing else.
 */
import type { Hono } from 'hono';
import type { ServerParts } from '../routes/parts.ts';
import { addRoute, type PatchworkRoute } from './answer.ts';
import { bundleRoutes } from './bundles.ts';
import { checkRoutes } from './checks.ts';
import { commentRoutes } from './comments.ts';
import { eventRoutes } from './events.ts';
import { patchRoutes } from './patches.ts';
import { peopleRoutes } from './people.ts';
import { seriesRoutes } from './series.ts';
import { addPatchworkPages } from './web.ts';

const kinds = ['projects', 'users', 'people', 'patches', 'covers', 'series', 'events', 'bundles'];

const rootRoute: PatchworkRoute = {
  path: '',
  methods: {
    GET: async ({ links }) => ({ body: Object.fromEntries(kinds.map((kind) => [kind, links.thing(kind)])) }),
  },
};

const routes: readonly PatchworkRoute[] = [
  rootRoute,
  ...patchRoutes,
  ...commentRoutes,
  ...checkRoutes,
  ...seriesRoutes,
  ...eventRoutes,
  ...peopleRoutes,
  ...bundleRoutes,
];

export function addPatchwork(app: Hono, parts: ServerParts): void {
  for (const route of routes) addRoute(app, parts, route);
  addPatchworkPages(app, parts);
}

/** True for a path of this API: errors before a route is reached are told in its words, too. */
export function isPatchworkPath(path: string): boolean {
  return new RegExp(`^/api/(?:1\\.\\d/)?(?:${kinds.join('|')})(?:/|$)|^/api/?(?:1\\.\\d/?)?$`).test(path);
}
