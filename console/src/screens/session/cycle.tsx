import { useState } from 'preact/hooks';
import { useApi } from '../../app/signed-in.ts';
import { useAct } from '../../app/use-load.ts';
import type { DryCall, DryRun } from '../../api/types.ts';
import { useLocale, useTexts } from '../../i18n/locale.ts';
import { Badge, Button, Card, Problem, TextField, Value } from '../../ui/parts.tsx';
import { Table } from '../../ui/table.tsx';

/** A trial of a change, and the rounds of apps that it causes. */
export function CycleCard({ sessionId }: { readonly sessionId: string }) {
  const { session } = useTexts();
  const api = useApi();
  const act = useAct();
  const [key, setKey] = useState('utm_campaign');
  const [value, setValue] = useState('black friday');
  const [run, setRun] = useState<DryRun>();
  const attempt = (event: Event): void => {
    event.preventDefault();
    act.run(async () => {
      const body = { public: { [key.trim()]: { value } } };
      setRun(await api.admin<DryRun>('POST', `/sessions/${sessionId}/dry-run`, { body }));
    });
  };
  return (
    <Card title={session.cycle} lead={session.cycleLead}>
      <form class="inline" aria-label={session.trial} onSubmit={attempt}>
        <TextField label={session.trialKey} required value={key} onValue={setKey} />
        <TextField label={session.trialValue} value={value} onValue={setValue} />
        <Button type="submit" look="primary" busy={act.busy}>
          {session.trialSubmit}
        </Button>
      </form>
      {act.error && <Problem error={act.error} />}
      {run && <DryRunResult run={run} />}
    </Card>
  );
}

export function DryRunResult({ run }: { readonly run: DryRun }) {
  const locale = useLocale();
  const { session } = locale.texts;
  const warnings = [
    ...(run.looping.length > 0 ? [session.looping(locale.list(run.looping))] : []),
    ...(run.missing.length > 0 ? [session.missing(locale.list(run.missing))] : []),
    ...(run.ignored.length > 0 ? [session.ignored(locale.list(run.ignored))] : []),
  ];
  return (
    <div role="status">
      {warnings.map((text) => (
        <p class="warning" key={text}>
          {text}
        </p>
      ))}
      {run.rounds.length === 0 ? <p>{session.noRounds}</p> : <Rounds run={run} />}
      <h3>{session.changes}</h3>
      {run.changes.length === 0 ? (
        <p>{session.noChanges}</p>
      ) : (
        <Table
          label={session.changes}
          rows={run.changes}
          keyOf={({ name }) => name}
          columns={[
            { title: session.name, of: ({ name }) => <code>{name}</code> },
            { title: session.theirs, of: ({ before }) => <Value of={before} /> },
            { title: session.changes, of: ({ after }) => <Value of={after} /> },
          ]}
        />
      )}
    </div>
  );
}

/** From left to right, a column for each round; in it, the apps that were called at once. */
function Rounds({ run }: { readonly run: DryRun }) {
  const { session } = useTexts();
  return (
    <ol class="rounds" tabIndex={0} aria-label={session.cycle}>
      {run.rounds.map(({ calls }, i) => (
        <li key={i}>
          <p class="round">{session.round(i + 1)}</p>
          <ul>
            {calls.map((call) => (
              <li class="call" key={call.app}>
                <CallBox call={call} />
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}

function CallBox({ call: { app, inputs, outputs, milliseconds } }: { readonly call: DryCall }) {
  const locale = useLocale();
  const { session } = locale.texts;
  return (
    <>
      <p class="app">
        <strong>{app}</strong>{' '}
        <span class="muted">{locale.number(Math.round(milliseconds * 10) / 10)} ms</span>
      </p>
      <Pairs title={session.reads} of={inputs} />
      {outputs === undefined && <Badge look="bad">{session.failed}</Badge>}
      {outputs !== undefined && Object.keys(outputs).length === 0 && (
        <p class="muted">{session.writesNothing}</p>
      )}
      {outputs !== undefined && <Pairs title={session.writes} of={outputs} />}
    </>
  );
}

function Pairs({
  title,
  of,
}: {
  readonly title: string;
  readonly of: Readonly<Record<string, string | null>>;
}) {
  const pairs = Object.entries(of);
  if (pairs.length === 0) return null;
  return (
    <dl class="pairs">
      <dt>{title}</dt>
      {pairs.map(([name, value]) => (
        <dd key={name}>
          <code>{name}</code> <Value of={value} />
        </dd>
      ))}
    </dl>
  );
}
