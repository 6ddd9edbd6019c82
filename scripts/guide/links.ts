/** What is wrong with the links of a built site: a target that is no file, or an anchor that its page does not have. */
export function brokenLinks(files: ReadonlyMap<string, string>, base: string): readonly string[] {
  const anchors = new Map([...files].map(([file, html]) => [file, anchorsOf(html)]));
  return [...files].flatMap(([file, html]) =>
    linksOf(html)
      .filter((link) => isBroken(new URL(link, `http://site${base}${file}`)))
      .map((link) => `${file}: ${link}`),
  );

  function isBroken({ host, pathname, hash }: URL): boolean {
    if (host !== 'site' || !pathname.startsWith(base)) return false;
    const path = decodeURIComponent(pathname.slice(base.length));
    if (path.startsWith('assets/')) return false;
    const target =
      path === '' || path.endsWith('/') ? `${path}index.html` : `${path.replace(/\.html$/, '')}.html`;
    const ids = anchors.get(target);
    return ids === undefined || (hash !== '' && !ids.has(decodeURIComponent(hash.slice(1))));
  }
}

const anchorsOf = (html: string): ReadonlySet<string> =>
  new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id = '']) => id));

const linksOf = (html: string): readonly string[] =>
  [...html.matchAll(/<a [^>]*href="([^"]+)"/g)].map(([, link = '']) => link.replaceAll('&amp;', '&'));
