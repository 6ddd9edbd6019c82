import { withoutJwts } from '../shared/jwt.js';

/** Tokens are longer, and so are ids; the words of a path are not. */
const LONGEST_WORD = 30;

/** What may be shown of a parameter: everything, unless its name says that it is a credential. */
const isCredential = (name: string): boolean => /token$/i.test(name) || name === 'code';

/**
 * The path of a request for a developer to read, without its query. The wire puts tokens into paths, so a parameter
 * that is one is left as the template has it, and so is any long part of a path that no route has. A token in the place
 * of an id is left out.
 * @param template of the route, as Fastify has it; undefined where no route was found
 */
export function readablePath(
  url: string,
  template: string | undefined,
  params: Readonly<Record<string, unknown>>,
): string {
  if (template === undefined) {
    const [path = '/'] = url.split('?');
    return path
      .split('/')
      .map((part) => (part.length > LONGEST_WORD ? '…' : part))
      .join('/');
  }
  return template.replaceAll(/:(\w+)/g, (placeholder, name: string) => {
    const value = params[name];
    return typeof value === 'string' && !isCredential(name) ? withoutJwts(value) : placeholder;
  });
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where the services of both dialects, OAuth and RFC 9457 say why they refuse. */
const WORDS = ['message', 'error_description', 'detail', 'faultstring', 'error', 'fault'];

/** Why a request was refused, by the body of its answer. */
export function reasonIn(body: unknown): string | undefined {
  if (typeof body !== 'string') return undefined;
  try {
    const words = wordsIn(JSON.parse(body));
    return words === undefined ? undefined : withoutJwts(words);
  } catch {
    return undefined;
  }
}

function wordsIn(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (!isRecord(value)) return undefined;
  return WORDS.map((word) => wordsIn(value[word])).find((words) => words !== undefined);
}
