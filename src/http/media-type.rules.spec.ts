import { describe, expect, it } from 'vitest';
import { bodyProblem, FORM_TYPE, type TakenBody } from './media-type.rules.js';

const ofType = (type: string | undefined, takes: TakenBody = 'json') =>
  bodyProblem({ 'content-type': type }, takes);

describe('A body', () => {
  it.each([
    'application/json',
    'Application/JSON',
    'application/json;charset=utf-8',
    'application/json ; Charset="UTF-8"; x=y',
    'application/merge-patch+json; charset=utf8',
    'application/vnd.vtex.ds.v10+json',
  ])('may be sent as %s [F-21, F-64]', (type) => {
    expect(ofType(type)).toBeUndefined();
  });

  it.each([
    undefined,
    '',
    'text/plain',
    FORM_TYPE,
    'application/jsonp',
    'application/+json',
    'application/x+json+xml',
    'text/x+json',
    'application/json, text/plain',
    'multipart/form-data',
  ])('is refused as %s, and the refusal says what to send [P-47]', (type) => {
    expect(ofType(type)).toMatch(/send application\/json/);
  });

  it.each(['iso-8859-1', '"UTF-16"', 'us-ascii', ''])('is refused in the charset %s [F-21]', (charset) => {
    expect(ofType(`application/json; charset=${charset}`)).toMatch(/UTF-8/);
  });

  it('must be a form on routes that take one [F-21]', () => {
    expect(ofType('Application/X-WWW-Form-Urlencoded; charset=UTF-8', 'form')).toBeUndefined();
    expect(ofType('application/json', 'form')).toMatch(new RegExp(FORM_TYPE));
  });

  it('may be plain text where beacons are accepted, but not a form [F-64]', () => {
    expect(ofType('text/plain;charset=UTF-8', 'beacon')).toBeUndefined();
    expect(ofType('application/json', 'beacon')).toBeUndefined();
    expect(ofType(FORM_TYPE, 'beacon')).toMatch(/application\/json/);
  });

  it.each(['gzip', 'br', 'deflate, gzip', 'identity, gzip'])(
    'is refused with Content-Encoding: %s [F-21]',
    (encoding) => {
      const headers = { 'content-type': 'application/json', 'content-encoding': encoding };
      expect(bodyProblem(headers, 'json')).toMatch(/Content-Encoding/);
    },
  );

  it('may be declared as not encoded', () => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'Identity' };
    expect(bodyProblem(headers, 'json')).toBeUndefined();
  });
});
