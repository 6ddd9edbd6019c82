import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { dashboard, dashboardFile } from '../../scripts/deploy/dashboard.js';
import { blocksFor } from '../../scripts/guide/blocks.js';
import { configSchema } from '../../src/config/config.schema.js';
import { openShop, type Shop } from '../support/shop.js';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly annotations: { readonly runbook: string };
}

const read = (file: string): string => readFileSync(file, 'utf8');
const rules: readonly Rule[] = parse(read('deploy/prometheus/alerts.yml')).groups[0].rules;
const names = (expression: string): string[] =>
  [...expression.matchAll(/\b(?:onesession|process|nodejs)_\w+/g)].map(([name]) =>
    name.replace(/_(bucket|sum|count)$/, ''),
  );

describe('The dashboard', () => {
  it('is the one that `npm run dashboard` writes', () => {
    expect(read('deploy/grafana/onesession.json')).toBe(dashboardFile());
  });
});

describe('A metric that the dashboard or an alert uses', () => {
  let shop: Shop;
  let served: ReadonlySet<string>;
  beforeAll(async () => {
    shop = await openShop();
    const { text } = await shop.http.get('/metrics').expect(200);
    served = new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name ?? ''));
  });
  afterAll(() => shop.close());

  it('exists on a service that was started', () => {
    const used = [...names(JSON.stringify(dashboard())), ...rules.flatMap(({ expr }) => names(expr))];
    expect(used.length).toBeGreaterThan(30);
    expect(used.filter((name) => !served.has(name))).toEqual([]);
  });
});

describe('An alert', () => {
  it.each(rules)('$alert has an entry in the runbook, and a test of firing and of keeping still', (rule) => {
    const anchor = rule.alert.toLowerCase();
    expect(rule.annotations.runbook).toBe(`docs/operations.md#${anchor}`);
    expect(read('docs/operations.md')).toMatch(new RegExp(`^### ${rule.alert}$`, 'm'));
    const tests: readonly { alert_rule_test: readonly { alertname: string; exp_alerts: unknown[] }[] }[] =
      parse(read('deploy/prometheus/alerts.test.yml')).tests;
    const ours = tests.flatMap((one) => one.alert_rule_test).filter((one) => one.alertname === rule.alert);
    expect(ours.map(({ exp_alerts: alerts }) => alerts.length > 0)).toEqual(
      expect.arrayContaining([true, false]),
    );
  });
});

describe('The cache that the guide shows', () => {
  it('is that of the settings of nginx', () => {
    const linesOf = (text: string): readonly string[] => text.split('\n').map((line) => line.trim());
    const [shown = ''] = blocksFor('test/deploy/deploy.spec.ts', 'docs/guide/caching.md');
    expect(shown).toContain('proxy_cache_key');
    const settings = new Set(linesOf(read('deploy/nginx/onesession.conf')));
    expect(linesOf(shown).filter((line) => !settings.has(line))).toEqual([]);
  });
});

describe('A setting that a deployment names', () => {
  it('exists', () => {
    const known = new Set(Object.keys(configSchema.shape));
    const texts = [
      read('deploy/systemd/onesession.service'),
      ...readdirSync('deploy/helm/templates').map((file) => read(`deploy/helm/templates/${file}`)),
    ];
    const named = texts.flatMap((text) =>
      [...text.matchAll(/(?:^Environment=|- name: )([A-Z][A-Z_]{3,})\b/gm)].map(([, name]) => name ?? ''),
    );
    expect(named).toContain('DRAIN_SECONDS');
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });
});
