import { useState } from 'preact/hooks';
import { useApi } from '../../app/signed-in.ts';
import type { SessionApp } from '../../api/types.ts';
import { useTexts } from '../../i18n/locale.ts';
import { CheckField } from '../../ui/check-field.tsx';
import { TextAreaField, TextField } from '../../ui/parts.tsx';
import { namesIn, parametersIn } from './parameters.ts';
import { SaveDialog } from './save-dialog.tsx';

interface InstallProps {
  readonly app: SessionApp | undefined;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function InstallApp({ app, onClose, onDone }: InstallProps) {
  const { app: words, site, newEntry } = useTexts().settings;
  const api = useApi();
  const [name, setName] = useState(app?.name ?? '');
  const [url, setUrl] = useState(app?.url ?? '');
  const [input, setInput] = useState(app ? namesIn(app.input).join('\n') : 'public.utm_campaign');
  const [output, setOutput] = useState(app ? namesIn(app.output).join('\n') : '');
  const [onCreate, setOnCreate] = useState(app?.runOnCreate ?? false);
  const install = (): Promise<unknown> => {
    const body = {
      url,
      input: parametersIn(input),
      output: parametersIn(output),
      runOnCreate: onCreate,
      metadata: { version: app?.metadata?.version ?? 0 },
    };
    return api.admin('PUT', `/session-apps/${encodeURIComponent(name.trim())}`, { body });
  };
  return (
    <SaveDialog
      title={app === undefined ? newEntry : app.name}
      blocked={name.trim() === '' || url.trim() === ''}
      save={install}
      onClose={onClose}
      onDone={onDone}
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
      <CheckField label={words.onCreate} value={onCreate} onValue={setOnCreate} />
    </SaveDialog>
  );
}
