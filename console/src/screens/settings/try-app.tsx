import { useState } from 'preact/hooks';
import { useApi } from '../../app/signed-in.ts';
import { useAct } from '../../app/use-load.ts';
import type { DryRun, SessionApp } from '../../api/types.ts';
import { useTexts } from '../../i18n/locale.ts';
import { Button, Card, Problem, TextField } from '../../ui/parts.tsx';
import { DryRunResult } from '../session/cycle.tsx';
import { namesIn } from './parameters.ts';

const PUBLIC = 'public.';

/** Runs the cycle of a real session with a change that the app reads, and saves nothing. */
export function TryApp({ app }: { readonly app: SessionApp }) {
  const { settings, session } = useTexts();
  const { app: words } = settings;
  const api = useApi();
  const act = useAct();
  const first =
    namesIn(app.input)
      .find((name) => name.startsWith(PUBLIC))
      ?.slice(PUBLIC.length) ?? '';
  const [sessionId, setSessionId] = useState('');
  const [key, setKey] = useState(first);
  const [value, setValue] = useState('');
  const [run, setRun] = useState<DryRun>();
  const attempt = (event: Event): void => {
    event.preventDefault();
    act.run(async () => {
      const body = { public: { [key.trim()]: { value } } };
      const path = `/sessions/${encodeURIComponent(sessionId.trim())}/dry-run`;
      setRun(await api.admin<DryRun>('POST', path, { body }));
    });
  };
  const isCalled = run?.rounds.some(({ calls }) => calls.some((call) => call.app === app.name)) ?? true;
  return (
    <Card isAnswer title={`${words.tryTitle}: ${app.name}`} lead={words.tryLead}>
      <form class="inline" onSubmit={attempt}>
        <TextField label={words.trySession} required value={sessionId} onValue={setSessionId} />
        <TextField label={session.trialKey} required value={key} onValue={setKey} />
        <TextField label={session.trialValue} value={value} onValue={setValue} />
        <Button type="submit" look="primary" busy={act.busy}>
          {session.trialSubmit}
        </Button>
      </form>
      {act.error && <Problem error={act.error} />}
      {!isCalled && <p class="warning">{words.tryNotCalled(app.name)}</p>}
      {run && <DryRunResult run={run} />}
    </Card>
  );
}
