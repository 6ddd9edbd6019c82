import { useEffect, useState } from 'preact/hooks';
import type { Credential } from '../api/api.ts';
import { type ConsoleSettings, type DemoClient, signInWithSecret } from '../api/sign-in.ts';
import { useTexts } from '../i18n/locale.ts';
import { Button, Problem, TextField } from '../ui/parts.tsx';
import { useAct } from './use-load.ts';

interface SignInFormProps {
  readonly settings: ConsoleSettings;
  readonly onSignedIn: (credential: Credential) => void;
  /** Whose work goes on: another client could see less of it. */
  readonly clientId?: string;
  /** Signs in at once as this demo client. */
  readonly demo?: string | undefined;
}

export function SignInForm({ settings, onSignedIn, clientId: known = '', demo }: SignInFormProps) {
  const texts = useTexts();
  const [clientId, setClientId] = useState(known);
  const [secret, setSecret] = useState('');
  const act = useAct();
  const { publicUrl = '', demoClients } = settings;
  const signIn = (id: string, word: string): void =>
    act.run(async () => onSignedIn(await signInWithSecret(publicUrl, id, word)));
  useEffect(() => {
    const chosen = demoClients.find((one) => one.clientId === demo);
    if (chosen) signIn(chosen.clientId, chosen.secret);
  }, []);
  const submit = (event: Event): void => {
    event.preventDefault();
    signIn(clientId.trim(), secret);
  };
  const isWrong = act.error?.status === 401;
  return (
    <>
      <form onSubmit={submit} class="stack">
        <TextField
          label={texts.signIn.clientId}
          name="client"
          required
          autocomplete="username"
          value={clientId}
          onValue={setClientId}
        />
        <TextField
          label={texts.signIn.secret}
          name="secret"
          type="password"
          required
          autocomplete="current-password"
          value={secret}
          onValue={setSecret}
          error={isWrong ? texts.signIn.wrong : undefined}
        />
        {act.error && !isWrong && <Problem error={act.error} />}
        <Button type="submit" look="primary" busy={act.busy}>
          {texts.signIn.submit}
        </Button>
      </form>
      {demoClients.length > 0 && (
        <DemoClients clients={demoClients} onChosen={(one) => signIn(one.clientId, one.secret)} />
      )}
    </>
  );
}

function DemoClients({
  clients,
  onChosen,
}: {
  readonly clients: readonly DemoClient[];
  readonly onChosen: (client: DemoClient) => void;
}) {
  const { signIn } = useTexts();
  return (
    <section class="demo" aria-label={signIn.demo}>
      <h2>{signIn.demo}</h2>
      <p class="hint">{signIn.demoLead}</p>
      <ul>
        {clients.map((one) => (
          <li key={one.clientId}>
            <Button onClick={() => onChosen(one)}>{signIn.demoAs(one.clientId)}</Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
