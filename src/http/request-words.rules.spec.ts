import { describe, expect, it } from 'vitest';
import { readablePath, reasonIn } from './request-words.rules.js';

describe('The path of a request in a log', () => {
  it('is that of the request, without its query', () => {
    const template = '/cart/:tenant/carts/:cartId';
    expect(readablePath('/cart/acme/carts/c1?token=x', template, { tenant: 'acme', cartId: 'c1' })).toBe(
      '/cart/acme/carts/c1',
    );
  });

  it.each(['token', 'segmentToken', 'sessionToken', 'code'])(
    'does not show the parameter %s, which anybody could use [P-20]',
    (name) => {
      expect(readablePath('/a/secret', `/a/:${name}`, { [name]: 'secret' })).toBe(`/a/:${name}`);
    },
  );

  it('is as it came where no route has it, but for what may be a token [P-20]', () => {
    expect(readablePath(`/carts/acme/${'x'.repeat(31)}/items?q=1`, undefined, {})).toBe(
      '/carts/acme/…/items',
    );
    expect(readablePath(`/${'x'.repeat(30)}`, undefined, {})).toBe(`/${'x'.repeat(30)}`);
  });

  it('keeps the name of a parameter that has no value', () => {
    expect(readablePath('/a/', '/a/:b', {})).toBe('/a/:b');
  });
});

describe('A token that was sent in the place of an id', () => {
  const token = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln';

  it('is in no line of the log [P-20]', () => {
    expect(
      readablePath(`/admin/acme/clients/${token}`, '/admin/:tenant/clients/:clientId', {
        tenant: 'acme',
        clientId: token,
      }),
    ).toBe('/admin/acme/clients/…');
    expect(reasonIn(JSON.stringify({ message: `There is no client ${token}` }))).toBe('There is no client …');
  });
});

describe('The reason of a refusal in a log', () => {
  it.each([
    ['an Emporix service', { code: 404, message: 'Session not found' }, 'Session not found'],
    ['OAuth', { error: 'invalid_client', error_description: 'Unknown client' }, 'Unknown client'],
    ['OAuth without a description', { error: 'invalid_client' }, 'invalid_client'],
    ['RFC 9457', { type: 'about:blank', title: 'Conflict', detail: 'Taken' }, 'Taken'],
    [
      'a refused token',
      { fault: { faultstring: 'Invalid access token', detail: {} } },
      'Invalid access token',
    ],
    ['the VTEX checkout', { error: { code: '400', message: 'No items' } }, 'No items'],
  ])('is the message of the answer: %s', (_service, body, reason) => {
    expect(reasonIn(JSON.stringify(body))).toBe(reason);
  });

  it.each([
    ['an object that says nothing', '{"status":404}'],
    ['a list', '[{"message":"x"}]'],
    ['nothing', 'null'],
    ['no JSON', '<html>'],
    ['a stream', {}],
    ['no body', undefined],
  ])('is not there when the body is %s', (_what, body) => {
    expect(reasonIn(body)).toBeUndefined();
  });
});
