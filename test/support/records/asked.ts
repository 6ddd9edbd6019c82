import type { Test } from 'supertest';
import type { DescribedOperation } from '../../wire/operations.js';
import type { HttpUser } from '../people/http-user.js';

/** Values by the names of path parameters. */
export type Parts = Readonly<Record<string, string>>;

const DEMO: Parts = { tenant: 'acme', itemId: '0', discountIndex: '0' };

/** Sends an operation without a body, for the demo tenant and ids that do not exist, unless `parts` names others. */
export function ask(user: HttpUser, { method, template }: DescribedOperation, parts: Parts = {}): Test {
  const known = { ...DEMO, ...parts };
  return user[method](
    template.replaceAll(/\{(\w+)\}/g, (_, name: string) => known[name] ?? `no-such-${name}`),
  );
}
