import { useState } from 'preact/hooks';
import { useApi } from '../../app/signed-in.ts';
import { useLoad } from '../../app/use-load.ts';
import type { Context, ExplainedValue, OneSession, Site } from '../../api/types.ts';
import { type Texts } from '../../i18n/en.ts';
import { useTexts } from '../../i18n/locale.ts';
import { FormDialog } from '../../ui/dialog.tsx';
import { useNotice } from '../../ui/notice.tsx';
import { Button, Card, SelectField, TextField, Time, Value } from '../../ui/parts.tsx';
import { ReasonField } from '../../ui/reason-field.tsx';
import { Table } from '../../ui/table.tsx';
import { Conflict } from './conflict.tsx';
import { useContextChange } from './use-context-change.ts';

interface ContextProps {
  readonly session: OneSession;
  readonly context: Context;
  readonly mayChange: boolean;
  readonly reload: () => void;
}

/** Says in words where a value comes from: `app:vtex.rnb-session` names its app. */
export function sourceIn({ session }: Texts, source: string): string {
  const [kind = source, name] = source.split(/:(.*)/s, 2);
  const word = session.sources[kind] ?? kind;
  return name === undefined ? word : `${word} ${name}`;
}

const SHOWN_FIRST = ['siteCode', 'currency', 'targetLocation', 'language', 'cartId', 'customerId'];

/** What people ask for comes first: the fields of the context, then its attributes, then what apps worked out. */
function rankOf({ contextName }: ExplainedValue): number {
  if (contextName === undefined) return SHOWN_FIRST.length + 1;
  const place = SHOWN_FIRST.indexOf(contextName);
  return place === -1 ? SHOWN_FIRST.length : place;
}

export function ContextValues({ session, context, mayChange, reload }: ContextProps) {
  const texts = useTexts();
  const { session: words } = texts;
  const [open, setOpen] = useState(false);
  const values = (session.explain?.values ?? []).toSorted((a, b) => rankOf(a) - rankOf(b));
  return (
    <Card
      title={words.values}
      lead={words.valuesLead}
      actions={mayChange && <Button onClick={() => setOpen(true)}>{words.change}</Button>}
    >
      <Table<ExplainedValue>
        label={words.values}
        rows={values}
        keyOf={({ name }) => name}
        columns={[
          {
            title: words.name,
            of: ({ name, contextName }) => (
              <span class="name">
                <strong>{contextName ?? name}</strong>
                {contextName !== undefined && <span class="sub">{name}</span>}
              </span>
            ),
          },
          { title: words.value, of: ({ value }) => <Value of={value} /> },
          { title: words.why, of: ({ source }) => <span class="why">{sourceIn(texts, source)}</span> },
          { title: words.since, of: ({ since }) => <Time at={since} /> },
        ]}
      />
      {open && (
        <ChangeDialog session={session} context={context} onClose={() => setOpen(false)} onSaved={reload} />
      )}
    </Card>
  );
}

const FIELDS = ['siteCode', 'currency', 'targetLocation', 'language'] as const;
type Fields = Readonly<Record<(typeof FIELDS)[number], string>>;

const fieldsOf = ({ siteCode, currency, targetLocation, language }: Context): Fields => ({
  siteCode,
  currency,
  targetLocation,
  language,
});

interface ChangeDialogProps {
  readonly session: OneSession;
  readonly context: Context;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

function ChangeDialog({ session, context, onClose, onSaved }: ChangeDialogProps) {
  const texts = useTexts();
  const { sessions, session: words } = texts;
  const notice = useNotice();
  const [values, setValues] = useState<Fields>(() => fieldsOf(context));
  const [first] = useState(() => fieldsOf(context));
  const [reason, setReason] = useState('');
  const change = useContextChange({
    sessionId: session.sessionId,
    context,
    read: (one) => ({ ...fieldsOf(one) }),
    write: (mine) => mine,
    isEditing: true,
    onSaved: () => {
      notice(words.changed);
      onSaved();
      onClose();
    },
  });
  const mine = Object.fromEntries(
    FIELDS.filter((name) => values[name] !== first[name]).map((name) => [name, values[name]]),
  );
  const set = (name: keyof Fields) => (value: string) => setValues({ ...values, [name]: value });
  const choices = useChoices(values.siteCode);
  const offered = [
    ['siteCode', sessions.site, choices.sites],
    ['currency', sessions.currency, choices.currencies],
    ['targetLocation', sessions.country, choices.countries],
    ['language', texts.language, choices.languages],
  ] as const;
  return (
    <FormDialog
      title={words.changeTitle}
      lead={words.changeLead}
      submit={texts.save}
      busy={change.act.busy}
      error={change.act.error}
      blocked={Object.keys(mine).length === 0}
      onSubmit={() => change.save(mine, reason)}
      onClose={onClose}
    >
      <div class="filter-grid">
        {offered.map(([name, label, of]) => (
          <Choice
            key={name}
            known={choices.known}
            busy={choices.loading}
            label={label}
            value={values[name]}
            of={of}
            onValue={set(name)}
          />
        ))}
      </div>
      <ReasonField value={reason} onValue={setReason} />
      {change.clashes.length > 0 && (
        <Conflict clashes={change.clashes} dropped={change.dropped} onChoice={change.choose} />
      )}
    </FormDialog>
  );
}

interface Choices {
  /** False if the client may not read sites: then any text can be sent. */
  readonly known: boolean;
  readonly loading: boolean;
  readonly sites: readonly string[];
  readonly currencies: readonly string[];
  readonly countries: readonly string[];
  readonly languages: readonly string[];
}

/** What the site offers. */
function useChoices(siteCode: string): Choices {
  const api = useApi();
  const loaded = useLoad('sites', () => api.shop<readonly Site[]>('GET', 'site', '/sites'));
  const sites = loaded.data ?? [];
  const site = sites.find(({ code }) => code === siteCode);
  return {
    known: loaded.error === undefined,
    loading: loaded.loading,
    sites: sites.map(({ code }) => code),
    currencies: site ? [...new Set([site.currency, ...(site.availableCurrencies ?? [])])] : [],
    countries: site?.shipToCountries ?? [],
    languages: site?.languages ?? [],
  };
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly known: boolean;
  readonly busy: boolean;
  readonly of: readonly string[];
  readonly onValue: (value: string) => void;
}

function Choice({ label, value, known, busy, of, onValue }: ChoiceProps) {
  if (!known) return <TextField label={label} value={value} onValue={onValue} />;
  const options = [...new Set([value, ...of])].map((one) => [one, one] as const);
  return <SelectField label={label} value={value} options={options} busy={busy} onValue={onValue} />;
}
