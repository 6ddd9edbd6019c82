import { writeFileSync } from 'node:fs';
import { configurationPage } from './configuration/page.ts';

/** `node scripts/configuration.ts` writes docs/configuration.md; a test fails when it is stale. */
writeFileSync('docs/configuration.md', configurationPage());
