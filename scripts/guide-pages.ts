import { writeFileSync } from 'node:fs';
import { allBlocks, BLOCKS, blocksPage } from './guide/blocks.ts';
import { DIFFERENCES, differencesPage } from './guide/differences.ts';

/** Writes the generated pages of the guide. A test fails while one is stale. */
writeFileSync(DIFFERENCES, differencesPage());
writeFileSync(BLOCKS, blocksPage(allBlocks()));
