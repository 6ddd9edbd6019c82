import { briefOf } from '../app/segment-brief.ts';
import { hrefOf } from '../app/route.ts';
import { useApi } from '../app/signed-in.ts';
import { useLoad } from '../app/use-load.ts';
import type { SegmentItem } from '../api/types.ts';
import { useLocale } from '../i18n/locale.ts';
import { Bars } from '../ui/charts.tsx';
import { Card, Empty, Load, Value } from '../ui/parts.tsx';
import { Table } from '../ui/table.tsx';

const MOST = 100;

interface Segments {
  readonly items: readonly SegmentItem[];
  readonly total: number;
}

export function SegmentsScreen() {
  const { texts } = useLocale();
  const { segments } = texts;
  const api = useApi();
  const found = useLoad('segments', () =>
    api.admin<Segments>('GET', '/segments', { query: { limit: MOST } }),
  );
  return (
    <>
      <div class="title">
        <h1>{segments.title}</h1>
      </div>
      <p class="lead">{segments.lead}</p>
      <Load of={found}>
        {({ items, total }) =>
          items.length === 0 ? (
            <Card title={segments.biggest}>
              <Empty title={segments.empty} hint={segments.emptyHint} />
            </Card>
          ) : (
            <>
              <div class="columns">
                <Sizes items={items} total={total} />
                <Spread items={items} />
              </div>
              <SegmentTable items={items} />
            </>
          )
        }
      </Load>
    </>
  );
}

function Sizes({ items, total }: Segments) {
  const { segments } = useLocale().texts;
  const bars = items.slice(0, 10).map(({ segmentToken, conditions, sessions }, i) => ({
    label: `${i + 1}. ${briefOf(conditions) || segmentToken.slice(0, 12)}`,
    value: sessions,
    href: hrefOf(['sessions'], { segment: segmentToken }),
  }));
  return (
    <Card title={segments.biggest} lead={segments.count(total)}>
      <Bars label={segments.biggest} bars={bars} />
    </Card>
  );
}

function Spread({ items }: { readonly items: readonly SegmentItem[] }) {
  const { segments } = useLocale().texts;
  const values = new Map<string, Set<string>>();
  for (const { conditions } of items) {
    for (const [name, value] of Object.entries(conditions)) {
      const known = values.get(name) ?? new Set();
      values.set(name, known.add(JSON.stringify(value)));
    }
  }
  const bars = [...values].map(([label, known]) => ({ label, value: known.size }));
  return (
    <Card title={segments.spread} lead={segments.spreadLead}>
      <Bars
        label={segments.spread}
        bars={bars.toSorted((a, b) => b.value - a.value)}
        format={segments.values}
      />
    </Card>
  );
}

function SegmentTable({ items }: { readonly items: readonly SegmentItem[] }) {
  const locale = useLocale();
  const { segments } = locale.texts;
  const all = items.reduce((sum, { sessions }) => sum + sessions, 0);
  return (
    <Card title={segments.conditions}>
      <Table
        label={segments.conditions}
        rows={items}
        keyOf={({ segmentToken }) => segmentToken}
        columns={[
          {
            title: segments.conditions,
            of: ({ conditions }) => (
              <ul class="conditions">
                {Object.entries(conditions)
                  .filter(([, value]) => value !== null && value !== '')
                  .map(([name, value]) => (
                    <li key={name}>
                      <span class="muted">{name}</span> <Value of={value} />
                    </li>
                  ))}
              </ul>
            ),
          },
          { title: segments.sessions, of: ({ sessions }) => locale.number(sessions), isNumber: true },
          { title: segments.share, of: ({ sessions }) => locale.percent(sessions / all), isNumber: true },
          {
            title: segments.show,
            of: ({ segmentToken, conditions }) => (
              <a href={hrefOf(['sessions'], { segment: segmentToken })}>
                {segments.show}
                <span class="unseen">: {briefOf(conditions)}</span>
              </a>
            ),
          },
        ]}
      />
    </Card>
  );
}
