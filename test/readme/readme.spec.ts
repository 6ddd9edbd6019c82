import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { normalised, stepsOf, walk } from '../../scripts/readme/walk.js';
import { openShop, type Shop } from '../support/shop.js';

const readme = readFileSync('README.md', 'utf8');

describe('The tutorial of the README', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());

  it('gives the answers that the README prints below its commands [E-07]', async () => {
    const outcomes = await walk(readme, shop.url);
    expect(outcomes.length).toBeGreaterThan(9);
    for (const { got, answer = got } of outcomes) expect(normalised(got)).toBe(normalised(answer));
  });

  it('tells an answer that is not the one below the command', async () => {
    const [outcome] = await walk('```bash\necho 3598\n```\n\n```json\n3599\n```\n', shop.url);
    expect(outcome).toMatchObject({ got: '3598', passed: false });
  });

  it('pairs a command with the answer that follows it, if one does', () => {
    const steps = stepsOf('```bash\na\n```\ntext\n```bash\nb\n```\n```json\n1\n```\n');
    expect(steps).toEqual([
      { command: 'a\n', answer: undefined },
      { command: 'b\n', answer: '1\n' },
    ]);
  });
});
