import { build } from 'vite';

export interface WatchedPages {
  close(): Promise<void>;
}

/** Builds the pages in a folder, and again after each change. The service reads their files at each request. */
export async function watchPages(root: string, print: (line: string) => void): Promise<WatchedPages> {
  const watcher = await build({ root, logLevel: 'silent', build: { watch: {} } });
  if (!('close' in watcher)) throw new Error(`Vite does not watch ${root}`);
  let isRepeated = false;
  watcher.on('event', async (event) => {
    if (event.code === 'ERROR') print(`${event.error.message}\nNot built: ${root}. Waiting for a change.`);
    if (event.code === 'BUNDLE_END') {
      if (isRepeated) print(`Built ${root} again`);
      isRepeated = true;
    }
    if ('result' in event) await event.result?.close();
  });
  return watcher;
}
