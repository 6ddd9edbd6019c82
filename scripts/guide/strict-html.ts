import { createHash } from 'node:crypto';

/** A page without anything inline, and the scripts that it had. */
export interface StrictPage {
  readonly html: string;
  /** By the name of the file, from the root of the site. */
  readonly scripts: ReadonlyMap<string, string>;
}

/**
 * Moves inline scripts into files and drops inline styles: the policy of the service allows neither. Vue sets
 * styles by script, which the policy allows.
 */
export function withoutInline(html: string, base: string): StrictPage {
  const scripts = new Map<string, string>();
  const moved = html.replaceAll(
    /<script((?![^>]* src=)[^>]*)>([^]+?)<\/script>/g,
    (_whole, attributes: string, code: string) => {
      const name = `assets/inline.${createHash('sha256').update(code).digest('hex').slice(0, 8)}.js`;
      scripts.set(name, code);
      return `<script${attributes} src="${base}${name}"></script>`;
    },
  );
  const [head = '', ...rest] = moved.split('<body>');
  const body = rest.join('<body>').replaceAll(/(<[a-z][^<>]*?) style="[^"]*"/g, '$1');
  return { html: [head.replaceAll(/<style>[^]*?<\/style>/g, ''), body].join('<body>'), scripts };
}
