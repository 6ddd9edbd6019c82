import { describe, expect, it } from 'vitest';
import { appCallBody, readAppAnswer } from './app-wire.rules.js';

describe('What an app is posted', () => {
  it('are its inputs by namespace, whatever their names [W-78]', () => {
    const inputs = new Map([
      ['public.a.b', '1'],
      ['public.constructor', ''],
      ['profile.email', 'a@b'],
    ]);
    expect(JSON.parse(appCallBody(inputs))).toEqual({
      public: { 'a.b': { value: '1' }, constructor: { value: '' } },
      profile: { email: { value: 'a@b' } },
    });
    expect(appCallBody(new Map())).toBe('{}');
  });
});

describe('The answer of an app', () => {
  const declared = { offers: ['banner', 'link', 'toString'], constructor: ['x'] };
  const read = (answer: unknown) => readAppAnswer(JSON.stringify(answer), declared);

  it('is what it declared, and an empty value is one [W-79, M-18]', () => {
    const answer = {
      offers: { banner: { value: 'x', keepAlive: true }, link: { value: '' }, other: { value: 'no' } },
      store: { channel: { value: '2' } },
      authentication: { storeUserId: { value: 'me' } },
    };
    expect(read(answer)).toEqual(new Map([['offers.banner', 'x'], ['offers.link', '']])); // prettier-ignore
  });

  it('may have lists and objects as values, as storefront-permissions sends them [W-79]', () => {
    const [list, object] = [['140', { id: 1 }], { organization: 'acme', active: true }];
    expect(read({ offers: { banner: { value: list }, link: { value: object } } })).toEqual(
      new Map<string, unknown>([['offers.banner', list], ['offers.link', object]]), // prettier-ignore
    );
  });

  it('may have numbers and flags as values, as creditControl and shopper have them [W-79]', () => {
    const answer = { offers: { banner: { value: 0 }, link: { value: false } } };
    expect(read(answer)).toEqual(new Map<string, unknown>([['offers.banner', 0], ['offers.link', false]])); // prettier-ignore
  });

  it('may leave everything out [W-79]', () => {
    expect(read({})).toEqual(new Map());
    expect(read({ offers: {} })).toEqual(new Map());
  });

  it.each([null, {}, { value: null }, { keepAlive: true }])(
    'may leave a key as it is by %j, which costs no other key [F-59]',
    (left) => {
      const outputs = new Map([['offers.link', '/x']]);
      expect(read({ offers: { banner: left, link: { value: '/x' } } })).toEqual(outputs);
      expect(read({ offers: { link: { value: '/x' }, banner: left } })).toEqual(outputs);
      expect(read({ offers: { banner: left } })).toEqual(new Map());
    },
  );

  it('may leave a namespace unchanged, and may contain anything that was not declared [F-59, M-18]', () => {
    expect(read({ offers: null, constructor: { x: { value: '1' } } })).toEqual(
      new Map([['constructor.x', '1']]),
    );
    expect(read({ message: 'done', list: [], offers: { link: { value: '' } } })).toEqual(
      new Map([['offers.link', '']]),
    );
  });

  it('is not looked at when the app declared nothing [F-59]', () => {
    for (const text of ['', 'OK', '{"offers":1}']) {
      expect(readAppAnswer(text, {})).toEqual(new Map());
      expect(readAppAnswer(text, { offers: [] })).toEqual(new Map());
    }
  });

  it('writes nothing for names that every object has [M-18]', () => {
    expect(
      read(JSON.parse('{"__proto__":{"x":{"value":"1"}},"offers":{"__proto__":{"value":"1"}}}')),
    ).toEqual(new Map());
    expect(read({ constructor: { x: { value: '1' } } })).toEqual(new Map([['constructor.x', '1']]));
  });

  it.each([
    'not json',
    '',
    'null',
    '[]',
    '"x"',
    '{"offers":{"banner":"x"}}',
    '{"offers":{"banner":1}}',
    '{"offers":{"banner":{"value":12345678901234567890}}}',
    '{"offers":{"banner":{"value":[0.12345678901234567890]}}}',
    `{"offers":{"banner":{"value":["${'x'.repeat(4093)}"]}}}`,
    `{"offers":{"banner":{"value":${'['.repeat(40)}${']'.repeat(40)}}}}`,
    `{"offers":{"banner":{"value":"${'x'.repeat(5000)}"}}}`,
  ])('can not be %.40s [M-29]', (text) => {
    expect(readAppAnswer(text, declared)).toBeUndefined();
  });
});
