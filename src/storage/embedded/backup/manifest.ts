import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { CURRENT_FORMAT } from '../../store-format.js';
import { BackupRefused } from './refused.js';

export const MANIFEST_FILE = 'manifest.json';

const manifest = z.object({
  kind: z.literal('onesession-backup'),
  /** Of the service that made it. */
  version: z.string(),
  format: z.number().int(),
  madeAt: z.string(),
  bytes: z.number().int(),
  sha256: z.string(),
  /** Of each table. */
  rows: z.record(z.string(), z.number().int()),
});

export type Manifest = z.infer<typeof manifest>;

/** @throws BackupRefused */
export function readManifest(backup: string): Manifest {
  const found = manifest.safeParse(contentOf(join(backup, MANIFEST_FILE)));
  if (!found.success)
    throw new BackupRefused(`${backup} is not a backup: it holds no usable ${MANIFEST_FILE}`);
  const { format, version } = found.data;
  if (format > CURRENT_FORMAT) {
    throw new BackupRefused(
      `${backup} has format ${format}, and this version reads formats up to ${CURRENT_FORMAT}: restore it with ` +
        `onesession ${version} or later`,
    );
  }
  return found.data;
}

function contentOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

export async function checksumOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
