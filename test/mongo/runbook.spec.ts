import { newMongoUri } from '../support/store/drivers.js';
import { type RawDocument, readLines, writeDocuments } from '../support/programs/raw-store.js';
import { walkRunbook } from '../support/programs/runbook.js';

walkRunbook({
  name: 'mongo',
  settings: () => ({ MONGODB_URI: newMongoUri() }),
  earlier: async (_, rows) => {
    const MONGODB_URI = newMongoUri();
    await writeDocuments(MONGODB_URI, readLines<RawDocument>(rows));
    return { MONGODB_URI };
  },
});
