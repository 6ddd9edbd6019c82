import type { Problem } from '../../shared/domain-error.js';

const LONGEST_URL = 2048;

/** Returns what is wrong with the URL of a tenant's own server. */
export function problemsOfTargetUrl(field: string, text: string): readonly Problem[] {
  const url = text.length <= LONGEST_URL ? URL.parse(text) : null;
  const wellFormed = url?.protocol === 'https:' || url?.protocol === 'http:';
  if (url && wellFormed && url.username === '' && url.password === '' && url.hash === '') return [];
  return [{ field, message: 'must be an http or https address without a user, a password or a #part' }];
}
