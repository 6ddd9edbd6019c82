import { describe, expect, it } from 'vitest';
import { aWebhook, at } from '../../test/support/events/webhooks.js';
import { InvalidInput, VersionConflict } from '../shared/domain-error.js';
import {
  changedWebhook,
  goneWebhook,
  MOST_WEBHOOKS,
  noWebhooks,
  replaced,
  signingSecrets,
  wantsType,
  webhookOf,
  withNewSecret,
  withoutWebhook,
  withSecretsResealed,
  withWebhook,
} from './webhook.rules.js';

const FIELDS = { url: 'https://hooks.acme.test/', types: ['*'], enabled: true };
const MADE = { id: 'w1', sealed: 'a JWE', now: at(0) };

describe('A webhook', () => {
  it('is added to the others of its tenant', () => {
    const one = withWebhook(noWebhooks('acme'), { ...FIELDS, description: 'orders' }, MADE);
    const two = withWebhook(one, FIELDS, { ...MADE, id: 'w2' });
    expect(two.webhooks.map(({ id }) => id)).toEqual(['w1', 'w2']);
    expect(webhookOf(two, 'w1')).toMatchObject({ ...FIELDS, description: 'orders', version: 1 });
    expect(webhookOf(two, 'w3')).toBeUndefined();
    expect(webhookOf(undefined, 'w1')).toBeUndefined();
  });

  it('is refused when the tenant has as many as it may have', () => {
    const full = { tenant: 'acme', webhooks: Array.from({ length: MOST_WEBHOOKS }, () => aWebhook()) };
    expect(() => withWebhook(full, FIELDS, MADE)).toThrow(InvalidInput);
  });

  it.each(['onesession.context.*', 'onesession.*', '*', 'onesession.cart.closed'])(
    'may want the types %s',
    (type) => {
      expect(() => withWebhook(noWebhooks('acme'), { ...FIELDS, types: [type] }, MADE)).not.toThrow();
    },
  );

  it.each(['onesession.context', 'onesession.context*', 'onesession.moved.*', '', '.*', '**'])(
    'may not want %j, which no type is called by',
    (type) => {
      expect(() => withWebhook(noWebhooks('acme'), { ...FIELDS, types: [type] }, MADE)).toThrow(/^types: /);
    },
  );

  it.each([
    ['*', true],
    ['onesession.context.*', true],
    ['onesession.context.changed', true],
    ['onesession.context.created', false],
    ['onesession.cart.*', false],
  ])('that wants %s gets a changed context: %s [D-45]', (pattern, wanted) => {
    expect(wantsType({ types: [pattern] }, 'onesession.context.changed')).toBe(wanted);
  });

  it('keeps what a change leaves out, and refuses another version than the current one', () => {
    const current = aWebhook({ description: 'orders', version: 3 });
    const next = changedWebhook(current, { enabled: false }, { expected: 3, now: at(9) });
    expect(next).toEqual({ ...current, enabled: false, version: 4, modifiedAt: at(9) });
    expect(() => changedWebhook(current, {}, { expected: 2, now: at(9) })).toThrow(VersionConflict);
    expect(changedWebhook(current, {}, { now: at(9) }).version).toBe(4);
    expect(() => changedWebhook(current, { url: 'ftp://a.test/' }, { now: at(9) })).toThrow(/^url: /);
  });

  it('is switched off once when its target is gone, and says so until it is on again [D-46]', () => {
    const off = goneWebhook(aWebhook(), at(9));
    expect(off).toMatchObject({ enabled: false, gone: true, version: 2 });
    expect(goneWebhook(off, at(10))).toBe(off);
    expect(changedWebhook(off, { description: 'x' }, { now: at(9) }).gone).toBe(true);
    expect(changedWebhook(off, { enabled: true }, { now: at(9) })).not.toHaveProperty('gone');
  });

  it('is replaced or removed by its id, and others stay as they are', () => {
    const stored = { tenant: 'acme', webhooks: [aWebhook({ id: 'w1' }), aWebhook({ id: 'w2' })] };
    const next = replaced(stored, 'w2', (one) => ({ ...one, version: 9 }));
    expect(next.webhooks.map(({ version }) => version)).toEqual([1, 9]);
    expect(next.webhooks[0]).toBe(stored.webhooks[0]);
    expect(replaced(stored, 'w3', () => expect.unreachable())).toBe(stored);
    expect(withoutWebhook(stored, 'w1').webhooks).toEqual([stored.webhooks[1]]);
    expect(withoutWebhook(stored, 'w3')).toBe(stored);
  });
});

describe('The secrets of a webhook', () => {
  const renewed = (overlapSeconds: number, current = aWebhook({ secrets: [{ sealed: 'old' }] })) =>
    withNewSecret(current, 'new', { overlapSeconds, now: at(0) });

  it('sign together until the overlap is over [D-45]', () => {
    const both = renewed(60);
    expect(signingSecrets(both, at(59)).map(({ sealed }) => sealed)).toEqual(['new', 'old']);
    expect(signingSecrets(both, at(60)).map(({ sealed }) => sealed)).toEqual(['new']);
  });

  it('end at once without an overlap [D-45]', () => {
    expect(renewed(0).secrets).toEqual([{ sealed: 'new' }]);
  });

  it('never last longer because of another renewal, and are at most five', () => {
    const current = aWebhook({ secrets: [{ sealed: 'old' }, { sealed: 'older', endsAt: at(10) }] });
    expect(renewed(60, current).secrets).toEqual([
      { sealed: 'new' },
      { sealed: 'old', endsAt: at(60) },
      { sealed: 'older', endsAt: at(10) },
    ]);
    const many = Array.from({ length: 9 }, (_, i) => ({ sealed: `${i}` }));
    expect(renewed(60, aWebhook({ secrets: many })).secrets).toHaveLength(5);
    expect(() => withNewSecret(current, 'new', { overlapSeconds: 0, now: at(0), expected: 7 })).toThrow(
      VersionConflict,
    );
  });

  it('gets its secrets encrypted anew, keeps what was renewed meanwhile, and shows no change', () => {
    const secrets = [{ sealed: 'renewed' }, { sealed: 'old', endsAt: at(9) }];
    const [one, other] = [aWebhook({ secrets }), aWebhook({ secrets })];
    const stored = { tenant: 'acme', webhooks: [one, other] };
    const resealed = new Map([
      ['old', 'anew'],
      ['gone', 'never'],
    ]);
    expect(withSecretsResealed(stored, one.id, resealed).webhooks).toEqual([
      { ...one, secrets: [{ sealed: 'renewed' }, { sealed: 'anew', endsAt: at(9) }] },
      other,
    ]);
    expect(withSecretsResealed(stored, one.id, new Map([['gone', 'never']]))).toBe(stored);
    expect(withSecretsResealed(stored, 'another', resealed)).toBe(stored);
  });
});
