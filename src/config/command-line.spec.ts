import { describe, expect, it } from 'vitest';
import { readCommandLine } from './command-line.js';
import { configSchema, WrongConfiguration } from './config.schema.js';

describe('The command line', () => {
  it('starts the service if it is empty', () => {
    expect(readCommandLine([])).toBeUndefined();
  });

  it.each(['--help', '-h'])('lists every setting with its default and meaning on %s', (word) => {
    const page = readCommandLine([word]) ?? '';
    for (const name of Object.keys(configSchema.shape)) expect(page).toContain(`  ${name}`);
    expect(page).toContain('PORT (3000)');
  });

  it('says what to do about an unknown word', () => {
    expect(() => readCommandLine(['--port=80'])).toThrow(WrongConfiguration);
    expect(() => readCommandLine(['--port=80'])).toThrow(/--port.*\n.*--help/s);
  });
});
