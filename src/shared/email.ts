import { domainToASCII, domainToUnicode } from 'node:url';

/** Longer than any valid address (RFC 5321 section 4.5.3.1). A longer text names nobody and is not worth any work. */
const LONGEST = 1024;

/**
 * Returns the spelling under which an e-mail address is stored and looked up as a login, however it was typed: in lower
 * case and NFC, with the domain in A-labels as in the DNS (RFC 5890). Letters are lower-cased, as RFC 8265 section
 * 3.3.2 does for user names. Unicode case folding would treat `straße` and `strasse` as one mailbox.
 */
export function loginEmail(typed: string): string {
  const lower = typed.trim().toLowerCase();
  if (isAscii(lower) || lower.length > LONGEST) return lower;
  const [local, domain] = partsOf(lower.normalize('NFC').toLowerCase().normalize('NFC'));
  return join(local, domainToASCII(domain) || domain);
}

/** Returns a stored e-mail address with its domain as people read it: `anna@bücher.example`. */
export function readableEmail(email: string): string {
  const [local, domain] = partsOf(email);
  return domain.includes('xn--') ? join(local, domainToUnicode(domain) || domain) : email;
}

/**
 * Returns the spellings under which an account may be stored: today's first, then those of accounts made when only
 * capitals and spaces were normalized.
 */
export function emailSpellings(typed: string): readonly string[] {
  const today = loginEmail(typed);
  const lower = typed.trim().toLowerCase();
  if ((isAscii(lower) && !lower.includes('xn--')) || lower.length > LONGEST) return [today];
  const [local, domain] = partsOf(today);
  const readable = domainToUnicode(domain) || domain;
  const locals = [local, local.normalize('NFD')];
  const domains = [domain, readable, readable.normalize('NFD')];
  const older = locals.flatMap((one) => domains.map((other) => join(one, other)));
  return [...new Set([today, lower, ...older])];
}

// oxlint-disable-next-line no-control-regex -- the whole of ASCII
const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text);

/** @returns an empty domain if there is no `@` */
function partsOf(email: string): readonly [local: string, domain: string] {
  const at = email.lastIndexOf('@');
  return at < 0 ? [email, ''] : [email.slice(0, at), email.slice(at + 1)];
}

const join = (local: string, domain: string): string => (domain === '' ? local : `${local}@${domain}`);
