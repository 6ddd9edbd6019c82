import { describe, expect, it } from 'vitest';
import { readConfig } from '../config/config.schema.js';
import { Operator } from './operator.js';

const SECRET = 'a secret of this test, long enough';
const operatorWith = (secret?: string): Operator =>
  new Operator(readConfig({ NODE_ENV: 'test', OPERATOR_SECRET: secret }));

describe('The operator', () => {
  it('has one secret', () => {
    const operator = operatorWith(SECRET);
    expect([operator.hasSecret(SECRET), operator.hasSecret(''), operator.hasSecret(`${SECRET}x`)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('does not exist without the setting, whatever secret is sent', () => {
    const nobody = operatorWith();
    expect(nobody.epoch).toBeUndefined();
    expect([nobody.hasSecret(''), nobody.hasSecret(SECRET), nobody.isEpoch('')]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('has an epoch that hides the secret, is the same on all instances, and changes with the secret', () => {
    const { epoch = '' } = operatorWith(SECRET);
    expect(epoch).toMatch(/^[\w-]{22}$/);
    expect(operatorWith(SECRET).isEpoch(epoch)).toBe(true);
    expect(operatorWith(`${SECRET}.`).isEpoch(epoch)).toBe(false);
  });
});
