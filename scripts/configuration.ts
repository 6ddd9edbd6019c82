import { writeFileSync } from 'node:fs';
import { configurationPage } from './configuration/page.ts';

/** `node scripts/configuration.ts` writes docs/configuration.md. A test fails while that page is stale. */
writeFileSync('docs/configuration.md', configurationPage());
