import { readFileSync } from 'node:fs';

/** Returns the integrity of every package by its location. */
function packagesIn(file: string): string {
  const { packages } = JSON.parse(readFileSync(file, 'utf8'));
  const places = Object.entries<{ integrity?: string; optional?: boolean }>(packages);
  // Optional packages for other machines are only in the lock file.
  const wanted = places.filter(([place, { optional }]) => place !== '' && optional !== true);
  return JSON.stringify(wanted.map(([place, { integrity }]) => [place, integrity]).toSorted());
}

/** @returns whether a folder with its own lock file has installed what it names */
export function isInstalled(folder: string): boolean {
  try {
    // Written by `npm ci`: what is installed, in the format of the lock file.
    const installed = `${folder}/node_modules/.package-lock.json`;
    return packagesIn(installed) === packagesIn(`${folder}/package-lock.json`);
  } catch {
    return false;
  }
}
