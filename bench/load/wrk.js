import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const SCRIPT = fileURLToPath(new URL('wrk.lua', import.meta.url));

/** wrk takes a tenth of the CPU of a generator in JavaScript, which leaves the rest to the servers. */
export const wrk = {
  /** @returns {Promise<string | undefined>} its version, if it is there */
  async version() {
    // `wrk --version` prints the version and exits with 1.
    const told = await run('wrk', ['--version']).catch(({ stdout, stderr }) => ({ stdout, stderr }));
    return /wrk \S*?(\d+\.\d+\.\d+)/.exec(`${told.stdout}${told.stderr}`)?.[1];
  },

  async send(url, { requests, once, answer, seconds, connections, folder }) {
    const file = `${folder}/requests.txt`;
    await writeFile(file, requests.map(lineOf).join(''));
    const shape = ['-t1', `-c${connections}`, `-d${Math.ceil(seconds)}s`, '--latency', '-s', SCRIPT];
    const wanted = [once ? 'once' : 'again', String(answer.status), answer.text];
    const { stdout } = await run('wrk', [...shape, url, '--', file, ...wanted]);
    const told = stdout
      .trim()
      .split('\n')
      .findLast((line) => line.startsWith('{'));
    return JSON.parse(told ?? '{}');
  },
};

const lineOf = ({ method = 'GET', path, headers, body = '' }) => {
  const fields = Object.entries(headers).map(([name, value]) => `${name}\u0002${value}\u0001`);
  return `${[method, path, fields.join(''), body].join('\t')}\n`;
};
