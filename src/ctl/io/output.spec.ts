import { afterEach, describe, expect, it, vi } from 'vitest';
import { fields, note, show, table } from './output.js';

const EVIL = '\u001b[2J\u001b]0;evil\u0007\u009b31m\u202e\nanother  row';
const HARMLESS = '\\u001b[2J\\u001b]0;evil\\u0007\\u009b31m\\u202e\\u000aanother  row';

describe('What the command line prints', () => {
  const printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const noted = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  afterEach(() => void vi.clearAllMocks());

  it('contains no control characters and no extra rows that a shopper put in [X-34]', () => {
    show({}, undefined, () => [...table(['Name'], [[EVIL]]), ...fields({ Name: EVIL })]);
    expect(printed.mock.calls).toEqual([[`Name\n${HARMLESS}\nName  ${HARMLESS}\n`]]);
  });

  it('keeps the lines that a text has of its own [X-34]', () => {
    show({}, undefined, () => 'one\n\ttwo \u001b[2J');
    note('three\nfour \u001b[2J');
    expect(printed.mock.calls).toEqual([['one\n\ttwo \\u001b[2J\n']]);
    expect(noted.mock.calls).toEqual([['three\nfour \\u001b[2J\n']]);
  });

  it('means the same as JSON, in which such characters are escaped [X-34]', () => {
    show({ json: true }, { name: EVIL }, () => '');
    const [[text = ''] = []] = printed.mock.calls;
    expect(JSON.parse(String(text))).toEqual({ name: EVIL });
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\u202e]/u);
  });
});
