import { scaleLinear } from 'd3-scale';
import { arc, pie } from 'd3-shape';
import { useLocale } from '../i18n/locale.ts';

export interface Bar {
  readonly label: string;
  readonly value: number;
  readonly href?: string | undefined;
}

const WIDTH = 100;

/** Bars with their numbers as text, so that nothing is told by colour or length alone. */
export function Bars({
  label,
  bars,
  format,
}: {
  readonly label: string;
  readonly bars: readonly Bar[];
  readonly format?: (value: number) => string;
}) {
  const locale = useLocale();
  const largest = Math.max(1, ...bars.map(({ value }) => value));
  const x = scaleLinear([0, largest], [0, WIDTH]);
  return (
    <ul class="bars" aria-label={label}>
      {bars.map(({ label: name, value, href }, i) => (
        <li key={i}>
          <span class="bar-name" title={name}>
            {href === undefined ? name : <a href={href}>{name}</a>}
          </span>
          <svg viewBox={`0 0 ${WIDTH} 8`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect class="bar-back" width={WIDTH} height="8" />
            <rect class="bar" width={x(value)} height="8" />
          </svg>
          <span class="bar-value">{(format ?? ((n: number) => locale.number(n)))(value)}</span>
        </li>
      ))}
    </ul>
  );
}

const OUTER = 46;
const INNER = 32;

/** A ring with its legend; the middle shows the sum. */
export function Ring({ label, parts }: { readonly label: string; readonly parts: readonly Bar[] }) {
  const locale = useLocale();
  const total = parts.reduce((sum, { value }) => sum + value, 0);
  const slices = pie<Bar>()
    .value(({ value }) => value)
    .sort(null)
    .padAngle(0.03)([...parts]);
  const shape = arc<(typeof slices)[number]>().innerRadius(INNER).outerRadius(OUTER).cornerRadius(2);
  return (
    <div class="ring">
      <svg viewBox="-50 -50 100 100" aria-hidden="true" focusable="false">
        {total === 0 && <circle class="ring-none" r={(OUTER + INNER) / 2} />}
        {total > 0 &&
          slices.map((slice, i) => (
            <path key={slice.data.label} class={`tone-${i % 6}`} d={shape(slice) ?? ''} />
          ))}
        <text class="ring-total" text-anchor="middle" dominant-baseline="central">
          {locale.number(total)}
        </text>
      </svg>
      <ul aria-label={label}>
        {parts.map(({ label: name, value, href }, i) => (
          <li key={name}>
            <span class={`dot tone-${i % 6}`} aria-hidden="true" />
            {href === undefined ? name : <a href={href}>{name}</a>}
            <span class="bar-value">{locale.number(value)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
