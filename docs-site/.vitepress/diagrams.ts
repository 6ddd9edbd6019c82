import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderMermaidSVG } from 'beautiful-mermaid';
import type { MarkdownRenderer } from 'vitepress';

const LOOKS = {
  light: { bg: '#ffffff', fg: '#3c3c43', accent: '#3451b2' },
  dark: { bg: '#1b1b1f', fg: '#dfdfd6', accent: '#a8b1ff' },
};

/**
 * Draws each `mermaid` block while the site is built. Browsers get a picture, so they need no library, and its styles
 * are not those of the page. A block must say what it shows, in Mermaid's own words: `accTitle: …`.
 *
 * @param folder of files that are copied as they are
 */
export function drawDiagrams(md: MarkdownRenderer, folder: string): void {
  const { fence } = md.renderer.rules;
  md.renderer.rules.fence = (tokens, index, options, env, self) => {
    const { info = '', content = '' } = tokens[index] ?? {};
    if (info.trim() !== 'mermaid') return fence?.(tokens, index, options, env, self) ?? '';
    const title = /^\s*accTitle:(.+)$/m.exec(content)?.[1]?.trim();
    if (title === undefined) throw new Error(`A diagram needs an accTitle: ${content}`);
    const drawing = content.replace(/^\s*accTitle:.+\n/m, '');
    const images = Object.entries(LOOKS).map(([look, colours]) => {
      const svg = renderMermaidSVG(drawing, colours).replaceAll(/^\s*@import.+$/gm, '');
      const name = `${createHash('sha256').update(svg).digest('hex').slice(0, 12)}.svg`;
      mkdirSync(join(folder, 'diagrams'), { recursive: true });
      writeFileSync(join(folder, 'diagrams', name), svg);
      return `<img class="drawn-${look}" src="/diagrams/${name}" alt="${md.utils.escapeHtml(title)}">`;
    });
    return `<p class="diagram">${images.join('')}</p>`;
  };
}
