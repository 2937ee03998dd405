/**
 * Own app: the server's app in this process, asked without a socket.
 */
import type { Config } from '../../ingest/config-keys.ts';
import type { Store } from '../../ingest/store/store.ts';
import { makeApp } from '../main.ts';
import type { ApiAnswer } from './parts.ts';

const host = '127.0.0.1';

/** One GET. The app is made for it: a command asks a handful of questions in its life. */
export async function requestOwnApp(store: Store, config: Config, path: string): Promise<ApiAnswer> {
  const { app, feed } = makeApp({ store, config, host });
  try {
    const response = await app.request(new URL(path, `http://${host}`), { headers: { host } });
    return { isGood: response.ok, json: await response.json() };
  } finally {
    feed.close();
  }
}
