import { useState } from 'preact/hooks';
import { useApi } from '../../app/signed-in.ts';
import { useAct } from '../../app/use-load.ts';
import type { SessionApp } from '../../api/types.ts';
import { useTexts } from '../../i18n/locale.ts';
import { FormDialog } from '../../ui/dialog.tsx';
import { useNotice } from '../../ui/notice.tsx';
import { TextAreaField, TextField } from '../../ui/parts.tsx';
import { namesIn, parametersIn } from './parameters.ts';

interface InstallProps {
  readonly app: SessionApp | undefined;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

export function InstallApp({ app, onClose, onSaved }: InstallProps) {
  const texts = useTexts();
  const { app: words, site, newEntry } = texts.settings;
  const api = useApi();
  const act = useAct();
  const notice = useNotice();
  const [name, setName] = useState(app?.name ?? '');
  const [url, setUrl] = useState(app?.url ?? '');
  const [input, setInput] = useState(app ? namesIn(app.input).join('\n') : 'public.utm_campaign');
  const [output, setOutput] = useState(app ? namesIn(app.output).join('\n') : '');
  const [onCreate, setOnCreate] = useState(app?.runOnCreate ?? false);
  const install = (): void =>
    act.run(async () => {
      const body = {
        url,
        input: parametersIn(input),
        output: parametersIn(output),
        runOnCreate: onCreate,
        metadata: { version: app?.metadata?.version ?? 0 },
      };
      await api.admin('PUT', `/session-apps/${encodeURIComponent(name.trim())}`, { body });
      notice(texts.settings.saved);
      onSaved();
      onClose();
    });
  return (
    <FormDialog
      title={app === undefined ? newEntry : app.name}
      submit={texts.save}
      busy={act.busy}
      error={act.error}
      blocked={name.trim() === '' || url.trim() === ''}
      onSubmit={install}
      onClose={onClose}
    >
      <TextField label={site.name} value={name} readOnly={app !== undefined} onValue={setName} />
      <TextField label={words.url} hint={words.urlHint} type="url" value={url} onValue={setUrl} />
      <TextAreaField label={words.input} hint={words.paramsHint} rows={4} value={input} onValue={setInput} />
      <TextAreaField
        label={words.output}
        hint={words.paramsHint}
        rows={4}
        value={output}
        onValue={setOutput}
      />
      <label class="choice">
        <input
          type="checkbox"
          checked={onCreate}
          onChange={(event) => setOnCreate(event.currentTarget.checked)}
        />{' '}
        {words.onCreate}
      </label>
    </FormDialog>
  );
}
