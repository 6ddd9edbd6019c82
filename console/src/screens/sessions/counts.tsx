import { useEffect, useRef } from 'preact/hooks';
import { useApi } from '../../app/signed-in.ts';
import { briefOfToken } from '../../app/segment-brief.ts';
import { hrefOf } from '../../app/route.ts';
import { useLoad } from '../../app/use-load.ts';
import type { Counted, Counts } from '../../api/types.ts';
import { useLocale } from '../../i18n/locale.ts';
import { type Bar, Bars, Ring } from '../../ui/charts.tsx';
import { Card, Load } from '../../ui/parts.tsx';

const MOST_BARS = 6;
type Facet = 'kind' | 'siteCode' | 'currency' | 'segment';

/** The service counts at most once in this time. */
const COUNTED_EVERY_MS = 60_000;

/** @param changes grows with what has changed since the screen was opened */
export function SessionCounts({ changes }: { readonly changes: number }) {
  const api = useApi();
  const locale = useLocale();
  const { sessions } = locale.texts;
  const counted = useLoad('counts', async () => {
    const one = (by: Facet): Promise<Counts> =>
      api.admin<Counts>('GET', '/sessions/count', { query: { by } });
    const [kind, siteCode, currency, segment] = await Promise.all([
      one('kind'),
      one('siteCode'),
      one('currency'),
      one('segment'),
    ]);
    return { kind, siteCode, currency, segment };
  });
  const shown = useRef(0);
  const asOf = counted.data?.kind.asOf;
  useEffect(() => {
    if (changes === shown.current || asOf === undefined) return;
    const wait = Math.max(0, Date.parse(asOf) + COUNTED_EVERY_MS - Date.now());
    const timer = setTimeout(() => {
      shown.current = changes;
      counted.refresh();
    }, wait);
    return () => clearTimeout(timer);
  }, [changes, asOf]);
  return (
    <Load of={counted}>
      {({ kind, siteCode, currency, segment }) => (
        <div class="grid four">
          <Card title={sessions.byKind} lead={sessions.asOf(locale.time(kind.asOf))}>
            <Ring
              label={sessions.byKind}
              parts={barsOf(kind, 'kind', (name) => sessions.kinds[name] ?? name)}
            />
          </Card>
          <Card title={sessions.bySite}>
            <Bars
              label={sessions.bySite}
              bars={barsOf(siteCode, 'siteCode', undefined, sessions.noContext)}
            />
          </Card>
          <Card title={sessions.byCurrency}>
            <Bars
              label={sessions.byCurrency}
              bars={barsOf(currency, 'currency', undefined, sessions.noContext)}
            />
          </Card>
          <Card title={sessions.bySegment}>
            <Bars
              label={sessions.bySegment}
              bars={barsOf(segment, 'segment', briefOfToken, sessions.noSegment)}
            />
          </Card>
        </div>
      )}
    </Load>
  );
}

function barsOf(
  { counts }: Counts,
  by: Facet,
  named: (name: string) => string = (name) => name,
  none = '–',
): readonly Bar[] {
  const sorted = counts.toSorted((a, b) => b.sessions - a.sessions).slice(0, MOST_BARS);
  return sorted.map((one: Counted) => {
    const name = one[by];
    return {
      label: name === undefined ? none : named(name),
      value: one.sessions,
      href: name === undefined ? undefined : hrefOf(['sessions'], { [by]: name }),
    };
  });
}
