import { fileURLToPath } from 'node:url';

export const PERFORMANCE_PAGE = fileURLToPath(new URL('../../docs/performance.md', import.meta.url));

/**
 * @param command whose section it is, such as `bench`
 * @returns the page, with this text between the command's two marks
 */
export function withSection(page, command, text) {
  const [begin, end] = [`<!-- written by npm run ${command} -->`, '<!-- until here -->'];
  const from = page.indexOf(begin);
  const to = page.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`the page has no "${begin}" with its "${end}"`);
  return `${page.slice(0, from)}${begin}\n\n${text}\n${page.slice(to)}`;
}
