import { NotFound } from '../errors.js';
import { isNameable } from '../transport.js';
import type { Client, ClientOptions, Config } from '../generated/client/index.js';
import { createClient as createGenerated } from '../generated/client/index.js';

/**
 * URLs drop `.` and `..`, so that an id of dots would lead to another path, and a removal remove something else.
 * @throws NotFound
 */
async function refuseDots(request: unknown): Promise<void> {
  const { path = {} } = request as { readonly path?: Readonly<Record<string, unknown>> };
  const isNamed = Object.values(path ?? {}).every((id) => typeof id !== 'string' || isNameable(id));
  if (!isNamed) throw new NotFound(404, 'Nothing has an id that is empty, . or ..');
}

/** For the client that operations use which are given none. */
export const createClientConfig = <T extends ClientOptions>(config?: Config<T>): Config<T> => ({
  ...config,
  requestValidator: refuseDots,
});

/** Makes a client for operations. It answers an id that is empty, `.` or `..` with `NotFound`, and sends nothing. */
export const createClient = (config: Config = {}): Client => createGenerated(createClientConfig(config));
