import { describe, expect, it } from 'vitest';
import { deviceName } from './device-name.js';

describe('The name of a device', () => {
  it.each([
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1',
      'Safari on iOS',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
      'Chrome on Windows',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
    [
      'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
      'Chrome on Android',
    ],
  ])('consists of browser and system, without versions: %s', (userAgent, name) => {
    expect(deviceName(userAgent)).toBe(name);
  });

  it('is unknown if the client sends nothing, or nothing that is recognized', () => {
    expect([undefined, '', '\u0000'].map(deviceName)).toEqual([undefined, undefined, undefined]);
    expect(deviceName(`Mozilla/5.0 ${'x'.repeat(2_000)}`)).toBeUndefined();
  });

  it('is never longer than what a list can show, whatever a client sends', () => {
    const strange = [
      'curl/8.5.0',
      'okhttp/4.12.0',
      'node',
      'Shop<script>/1 (Evil)',
      'a'.repeat(1_000),
      `${'a'.repeat(200)}/1 (x)`,
      '🐱/1',
    ];
    for (const userAgent of strange) expect((deviceName(userAgent) ?? '').length).toBeLessThanOrEqual(60);
  });
});
