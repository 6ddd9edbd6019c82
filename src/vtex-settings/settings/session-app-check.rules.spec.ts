import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../shared/domain-error.js';
import { checkedSessionApp } from './session-app-check.rules.js';

const draft = (key: string): Parameters<typeof checkedSessionApp>[0] => ({
  id: 'banner',
  name: 'banner',
  url: 'https://apps.acme.test/banner',
  input: { public: [key] },
  output: { offers: ['banner'] },
  runOnCreate: false,
  order: 0,
  shared: false,
});

describe('A tenant’s app', () => {
  it('reads keys by their names [P-49]', () => {
    expect(checkedSessionApp(draft('utm_campaign'), [])).toEqual(draft('utm_campaign'));
  });

  it.each(['utm_.*', '(a+)+$', '^utm', '[a-z]*', 'a|b', 'a'.repeat(200_000)])(
    'can not be saved with a pattern, or with what would be slow as one: %.20s [P-49]',
    (key) => {
      const refusal = (): unknown => checkedSessionApp(draft(key), []);
      expect(refusal).toThrow(InvalidInput);
      expect(refusal).toThrow('input.public.');
    },
  );
});
