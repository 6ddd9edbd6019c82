type Values = Readonly<Record<string, unknown>>;

const IMPORT = /^import \{ (.+) \} from '.+';$/m;
const DECLARED = /^const (?:\{ (.+) \}|(\w+)) = /gm;

const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor;

/**
 * Runs a block of JavaScript from a page.
 * @param given what the block imports or takes for granted
 * @returns what it declares with `const`
 */
export async function runTold<Declared>(code: string, given: Values): Promise<Declared> {
  const imported = (IMPORT.exec(code)?.[1] ?? '').split(', ').filter((name) => name !== '');
  const missing = imported.filter((name) => !(name in given));
  if (missing.length > 0) throw new Error(`the library has no ${missing.join(', ')}`);
  const names = [...code.matchAll(DECLARED)].flatMap(([, several, one]) => several?.split(', ') ?? [one]);
  const body = `${code.replace(IMPORT, '')}\nreturn { ${names.join(', ')} };`;
  return AsyncFunction(...Object.keys(given), body)(...Object.values(given));
}
