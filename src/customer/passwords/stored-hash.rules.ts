/** How a stored hash was made. Salts and keys are base64. */
export type HashRecipe =
  | { readonly scheme: 'argon2'; readonly memoryKib: number; readonly passes: number; readonly lanes: number }
  | { readonly scheme: 'bcrypt'; readonly cost: number }
  | {
      readonly scheme: 'pbkdf2';
      readonly digest: 'sha1' | 'sha256' | 'sha512';
      readonly iterations: number;
      readonly salt: string;
      readonly key: string;
    }
  | {
      readonly scheme: 'scrypt';
      readonly log2N: number;
      readonly blockSize: number;
      readonly parallelization: number;
      readonly salt: string;
      readonly key: string;
    };

/** Argon2id with 19 MiB, two passes and one lane (OWASP Password Storage Cheat Sheet). */
export const OWN_PARAMETERS = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 } as const;

const OWN_PREFIX = '$argon2id$v=19$m=19456,t=2,p=1$';

/**
 * What a hash may cost at most: about a second of a core and 128 MiB. Costlier ones could stop
 * all logins with a few requests.
 */
const LIMITS = {
  argon2MemoryKib: 131_072,
  /** Memory times passes. */
  argon2WorkKib: 524_288,
  argon2Lanes: 16,
  bcryptCost: 14,
  pbkdf2Iterations: 2_000_000,
  scryptBytes: 134_217_728,
  scryptParallelization: 16,
  /** Memory times parallelization. */
  scryptWorkBytes: 268_435_456,
} as const;

const LONGEST_HASH = 1024;
/** In bytes: shorter keys would fit many passwords, and longer ones cost PBKDF2 one full run for each block. */
const KEY = { least: 16, most: 64 } as const;

const BASE64 = String.raw`[A-Za-z0-9+/.]+={0,2}`;
const ARGON2 = new RegExp(
  String.raw`^\$argon2(?:id|i|d)\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$${BASE64}\$(${BASE64})$`,
);
const BCRYPT = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/;
/** The PHC form, and that of Python's passlib. */
const PBKDF2 = new RegExp(
  String.raw`^\$pbkdf2(?:-(sha1|sha256|sha512))?\$(?:i=)?(\d+)(?:,l=\d+)?\$(${BASE64})\$(${BASE64})$`,
);
const DJANGO = new RegExp(String.raw`^pbkdf2_(sha1|sha256|sha512)\$(\d+)\$([^$]+)\$(${BASE64})$`);
const SCRYPT = new RegExp(String.raw`^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$(${BASE64})\$(${BASE64})$`);

/** Whether it was made as this service makes them now. Others are renewed when their password is known. */
export const isOwnHash = (hash: string): boolean => hash.startsWith(OWN_PREFIX);

/** @returns undefined if the form is unknown, or checking a password would cost too much */
export function recipeOf(hash: string): HashRecipe | undefined {
  if (hash.length > LONGEST_HASH) return undefined;
  return argon2Of(hash) ?? bcryptOf(hash) ?? pbkdf2Of(hash) ?? djangoOf(hash) ?? scryptOf(hash);
}

function argon2Of(hash: string): HashRecipe | undefined {
  const found = ARGON2.exec(hash);
  if (!found) return undefined;
  const [memoryKib = 0, passes = 0, lanes = 0] = found.slice(1, 4).map(Number);
  const fine =
    isKey(found[4] ?? '') &&
    isWithin(lanes, LIMITS.argon2Lanes) &&
    isWithin(passes, LIMITS.argon2WorkKib) &&
    memoryKib >= 8 * lanes &&
    memoryKib <= LIMITS.argon2MemoryKib &&
    memoryKib * passes <= LIMITS.argon2WorkKib;
  return fine ? { scheme: 'argon2', memoryKib, passes, lanes } : undefined;
}

function bcryptOf(hash: string): HashRecipe | undefined {
  const cost = Number(BCRYPT.exec(hash)?.[1]);
  return cost >= 4 && cost <= LIMITS.bcryptCost ? { scheme: 'bcrypt', cost } : undefined;
}

function pbkdf2Of(hash: string): HashRecipe | undefined {
  const [, digest = 'sha1', iterations, salt = '', key = ''] = PBKDF2.exec(hash) ?? [];
  return pbkdf2(digest, Number(iterations), salt, key);
}

/** Django's salt is text. */
function djangoOf(hash: string): HashRecipe | undefined {
  const [, digest = '', iterations, salt = '', key = ''] = DJANGO.exec(hash) ?? [];
  return pbkdf2(digest, Number(iterations), Buffer.from(salt).toString('base64'), key);
}

function pbkdf2(digest: string, iterations: number, salt: string, key: string): HashRecipe | undefined {
  if (digest !== 'sha1' && digest !== 'sha256' && digest !== 'sha512') return undefined;
  if (!isWithin(iterations, LIMITS.pbkdf2Iterations) || !isKey(key)) return undefined;
  return { scheme: 'pbkdf2', digest, iterations, salt: plain(salt), key: plain(key) };
}

function scryptOf(hash: string): HashRecipe | undefined {
  const found = SCRYPT.exec(hash);
  if (!found) return undefined;
  const [log2N = 0, blockSize = 0, parallelization = 0] = found.slice(1, 4).map(Number);
  const [, , , , salt = '', key = ''] = found;
  const bytes = 128 * 2 ** log2N * blockSize;
  const fine =
    isKey(key) &&
    log2N >= 1 &&
    isWithin(blockSize, 64) &&
    isWithin(parallelization, LIMITS.scryptParallelization) &&
    bytes <= LIMITS.scryptBytes &&
    bytes * parallelization <= LIMITS.scryptWorkBytes;
  if (!fine) return undefined;
  return { scheme: 'scrypt', log2N, blockSize, parallelization, salt: plain(salt), key: plain(key) };
}

const isWithin = (value: number, most: number): boolean => value >= 1 && value <= most;

function isKey(key: string): boolean {
  const bytes = Buffer.from(plain(key), 'base64').length;
  return bytes >= KEY.least && bytes <= KEY.most;
}

/** passlib writes a dot instead of the plus sign. */
const plain = (base64: string): string => base64.replaceAll('.', '+');
