import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const SALT_BYTES = 16;
const IV_BYTES = 12;
const TAG_BYTES = 16;

const secretOf = (key: string, salt: Buffer): Buffer =>
  Buffer.from(hkdfSync('sha256', key, salt, 'onesession idempotent answer', 32));

/** Encrypts a body so that only somebody who knows the key can read it. */
export function sealed(body: string, key: string): string {
  const salt = randomBytes(SALT_BYTES);
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, secretOf(key, salt), iv);
  const text = Buffer.concat([cipher.update(body, 'utf8'), cipher.final()]);
  return Buffer.concat([salt, iv, cipher.getAuthTag(), text]).toString('base64');
}

/** @throws Error - another key sealed it, or it was changed */
export function unsealed(sealedBody: string, key: string): string {
  const bytes = Buffer.from(sealedBody, 'base64');
  const [salt, iv, tag] = [
    bytes.subarray(0, SALT_BYTES),
    bytes.subarray(SALT_BYTES, SALT_BYTES + IV_BYTES),
    bytes.subarray(SALT_BYTES + IV_BYTES, SALT_BYTES + IV_BYTES + TAG_BYTES),
  ];
  const decipher = createDecipheriv(CIPHER, secretOf(key, salt), iv, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(tag);
  const text = bytes.subarray(SALT_BYTES + IV_BYTES + TAG_BYTES);
  return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
}
