import { describe, expect, it } from 'vitest';
import { claimedClientId, credentialsOf } from './client-credentials.js';
import { OAuthError } from './oauth.errors.js';

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

function refusalOf(ask: () => unknown): unknown {
  try {
    ask();
  } catch (error) {
    if (error instanceof OAuthError) return error.details['error'];
    throw error;
  }
  return undefined;
}

describe('Client credentials', () => {
  it('are read from the body (RFC 6749 section 2.3.1) [W-01]', () => {
    const body = { client_id: 'acme-backend', client_secret: 'a+b %41:c' };
    expect(credentialsOf(undefined, body)).toEqual({ clientId: 'acme-backend', secret: 'a+b %41:c' });
  });

  it('are read from a Basic header, in which both are form-encoded (RFC 6749 section 2.3.1)', () => {
    expect(credentialsOf(basic('acme-backend:secret'), {})).toEqual({
      clientId: 'acme-backend',
      secret: 'secret',
    });
    expect(credentialsOf(basic('a%3Ab:c+d%2Be%25'), {})).toEqual({ clientId: 'a:b', secret: 'c d+e%' });
  });

  it('keep the colons of a secret that was not encoded', () => {
    expect(credentialsOf(basic('acme:one:two'), {})).toEqual({ clientId: 'acme', secret: 'one:two' });
  });

  it('are accepted whatever the case of the scheme (RFC 9110 section 11.1)', () => {
    expect(credentialsOf(basic('acme:x').replace('Basic', 'bASIC'), {})).toEqual({
      clientId: 'acme',
      secret: 'x',
    });
  });

  it('in the header may be accompanied by the same client_id in the body', () => {
    expect(credentialsOf(basic('acme:x'), { client_id: 'acme' }).clientId).toBe('acme');
  });

  it('in two places are refused', () => {
    const both = () => credentialsOf(basic('acme:x'), { client_id: 'acme', client_secret: 'x' });
    expect(refusalOf(both)).toBe('invalid_request');
  });

  it('that name two clients are refused', () => {
    expect(refusalOf(() => credentialsOf(basic('acme:x'), { client_id: 'another' }))).toBe('invalid_request');
  });

  it('may follow more than one space, but the scheme comes first', () => {
    const header = basic('acme:x');
    expect(credentialsOf(header.replace(' ', '   '), {}).clientId).toBe('acme');
    expect(refusalOf(() => credentialsOf(`x ${header}`, {}))).toBe('invalid_client');
  });

  it('that are refused name the field and the remedy (RFC 6749 section 5.2)', () => {
    const told = (ask: () => unknown) => {
      try {
        ask();
      } catch (error) {
        if (error instanceof OAuthError) return [error.kind, error.message, error.headers];
      }
      return undefined;
    };
    expect(told(() => credentialsOf(undefined, {}))).toEqual(['invalid', 'client_id is missing', {}]);
    expect(told(() => credentialsOf(basic('acme:x'), { client_secret: 'x' }))).toEqual([
      'invalid',
      'Send the client credentials in the header or in the body, not in both',
      {},
    ]);
    expect(told(() => credentialsOf(basic('acme:x'), { client_id: 'another' }))).toEqual([
      'invalid',
      'client_id differs from the client id in the Authorization header',
      {},
    ]);
    expect(told(() => credentialsOf('Basic', {}))).toEqual([
      'unauthenticated',
      'Client authentication failed',
      { 'www-authenticate': 'Basic realm="onesession"' },
    ]);
  });

  it('without a client_id are told apart from wrong ones', () => {
    expect(refusalOf(() => credentialsOf(undefined, {}))).toBe('invalid_request');
    expect(refusalOf(() => credentialsOf(undefined, { client_id: 'acme' }))).toBe('invalid_client');
  });

  it.each([
    ['another scheme', 'Digest abc'],
    ['no credentials', 'Basic '],
    ['no base64', 'Basic a:b'],
    ['more behind them', 'Basic YTpi YTpi'],
    ['a broken percent-encoding', basic('acme:%zz')],
    ['nothing at all', ''],
  ])('in a header with %s are refused as a wrong client [W-03]', (_, header) => {
    expect(refusalOf(() => credentialsOf(header, {}))).toBe('invalid_client');
  });

  it('without a colon have an empty secret, which fits no client', () => {
    expect(credentialsOf(basic('acme'), {})).toEqual({ clientId: 'acme', secret: '' });
  });
});

describe('A client is counted', () => {
  it('as the one that its credentials name, wherever they are', () => {
    expect(claimedClientId(undefined, { client_id: 'acme' })).toBe('acme');
    expect(claimedClientId(basic('ac%6De:x'), {})).toBe('acme');
  });

  it('not as another client that it names as well', () => {
    expect(claimedClientId(basic('acme:x'), { client_id: 'another' })).toBe('acme');
  });

  it.each([undefined, '', 'Bearer abc', basic('acme:%zz'), 'Basic !'])(
    "together with all others if its name can't be read: %s",
    (header) => {
      expect(claimedClientId(header, {})).toBe('');
    },
  );
});
