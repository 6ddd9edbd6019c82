import { describe, expect, it } from 'vitest';
import { aLegalEntity, BUILT_AT } from '../../test/support/data/builders.js';
import { InvalidInput, TooLarge, VersionConflict } from '../shared/domain-error.js';
import type { LegalEntity } from './client-management.types.js';
import { expectParents, newRecord, RECORD_LIMITS, replacedRecord } from './managed-record.rules.js';

const KEY = { tenant: 'acme', id: 'one' };
const LATER = new Date(BUILT_AT.getTime() + 1000);
const {
  tenant: _tenant,
  id: _id,
  createdAt: _made,
  modifiedAt: _changed,
  version: _version,
  ...DRAFT
} = aLegalEntity();

describe('A record of client management', () => {
  it('begins with version 1, and grows by one with each change [D-08]', () => {
    const first = newRecord<LegalEntity>(KEY, DRAFT, BUILT_AT);
    expect(first).toEqual({ ...DRAFT, ...KEY, createdAt: BUILT_AT, modifiedAt: BUILT_AT, version: 1 });
    const next = replacedRecord<LegalEntity>(first, { ...DRAFT, name: 'Next' }, 1, LATER);
    expect(next).toMatchObject({ ...KEY, name: 'Next', createdAt: BUILT_AT, modifiedAt: LATER, version: 2 });
    expect(replacedRecord(next, DRAFT, undefined, LATER).version).toBe(3);
  });

  it('is refused from another version [W-46, D-08]', () => {
    const first = newRecord<LegalEntity>(KEY, DRAFT, BUILT_AT);
    expect(() => replacedRecord(first, DRAFT, 2, LATER)).toThrow(VersionConflict);
  });

  it('is limited in size and depth [X-01]', () => {
    const big = { note: 'x'.repeat(RECORD_LIMITS.bytes) };
    expect(() => newRecord(KEY, { ...DRAFT, mixins: big }, BUILT_AT)).toThrow(TooLarge);
    const deep = JSON.parse(`${'{"a":'.repeat(40)}1${'}'.repeat(40)}`);
    expect(() => newRecord(KEY, { ...DRAFT, mixins: deep }, BUILT_AT)).toThrow(/^mixins: /);
    expect(() => newRecord(KEY, { ...DRAFT, mixinSchemas: deep }, BUILT_AT)).toThrow(/^metadata\.mixins: /);
  });
});

describe('The parents of a legal entity', () => {
  const line = (...ids: string[]) => ids.map((id) => aLegalEntity({ id }));

  it('are never itself or one below it', () => {
    expect(() => expectParents('a', line('b', 'c'))).not.toThrow();
    expect(() => expectParents('a', line('b', 'a'))).toThrow(InvalidInput);
  });

  it('are limited in number', () => {
    const most = Array.from({ length: RECORD_LIMITS.generations }, (_, i) => `e${i}`);
    expect(() => expectParents('a', line(...most.slice(1)))).not.toThrow();
    expect(() => expectParents('a', line(...most))).toThrow(/^parentId: /);
  });
});
