import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TenantSettings } from '../../../src/tenant/tenant.types.js';

/** Writes a file of the demo data in which `acme` has these settings. Remove it with `removeDemo`. */
export function demoWith(settings: TenantSettings): string {
  const demo = JSON.parse(readFileSync('bootstrap/demo.json', 'utf8'));
  demo.tenants[0].settings = settings;
  const file = join(mkdtempSync(join(tmpdir(), 'onesession-demo-')), 'bootstrap.json');
  writeFileSync(file, JSON.stringify(demo));
  return file;
}

export const removeDemo = (file: string): void => rmSync(dirname(file), { recursive: true });
