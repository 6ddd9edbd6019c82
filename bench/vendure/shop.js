import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bootstrap, DefaultLogger, LanguageCode, LogLevel } from '@vendure/core';
import { populate } from '@vendure/core/cli/index.js';
import { serve } from '../programs/serve.js';

/**
 * A shop of Vendure with one product. Its SQLite keeps everything in memory, and so is faster than one on a disk, but needs
 * no compiler. Its files are in `FOLDER`.
 */
const folder = process.env.FOLDER;

const config = {
  apiOptions: { hostname: '127.0.0.1', port: 0, adminApiPath: 'admin-api', shopApiPath: 'shop-api' },
  authOptions: {
    tokenMethod: ['bearer'],
    superadminCredentials: { identifier: 'admin', password: 'of the benchmark only' },
  },
  dbConnectionOptions: { type: 'sqljs', synchronize: true },
  importExportOptions: { importAssetsDir: folder },
  paymentOptions: { paymentMethodHandlers: [] },
  logger: new DefaultLogger({ level: LogLevel.Error }),
};

const WORLD = {
  defaultLanguage: LanguageCode.en,
  defaultZone: 'Europe',
  countries: [{ name: 'Germany', code: 'DE', zone: 'Europe' }],
  taxRates: [{ name: 'Standard', percentage: 19 }],
  shippingMethods: [],
  paymentMethods: [],
  collections: [],
};

const PRODUCTS = [
  'name,slug,description,assets,facets,optionGroups,optionValues,sku,price,taxCategory,stockOnHand,trackInventory,variantAssets,variantFacets',
  'Umbrella,umbrella,Keeps the rain off,,,,,U1,19.90,standard,1000,false,,',
];

const products = join(folder, 'products.csv');
await writeFile(products, `${PRODUCTS.join('\n')}\n`);
const app = await populate(() => bootstrap(config), WORLD, products);
serve(await app.getUrl());
