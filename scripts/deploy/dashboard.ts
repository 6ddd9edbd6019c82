import {
  LegendDisplayMode,
  LegendPlacement,
  VizLegendOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { type Dashboard, DashboardBuilder, RowBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';

interface Panel {
  readonly title: string;
  /** Of Grafana: `s`, `bytes`, `reqps`, `percentunit`. */
  readonly unit: string;
  /** Legends and their queries. */
  readonly queries: Readonly<Record<string, string>>;
}

const perSecond = (metric: string, by: string, where = ''): string =>
  `sum by (${by}) (rate(${metric}${where}[$__rate_interval]))`;
const quantile = (part: number, metric: string, by = ''): string =>
  `histogram_quantile(${part}, sum by (le${by && `, ${by}`}) (rate(${metric}_bucket[$__rate_interval])))`;

const REQUESTS = 'onesession_http_request_duration_seconds';

const ROWS: Readonly<Record<string, readonly Panel[]>> = {
  Requests: [
    {
      title: 'Requests by status',
      unit: 'reqps',
      queries: { '{{status}}': perSecond(`${REQUESTS}_count`, 'status') },
    },
    {
      title: 'Duration of requests',
      unit: 's',
      queries: { p50: quantile(0.5, REQUESTS), p99: quantile(0.99, REQUESTS) },
    },
    {
      title: 'Refusals by kind',
      unit: 'reqps',
      queries: { '{{kind}}': perSecond('onesession_refusals_total', 'kind') },
    },
  ],
  Sessions: [
    {
      title: 'Sessions in the store',
      unit: 'short',
      queries: { '{{kind}}': 'max by (kind) (onesession_sessions_stored)' },
    },
    {
      title: 'Logins',
      unit: 'reqps',
      queries: { '{{kind}}': perSecond('onesession_logins_total', 'kind') },
    },
    {
      title: 'Refreshes by outcome',
      unit: 'reqps',
      queries: { '{{outcome}}': perSecond('onesession_refreshes_total', 'outcome') },
    },
    {
      title: 'Logins by tenant',
      unit: 'reqps',
      queries: { '{{tenant}}': `topk(10, ${perSecond('onesession_tenant_logins_total', 'tenant')})` },
    },
  ],
  'Session apps': [
    {
      title: 'Duration of transforms',
      unit: 's',
      queries: {
        p50: quantile(0.5, 'onesession_transform_duration_seconds'),
        p99: quantile(0.99, 'onesession_transform_duration_seconds'),
      },
    },
    {
      title: 'Rounds of a transform',
      unit: 'short',
      queries: { p99: quantile(0.99, 'onesession_transform_rounds') },
    },
    {
      title: 'Failures and troubles',
      unit: 'reqps',
      queries: {
        '{{app}} {{kind}}': perSecond('onesession_session_app_failures_total', 'app, kind'),
        '{{outcome}}': perSecond('onesession_session_app_troubles_total', 'outcome'),
      },
    },
  ],
  Store: [
    {
      title: 'Operations',
      unit: 'ops',
      queries: { '{{port}}': perSecond('onesession_store_operations_total', 'port') },
    },
    {
      title: 'Duration of operations, p99',
      unit: 's',
      queries: { '{{port}}': quantile(0.99, 'onesession_store_operation_duration_seconds', 'port') },
    },
    {
      title: 'Disk',
      unit: 'bytes',
      queries: { used: 'max(onesession_store_size_bytes)', free: 'min(onesession_store_free_bytes)' },
    },
    { title: 'Store answers', unit: 'short', queries: { '{{instance}}': 'onesession_store_up' } },
  ],
  'What leaves the service': [
    { title: 'Event lag', unit: 's', queries: { lag: 'max(onesession_event_lag_seconds)' } },
    {
      title: 'Webhook deliveries',
      unit: 'reqps',
      queries: { '{{outcome}}': perSecond('onesession_webhook_deliveries_total', 'outcome') },
    },
    {
      title: 'Mails',
      unit: 'reqps',
      queries: { '{{kind}} {{outcome}}': perSecond('onesession_mails_total', 'kind, outcome') },
    },
  ],
  Process: [
    {
      title: 'CPU',
      unit: 'short',
      queries: { '{{instance}}': perSecond('process_cpu_seconds_total', 'instance') },
    },
    { title: 'Memory', unit: 'bytes', queries: { '{{instance}}': 'process_resident_memory_bytes' } },
    {
      title: 'Event loop lag, p99',
      unit: 's',
      queries: { '{{instance}}': 'nodejs_eventloop_lag_p99_seconds' },
    },
  ],
};

/** Grafana calls the queries of a panel A, B, C. */
const FIRST_REF = 65;

const panelOf = ({ title, unit, queries }: Panel): PanelBuilder => {
  const legend = new VizLegendOptionsBuilder()
    .showLegend(true)
    .displayMode(LegendDisplayMode.List)
    .placement(LegendPlacement.Bottom);
  const panel = new PanelBuilder().title(title).unit(unit).min(0).span(8).height(8).legend(legend);
  for (const [place, [name, expr]] of Object.entries(queries).entries()) {
    const refId = String.fromCodePoint(FIRST_REF + place);
    panel.withTarget(new DataqueryBuilder().refId(refId).expr(expr).legendFormat(name));
  }
  return panel;
};

/** The dashboard for `deploy/grafana/`. */
export function dashboard(): Dashboard {
  const builder = new DashboardBuilder('onesession')
    .uid('onesession')
    .tags(['onesession'])
    .refresh('30s')
    .time({ from: 'now-3h', to: 'now' })
    .timezone('browser');
  for (const [title, panels] of Object.entries(ROWS)) {
    builder.withRow(new RowBuilder(title));
    for (const panel of panels) builder.withPanel(panelOf(panel));
  }
  return builder.build();
}

export const dashboardFile = (): string => `${JSON.stringify(dashboard(), undefined, 2)}\n`;
