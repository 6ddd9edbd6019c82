import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { configurationPage } from '../../scripts/configuration/page.js';
import { bootstrapSchema } from '../../src/bootstrap/bootstrap.schema.js';
import { STATUS } from '../../src/http/errors/error.filter.js';
import { EMPORIX_FAMILIES, VTEX_FAMILIES } from '../../src/http/upstream/families.rules.js';

describe('The documents', () => {
  it('list every setting as the schema has it (npm run docs)', () => {
    expect(readFileSync('docs/configuration.md', 'utf8')).toBe(configurationPage());
  });

  it('name every key of a declared tenant and of its settings', () => {
    const { settings, ...tenant } = bootstrapSchema.shape.tenants.element.shape;
    const rows = readFileSync('docs/bootstrap.md', 'utf8').matchAll(/^\| (`.+?) \|/gm);
    const documented = [...rows].flatMap(([, keys]) => (keys ?? '').replaceAll('`', '').split(', '));
    const declared = ['settings', ...Object.keys(tenant), ...Object.keys(settings.unwrap().shape)];
    expect(documented.toSorted()).toEqual(declared.toSorted());
  });

  it('list every path family that is not served here', () => {
    const page = readFileSync('docs/clients.md', 'utf8');
    const [, list = ''] = page.split('## What is not here');
    const documented = [...list.matchAll(/`(\/[\w-]+(?:\/[\w-]+)?)`/g)].map(([, path]) => path);
    expect(documented.toSorted()).toEqual([...EMPORIX_FAMILIES, ...VTEX_FAMILIES].toSorted());
  });

  it('list features and rooms in the order in which they may use each other', () => {
    const rules = readFileSync('.dependency-cruiser.mjs', 'utf8');
    const order = (/ORDER =\s*'([^']+)'/.exec(rules)?.[1] ?? '').split(' ');
    const rooms = [...rules.matchAll(/^ {2}'src\/([\w/-]+)': '([^']+)',$/gm)].map(([, folder, names]) => [
      folder?.split('/').at(-1),
      names,
    ]);
    const page = readFileSync('docs/architecture.md', 'utf8');
    const rows = [...page.matchAll(/^\| `([\w-]+)\/`(?:, `\w+\/`)* \|.*\| (.*)\|$/gm)];
    expect(rows.map(([, folder]) => folder).slice(0, order.length)).toEqual(order);
    // `storage/` has the rooms of each driver: `embedded`: …; `mongo`: …
    const documented = rows.flatMap(([, folder = '', named = '']) =>
      named.split('; ').map((part) => {
        const [, inner = folder, names = part] = /^`(\w+)`: (.*)$/.exec(part) ?? [];
        return [inner, names.replaceAll('`', '').trim()] as const;
      }),
    );
    const withRooms = documented.filter(([, names]) => names !== '');
    expect(Object.fromEntries(withRooms)).toEqual(Object.fromEntries(rooms));
  });

  it('list exactly the error kinds that there are, each with its status', () => {
    const rows = readFileSync('docs/errors.md', 'utf8').matchAll(/^\| `([a-z-]+)` \| (\d{3}) \|/gm);
    const documented = Object.fromEntries([...rows].map(([, kind, status]) => [kind, Number(status)]));
    expect(documented).toEqual(STATUS);
  });
});
