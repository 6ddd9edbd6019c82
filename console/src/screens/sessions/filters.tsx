import { useEffect, useState } from 'preact/hooks';
import { goTo, hrefOf } from '../../app/route.ts';
import { useTexts } from '../../i18n/locale.ts';
import { Button, SelectField, TextField } from '../../ui/parts.tsx';

/** Names of query items, in the console's address and in that of the API. */
export const FILTERS = [
  'kind',
  'state',
  'email',
  'siteCode',
  'currency',
  'targetLocation',
  'clientId',
  'customerId',
  'cartId',
  'segment',
  'createdAfter',
  'createdBefore',
] as const;

type Filters = Readonly<Partial<Record<(typeof FILTERS)[number], string | undefined>>>;

export function SessionFilters({
  query,
  values,
}: {
  readonly query: URLSearchParams;
  readonly values: Filters;
}) {
  const texts = useTexts();
  const { sessions } = texts;
  const [chosen, setChosen] = useState(values);
  useEffect(() => setChosen(values), [query.toString()]);
  const isFiltered = Object.values(values).some((value) => value !== undefined);
  const set = (name: (typeof FILTERS)[number], value: string): void =>
    setChosen({ ...chosen, [name]: value });
  const text = (name: (typeof FILTERS)[number], label: string, value = chosen[name] ?? '') => (
    <TextField label={label} value={value} onValue={(next) => set(name, next)} />
  );
  const apply = (event: Event): void => {
    event.preventDefault();
    goTo(hrefOf(['sessions'], chosen));
  };
  const anyOf = (names: Readonly<Record<string, string>>) => [
    ['', texts.all] as const,
    ...Object.entries(names),
  ];
  return (
    <details class="filters" open={isFiltered}>
      <summary>
        {sessions.filters}
        {isFiltered && ` (${Object.values(values).filter((value) => value !== undefined).length})`}
      </summary>
      <form onSubmit={apply}>
        <div class="filter-grid">
          <SelectField
            label={sessions.kind}
            value={chosen.kind ?? ''}
            options={anyOf(sessions.kinds)}
            onValue={(v) => set('kind', v)}
          />
          <SelectField
            label={sessions.state}
            value={chosen.state ?? ''}
            options={anyOf(sessions.states)}
            onValue={(v) => set('state', v)}
          />
          {text('email', sessions.email)}
          {text('siteCode', sessions.site)}
          {text('currency', sessions.currency)}
          {text('targetLocation', sessions.country)}
          {text('clientId', sessions.client)}
          {text('cartId', sessions.cart)}
          {text('segment', sessions.segment)}
          <DateField
            label={sessions.createdAfter}
            value={chosen.createdAfter}
            onValue={(v) => set('createdAfter', v)}
          />
          <DateField
            label={sessions.createdBefore}
            value={chosen.createdBefore}
            onValue={(v) => set('createdBefore', v)}
          />
        </div>
        <div class="actions">
          <Button type="submit" look="primary">
            {texts.find.submit}
          </Button>
          {isFiltered && (
            <a class="button quiet" href={hrefOf(['sessions'])}>
              {sessions.clearFilters}
            </a>
          )}
        </div>
      </form>
    </details>
  );
}

/** A moment of the person's own time zone; UTC for the API. */
export function DateField({
  label,
  value,
  onValue,
  required = false,
}: {
  readonly label: string;
  readonly value: string | undefined;
  readonly onValue: (value: string) => void;
  readonly required?: boolean;
}) {
  const change = (local: string): void => onValue(local === '' ? '' : new Date(local).toISOString());
  return (
    <TextField
      label={label}
      type="datetime-local"
      required={required}
      value={localOf(value)}
      onValue={change}
    />
  );
}

function localOf(iso: string | undefined): string {
  if (iso === undefined || iso === '') return '';
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return '';
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
