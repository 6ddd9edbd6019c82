import { spawnSync, type SpawnSyncOptions } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Built once, outside the checkout. */
const BUILT = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'onesession', 'bin');
const BUILD_MS = 150_000;

interface Tool {
  /** Package of Debian. */
  readonly debian?: string;
  /** Go module, which the Go module proxy has. */
  readonly go?: string;
}

const TOOLS: Readonly<Record<string, Tool>> = {
  promtool: { debian: 'prometheus' },
  nginx: { debian: 'nginx-light' },
  varnishd: { debian: 'varnish' },
  'systemd-analyze': { debian: 'systemd' },
  helm: { go: 'helm.sh/helm/v3/cmd/helm@v3.22.0' },
  'kube-score': { go: 'github.com/zegl/kube-score/cmd/kube-score@v1.20.0' },
};

const has = (command: string): boolean =>
  spawnSync('sh', ['-c', `command -v "$0"`, command], { stdio: 'ignore' }).status === 0;

/** @returns how to call the tool; undefined where it can't be had */
export function toolAt(name: string, install: boolean): string | undefined {
  const built = join(BUILT, name);
  if (has(name)) return name;
  if (existsSync(built)) return built;
  if (!install) return undefined;
  const { debian, go } = TOOLS[name] ?? {};
  if (debian !== undefined && has('apt-get') && process.getuid?.() === 0) installed(debian);
  if (go !== undefined && has('go')) build(go);
  if (has(name)) return name;
  return existsSync(built) ? built : undefined;
}

function installed(name: string): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options: SpawnSyncOptions = { stdio: ['ignore', 'ignore', 'inherit'], env };
  spawnSync('apt-get', ['update', '-qq'], options);
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], options);
}

function build(module: string): void {
  mkdirSync(BUILT, { recursive: true });
  spawnSync('go', ['install', module], {
    stdio: ['ignore', 'ignore', 'ignore'],
    env: { ...process.env, GOBIN: BUILT },
    timeout: BUILD_MS,
  });
}
