import { useState } from 'preact/hooks';
import { useApi } from '../../app/signed-in.ts';
import { useAct } from '../../app/use-load.ts';
import type { Webhook } from '../../api/types.ts';
import { useTexts } from '../../i18n/locale.ts';
import { FormDialog } from '../../ui/dialog.tsx';
import { useNotice } from '../../ui/notice.tsx';
import { SelectField, TextAreaField, TextField } from '../../ui/parts.tsx';
import { RemoveDialog } from './remove-dialog.tsx';

interface DialogProps {
  readonly webhook: Webhook;
  readonly onClose: () => void;
  /** @param secret the one that was made */
  readonly onDone: (secret?: string) => void;
}

type EditProps = Omit<DialogProps, 'webhook'> & { readonly webhook: Webhook | undefined };

export function EditWebhook({ webhook, onClose, onDone }: EditProps) {
  const texts = useTexts();
  const { webhook: words, saved } = texts.settings;
  const api = useApi();
  const act = useAct();
  const notice = useNotice();
  const [url, setUrl] = useState(webhook?.url ?? '');
  const [types, setTypes] = useState((webhook?.types ?? ['*']).join('\n'));
  const [description, setDescription] = useState(webhook?.description ?? '');
  const save = (): void =>
    act.run(async () => {
      const fields = { url: url.trim(), types: types.split(/\s+/).filter(Boolean), description };
      if (webhook) {
        const body = { ...fields, metadata: { version: webhook.metadata.version } };
        await api.admin('PATCH', `/webhooks/${webhook.id}`, { body });
        onDone();
      } else {
        onDone((await api.admin<{ secret: string }>('POST', '/webhooks', { body: fields })).secret);
      }
      notice(saved);
    });
  return (
    <FormDialog
      title={webhook ? words.editTitle : words.newTitle}
      submit={texts.save}
      busy={act.busy}
      error={act.error}
      blocked={url.trim() === '' || types.trim() === ''}
      onSubmit={save}
      onClose={onClose}
    >
      <TextField label={words.url} hint={words.urlHint} type="url" value={url} onValue={setUrl} />
      <TextAreaField label={words.types} hint={words.typesHint} rows={4} value={types} onValue={setTypes} />
      <TextField label={words.description} maxLength={200} value={description} onValue={setDescription} />
    </FormDialog>
  );
}

export function RotateWebhookSecret({ webhook, onClose, onDone }: DialogProps) {
  const { webhook: words, client } = useTexts().settings;
  const api = useApi();
  const act = useAct();
  const [overlap, setOverlap] = useState('86400');
  const rotate = (): void =>
    act.run(async () => {
      const body = { overlapSeconds: Number(overlap), metadata: { version: webhook.metadata.version } };
      const path = `/webhooks/${webhook.id}/secret`;
      onDone((await api.admin<{ secret: string }>('POST', path, { body })).secret);
    });
  const overlaps = Object.entries({ ...client.overlaps, '0': words.overlapNone });
  return (
    <FormDialog
      title={words.rotateTitle}
      lead={words.rotateLead}
      submit={client.rotateSubmit}
      look="danger"
      busy={act.busy}
      error={act.error}
      onSubmit={rotate}
      onClose={onClose}
    >
      <SelectField label={client.overlap} value={overlap} options={overlaps} onValue={setOverlap} />
    </FormDialog>
  );
}

export function RemoveWebhook({ webhook, onClose, onDone }: DialogProps) {
  const { webhook: words, removeTitle } = useTexts().settings;
  const api = useApi();
  return (
    <RemoveDialog
      title={removeTitle(webhook.url)}
      lead={words.removeLead}
      remove={() => api.admin('DELETE', `/webhooks/${webhook.id}`)}
      onClose={onClose}
      onDone={onDone}
    />
  );
}
