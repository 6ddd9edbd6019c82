import { OPERATIONS } from '../operations/names.js';
import { rowsOf } from './rows.js';

const COLOURS = {
  embedded: '#1a7f5a',
  mongo: '#2f6fb0',
  'express-session': '#b5762a',
  'fastify-session': '#8a8f98',
  vendure: '#a3425f',
  keycloak: '#5b4b8a',
  kratos: '#3c8d93',
};
const [LEFT, WIDTH, BAR, GAP] = [210, 420, 14, 16];
const [LEGEND_TOP, LEGEND_LINE, PER_LINE] = [32, 18, 4];

/** Requests per second relative to a bare Fastify's, one bar for each that was measured. */
export function chartOf(run) {
  const rows = rowsOf(run);
  const most = Math.max(...rows.map(({ ofBare }) => ofBare));
  const parts = [];
  const shown = run.contenders.filter(({ id }) => COLOURS[id]);
  let y = LEGEND_TOP + Math.ceil(shown.length / PER_LINE) * LEGEND_LINE + 12;
  for (const [operation, title] of Object.entries(OPERATIONS)) {
    const bars = rows.filter((row) => row.operation === operation);
    if (bars.length === 0) continue;
    parts.push(text(LEFT - 10, y + (bars.length * BAR) / 2 + 4, title, 'text-anchor="end"'));
    for (const { contender, ofBare } of bars) {
      const width = Math.max(1, (ofBare / most) * WIDTH);
      parts.push(rect(LEFT, y, width.toFixed(1), COLOURS[contender]));
      parts.push(text(LEFT + width + 6, y + 11, ofBare.toFixed(ofBare < 0.1 ? 3 : 2)));
      y += BAR;
    }
    y += GAP;
  }
  const legend = shown.map(({ id, title }, i) => {
    const x = 10 + (i % PER_LINE) * 178;
    const top = LEGEND_TOP + Math.floor(i / PER_LINE) * LEGEND_LINE;
    return (
      rect(x, top, 12, COLOURS[id]) +
      text(x + 17, top + 11, title.replace(', connect-mongo', ' + connect-mongo'))
    );
  });
  const head = text(10, 20, 'Requests a second, as a part of what a bare Fastify answers (1.00)');
  return svg(LEFT + WIDTH + 100, y, [head, ...legend, ...parts]);
}

const rect = (x, y, width, colour) =>
  `<rect x="${x}" y="${y}" width="${width}" height="${BAR - 2}" fill="${colour}"/>`;

const text = (x, y, words, more = '') =>
  `<text x="${Math.round(x)}" y="${y}"${more && ` ${more}`}>${words}</text>`;

const svg = (width, height, parts) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="11" fill="#333">
<rect width="${width}" height="${height}" fill="#fff"/>
${parts.join('\n')}
</svg>
`;
