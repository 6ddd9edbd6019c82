import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { toolAt } from '../../scripts/deploy/tools.ts';

/** `helm template` with these values. */
function run(values: string): {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
} {
  const helm = toolAt('helm', false) ?? 'helm';
  const args = ['template', 'shop', 'deploy/helm', '--kube-version', '1.31.0', '--values', '-'];
  return spawnSync(helm, args, { input: values, encoding: 'utf8' });
}

/** What the chart makes, by kind. */
function rendered(values: string) {
  const { status, stdout, stderr } = run(values);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return new Map(parseAllDocuments(stdout).map((one) => [one.toJS()?.kind, one.toJS()]));
}

const podOf = (values: string) => rendered(values).get('Deployment').spec.template;
const envOf = (values: string) => {
  const env: { name: string; value?: string }[] = podOf(values).spec.containers[0].env;
  return Object.fromEntries(env.map(({ name, ...one }) => [name, one.value ?? one]));
};

describe('The chart', () => {
  it('says on and off where YAML reads true and false, and writes numbers out', () => {
    const env = envOf(`
settings: { MCP: on, CONSOLE: off, OTEL_SDK_DISABLED: true, EMBEDDED_CACHE_BYTES: 67108864, OTEL_TRACES_SAMPLER_ARG: 0.05 }`);
    expect(env).toMatchObject({
      MCP: 'on',
      CONSOLE: 'off',
      OTEL_SDK_DISABLED: 'true',
      EMBEDDED_CACHE_BYTES: '67108864',
      OTEL_TRACES_SAMPLER_ARG: '0.05',
    });
  });

  it.each(['HOST', 'PORT', 'ADMIN_HOST', 'ADMIN_PORT', 'ISSUER', 'DRAIN_SECONDS'])(
    'refuses %s among the settings, because it sets that itself',
    (name) => {
      const { status, stderr } = run(`settings: { ${name}: 1 }`);
      expect(status).not.toBe(0);
      expect(stderr).toContain(`settings.${name}: the chart sets it`);
    },
  );

  it('lets a pod stop for as long as the drain and the requests in flight may take', () => {
    expect(podOf('drainSeconds: 15').spec.terminationGracePeriodSeconds).toBeGreaterThan(15 + 8);
    const values = '{ drainSeconds: 15, settings: { SHUTDOWN_GRACE_SECONDS: 60 } }';
    expect(podOf(values).spec.terminationGracePeriodSeconds).toBeGreaterThan(15 + 60);
  });

  it('takes what a cluster asks of a pod', () => {
    const { metadata, spec } = podOf(`
image: { pullSecrets: [{ name: registry }], pullPolicy: IfNotPresent }
podAnnotations: { prometheus.io/scrape: 'true' }
affinity: { nodeAffinity: {} }
nodeSelector: { pool: shop }
tolerations: [{ key: shop, operator: Exists }]
topologySpreadConstraints: [{ maxSkew: 1, topologyKey: zone, whenUnsatisfiable: ScheduleAnyway }]
priorityClassName: high
extraVolumes: [{ name: authority, secret: { secretName: authority } }]
extraVolumeMounts: [{ name: authority, mountPath: /authority }]`);
    expect(metadata.annotations).toEqual({ 'prometheus.io/scrape': 'true' });
    expect(spec).toMatchObject({
      imagePullSecrets: [{ name: 'registry' }],
      affinity: { nodeAffinity: {} },
      nodeSelector: { pool: 'shop' },
      tolerations: [{ key: 'shop', operator: 'Exists' }],
      topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway' }],
      priorityClassName: 'high',
      volumes: [{ name: 'tmp' }, { name: 'authority', secret: { secretName: 'authority' } }],
    });
    expect(spec.affinity).not.toHaveProperty('podAntiAffinity');
    expect(spec.containers[0]).toMatchObject({
      imagePullPolicy: 'IfNotPresent',
      volumeMounts: [{ name: 'tmp' }, { name: 'authority', mountPath: '/authority' }],
    });
  });

  it('takes variables from other secrets', () => {
    const valueFrom = { secretKeyRef: { name: 'mail', key: 'url' } };
    expect(envOf(JSON.stringify({ extraEnv: [{ name: 'SMTP_URL', valueFrom }] }))).toMatchObject({
      SMTP_URL: { valueFrom },
    });
  });

  it('makes an ingress for the host of the issuer, with its annotations', () => {
    const { metadata, spec } = rendered(`
issuer: https://shop.example.com:8443/sessions
ingress: { enabled: true, annotations: { cert-manager.io/cluster-issuer: main } }`).get('Ingress');
    expect(metadata.annotations).toEqual({ 'cert-manager.io/cluster-issuer': 'main' });
    expect([spec.rules[0].host, spec.tls[0].hosts]).toEqual(['shop.example.com', ['shop.example.com']]);
  });

  it('leaves out what the cluster has otherwise', () => {
    expect([...rendered('').keys()]).toEqual(
      expect.arrayContaining(['NetworkPolicy', 'PodDisruptionBudget', 'HorizontalPodAutoscaler']),
    );
    const made = rendered(
      '{ networkPolicy: { enabled: false }, podDisruptionBudget: { enabled: false }, autoscaling: { enabled: false } }',
    );
    for (const kind of ['NetworkPolicy', 'PodDisruptionBudget', 'HorizontalPodAutoscaler', 'Ingress'])
      expect(made.has(kind), kind).toBe(false);
    expect(made.get('Deployment').spec.replicas).toBe(3);
  });
});
