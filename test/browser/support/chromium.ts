import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** Nothing that would call out, and no window. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * @param flags beside those that every test needs
 * @throws Error that says how to get one
 */
export const launchChromium = (flags: readonly string[] = []): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumBinary(), headless: true, args: [...FLAGS, ...flags] });

function chromiumBinary(): string {
  const named = process.env.CHROMIUM_BINARY;
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const found = (named ? [named] : onPath).find(isExecutable);
  if (found) return found;
  throw new Error(
    `No Chromium${named ? ` at CHROMIUM_BINARY ${named}` : ' on the PATH'}: apt-get install -y chromium, or set CHROMIUM_BINARY`,
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
