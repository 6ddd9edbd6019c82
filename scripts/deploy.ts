import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toolAt } from './deploy/tools.ts';

/**
 * `npm run deploy:check [-- --install]` has the makers' own tools look at what is in `deploy/`. A tool that is not there,
 * and with `--install` can't be had, is named: its checks are skipped, which never counts as passed.
 */
const install = process.argv.includes('--install');

interface Check {
  readonly what: string;
  readonly tool: string;
  readonly run: (tool: string) => boolean;
}

const CHART = 'deploy/helm';
const MANIFESTS = join('reports', 'manifests.yaml');
/** systemd's figure is ten times the one that it prints: 0 is shut, 100 open. */
const MOST_EXPOSURE = 15;

const succeeds = (command: string, ...args: string[]): boolean =>
  spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;

const tested = (...files: readonly string[]): boolean =>
  succeeds('vitest', 'run', '--config', 'vitest.deploy.config.ts', ...files);

function rendered(helm: string): boolean {
  const args = ['template', 'shop', CHART, '--kube-version', '1.31.0', '--set', 'ingress.enabled=true'];
  const { status, stdout, stderr } = spawnSync(helm, args, { encoding: 'utf8' });
  if (status !== 0) process.stderr.write(stderr);
  writeFileSync(MANIFESTS, stdout);
  return status === 0;
}

function scored(kubeScore: string): boolean {
  const helm = toolAt('helm', install);
  const ignored = ['--ignore-test', 'container-ephemeral-storage-request-equals-limit'];
  return helm !== undefined && rendered(helm) && succeeds(kubeScore, 'score', ...ignored, MANIFESTS);
}

const CHECKS: readonly Check[] = [
  {
    what: 'alert rules',
    tool: 'promtool',
    run: (tool) => succeeds(tool, 'check', 'rules', 'deploy/prometheus/alerts.yml'),
  },
  {
    what: 'tests of the alert rules',
    tool: 'promtool',
    run: (tool) => succeeds(tool, 'test', 'rules', 'deploy/prometheus/alerts.test.yml'),
  },
  { what: 'chart', tool: 'helm', run: (tool) => succeeds(tool, 'lint', '--strict', CHART) },
  { what: 'values of the chart', tool: 'helm', run: () => tested('chart') },
  { what: 'manifests of the chart', tool: 'kube-score', run: scored },
  {
    what: 'hardening of the unit',
    tool: 'systemd-analyze',
    run: (tool) =>
      succeeds(
        tool,
        'security',
        '--offline=true',
        '--no-pager',
        `--threshold=${MOST_EXPOSURE}`,
        'deploy/systemd/onesession.service',
      ),
  },
  {
    what: 'cache by segment, the proxy of docs/clients.md, and the gateway',
    tool: 'nginx',
    run: () => tested('nginx', 'gateway'),
  },
  { what: 'cache by segment of the guide', tool: 'varnishd', run: () => tested('varnish') },
  { what: 'image of the Dockerfile', tool: 'npm', run: () => tested('image') },
];

const failures: string[] = [];
let passed = 0;
let skipped = 0;
mkdirSync('reports', { recursive: true });
for (const { what, tool, run } of CHECKS) {
  const found = toolAt(tool, install);
  if (found === undefined) {
    skipped += 1;
    process.stdout.write(`SKIPPED, not checked: ${what}: there is no ${tool} here\n`);
  } else if (run(found)) {
    passed += 1;
    process.stdout.write(`ok: ${what} (${tool})\n`);
  } else failures.push(`${what} (${tool})`);
}
for (const failure of failures) process.stdout.write(`FAILED: ${failure}\n`);
writeFileSync(join('reports', 'deploy.json'), JSON.stringify({ passed, skipped, failed: failures.length }));
process.stdout.write(`${passed} passed, ${failures.length} failed, ${skipped} skipped\n`);
process.exit(failures.length === 0 ? 0 : 1);
