/** The kinds of body that a route may take. `beacon` is JSON, or JSON sent as plain text, as beacons do (F-64). */
export type TakenBody = 'json' | 'form' | 'beacon';

export const FORM_TYPE = 'application/x-www-form-urlencoded';

/**
 * JSON by RFC 6839 section 3.1: some clients send `application/merge-patch+json` with a PATCH, and VTEX's documentation
 * names `application/vnd.vtex.ds.v10+json`. Pages of other sites can't send any of these without a preflight.
 */
const JSON_TYPE = /^application\/(?:[a-z0-9][a-z0-9!#$&^_.-]*\+)?json$/;

const TAKEN: Readonly<Record<TakenBody, (type: string) => boolean>> = {
  json: (type) => JSON_TYPE.test(type),
  form: (type) => type === FORM_TYPE,
  beacon: (type) => JSON_TYPE.test(type) || type === 'text/plain',
};

const INSTEAD: Readonly<Record<TakenBody, string>> = {
  json: 'application/json',
  form: FORM_TYPE,
  beacon: 'application/json',
};

export interface BodyHeaders {
  readonly 'content-type'?: string | undefined;
  readonly 'content-encoding'?: string | undefined;
}

/**
 * Returns what is wrong with how a body is sent (RFC 9110 section 8.3). Types and parameter names may be in any case,
 * and a parameter may be quoted. Without a charset, the body is UTF-8.
 * @returns what to send instead
 */
export function bodyProblem(
  { 'content-type': type, 'content-encoding': encoding }: BodyHeaders,
  takes: TakenBody,
): string | undefined {
  if (encoding !== undefined && encoding.trim().toLowerCase() !== 'identity') {
    return 'Compressed bodies are not accepted; send the body without Content-Encoding';
  }
  const [name = '', ...parameters] = (type ?? '').split(';');
  if (!TAKEN[takes](name.trim().toLowerCase())) {
    return `This content type is not accepted here; send ${INSTEAD[takes]}`;
  }
  return parameters.some(isOtherCharset) ? 'This charset is not accepted; send the body in UTF-8' : undefined;
}

function isOtherCharset(parameter: string): boolean {
  const [name = '', ...value] = parameter.split('=');
  if (name.trim().toLowerCase() !== 'charset') return false;
  const charset = value
    .join('=')
    .trim()
    .replace(/^"(.*)"$/, '$1');
  return !['utf-8', 'utf8'].includes(charset.toLowerCase());
}
