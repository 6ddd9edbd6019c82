import { STATUS_CODES } from 'node:http';
import type { Response } from 'supertest';
import { expect } from 'vitest';
import type { DescribedOperation } from '../../wire/operations.js';

const text = expect.any(String);

const FAULT = { fault: { faultstring: text, detail: { errorcode: text } } };

const coded = (status: number) => ({ code: status, status: STATUS_CODES[status], message: text });
const typed = (status: number) => ({ type: expect.stringMatching(/^[a-z_]+$/), status, message: text });

/** RFC 9457. */
const problem = (status: number) => ({
  type: 'about:blank',
  title: STATUS_CODES[status],
  status,
  detail: text,
});

/** Newer routes of this project's own. */
const PROBLEMS =
  /^\/(?:console|handover|admin\/(?:tenants|signing-keys|stored-secrets|\{tenant\}\/(?:customers|sessions|segments|jobs|audit|events|console-links)))(?:\/|$)/;
const OLDER = /\/sessions\/\{sessionId\}\/(?:explain|dry-run)$/;

const ucp = () => ({
  ucp: { version: '2026-08-25', status: 'error' },
  messages: [
    expect.objectContaining({ type: 'error', code: expect.stringMatching(/^[a-z_]+$/), content: text }),
  ],
});

/** Error bodies by the first segment of the path [W-44]. */
const BODIES: Readonly<Record<string, (status: number) => object>> = {
  'session-context': (code) => ({ code, message: text }),
  customer: typed,
  customerlogin: typed,
  site: typed,
  ucp,
  oauth: () => ({ error: expect.stringMatching(/^[a-z_]+$/), error_description: text }),
};

/**
 * Checks the status and the error body of the service. `details` or `errors`, about a field or a scope, may have any
 * value.
 */
export function expectRefusal(
  { template }: Pick<DescribedOperation, 'template'>,
  status: number,
  { status: given, body, headers }: Response,
): void {
  const service = template.split('/', 2)[1] ?? '';
  const { details: _details, errors: _errors, ...said } = body;
  const isProblem = PROBLEMS.test(template) && !OLDER.test(template);
  const own = isProblem ? problem : (BODIES[service] ?? coded);
  const shape =
    status === 401 && service !== 'oauth' && service !== 'ucp' && !isProblem ? FAULT : own(status);
  expect({ status: given, body: said }).toEqual({ status, body: shape });
  expect(headers['content-type']).toBe(`application/${isProblem ? 'problem+json' : 'json'}; charset=utf-8`);
  if (status === 401) expect(headers['www-authenticate']).toMatch(/^(Bearer|Basic) realm="onesession"/);
  if (status === 503) expect(Number(headers['retry-after'])).toBeGreaterThan(0);
}
