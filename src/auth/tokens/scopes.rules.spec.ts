import { describe, expect, it } from 'vitest';
import {
  canonicalScope,
  formatScope,
  grantedScopes,
  holdsScope,
  KNOWN_SCOPES,
  parseScope,
  scopeNames,
} from './scopes.rules.js';

const MANAGE = 'session_context.context_manage';

describe('Scopes', () => {
  it('have one meaning in both spellings of the session context scope [E-42, E-44, D-06]', () => {
    expect(holdsScope([MANAGE], MANAGE)).toBe(true);
    expect(holdsScope(['sessioncontext.context_manage'], MANAGE)).toBe(true);
    expect(canonicalScope('sessioncontext.context_manage')).toBe(MANAGE);
  });

  it('open nothing but what they name [E-43]', () => {
    expect(holdsScope([], MANAGE)).toBe(false);
    expect(holdsScope(['site.site_read'], 'site.site_manage')).toBe(false);
    expect(holdsScope(['site.site_manage '], 'site.site_manage')).toBe(false);
    expect(holdsScope(['SITE.SITE_MANAGE'], 'site.site_manage')).toBe(false);
    expect(holdsScope(['site'], 'site.site_manage')).toBe(false);
  });

  it('with the names of object members are scopes like any other', () => {
    for (const name of ['__proto__', 'constructor', 'toString']) expect(canonicalScope(name)).toBe(name);
  });

  it('are known in their canonical spelling, each once', () => {
    expect(KNOWN_SCOPES.map(canonicalScope)).toEqual([...KNOWN_SCOPES]);
    expect(new Set(KNOWN_SCOPES).size).toBe(KNOWN_SCOPES.length);
  });
});

describe('The scopes that a client still has', () => {
  const scope = 'sessioncontext.context_manage site.site_read tenant=acme';

  it('are those of its token that it may be granted, in the spelling of the token [D-06]', () => {
    const grantable = [MANAGE, 'price.price_read'];
    for (let i = 0; i < 2; i += 1) {
      expect(grantedScopes(scope, grantable)).toEqual(['sessioncontext.context_manage']);
      expect(grantedScopes('price.price_read tenant=acme', grantable)).toEqual(['price.price_read']);
    }
  });

  it('are others when the client was changed', () => {
    const lists = [[MANAGE, 'site.site_read'], ['site.site_read'], []];
    expect(lists.map((grantable) => grantedScopes(scope, grantable).length)).toEqual([2, 1, 0]);
  });
});

describe('The scope of a token request', () => {
  it.each([
    ['the tenant first', 'tenant=acme site.site_read site.site_manage'],
    ['the tenant last', 'site.site_read site.site_manage tenant=acme'],
    ['odd white space', '  site.site_read\t tenant=acme\n site.site_manage '],
    ['a name twice', 'site.site_read tenant=acme site.site_manage site.site_read'],
  ])('is read with %s [C-03, W-01]', (_, scope) => {
    expect(parseScope(scope)).toEqual({ tenant: 'acme', names: ['site.site_read', 'site.site_manage'] });
  });

  it('may leave out the tenant, the names, or both [C-03]', () => {
    expect(parseScope('site.site_read')).toStrictEqual({ names: ['site.site_read'] });
    expect(parseScope('tenant=acme')).toEqual({ tenant: 'acme', names: [] });
    expect(parseScope(' ')).toEqual({ names: [] });
  });

  it('is answered with the names as they were asked for, and the tenant [W-01, D-06]', () => {
    const names = scopeNames('sessioncontext.context_manage');
    expect(formatScope('acme', names)).toBe('sessioncontext.context_manage tenant=acme');
    expect(formatScope('acme', [])).toBe('tenant=acme');
    expect(parseScope(formatScope('acme', names))).toEqual({ tenant: 'acme', names });
  });

  it('may name its tenant twice, but not two of them [X-17, F-30, P-34]', () => {
    expect(parseScope('tenant=acme site.site_read tenant=acme')).toEqual({
      tenant: 'acme',
      names: ['site.site_read'],
    });
    expect(parseScope('tenant=acme site.site_read tenant=globex')).toBeUndefined();
    expect(parseScope('tenant=acme tenant=')).toBeUndefined();
  });
});
