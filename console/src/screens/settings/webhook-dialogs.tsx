import { useState } from 'preact/hooks';
import { useApi } from '../../app/signed-in.ts';
import type { Webhook } from '../../api/types.ts';
import { useTexts } from '../../i18n/locale.ts';
import { ActDialog } from '../../ui/act-dialog.tsx';
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
  const { webhook: words, saved } = useTexts().settings;
  const api = useApi();
  const notice = useNotice();
  const [url, setUrl] = useState(webhook?.url ?? '');
  const [types, setTypes] = useState((webhook?.types ?? ['*']).join('\n'));
  const [description, setDescription] = useState(webhook?.description ?? '');
  const save = async (): Promise<void> => {
    const fields = { url: url.trim(), types: types.split(/\s+/).filter(Boolean), description };
    if (webhook) {
      const body = { ...fields, metadata: { version: webhook.metadata.version } };
      await api.admin('PATCH', `/webhooks/${webhook.id}`, { body });
      onDone();
    } else {
      onDone((await api.admin<{ secret: string }>('POST', '/webhooks', { body: fields })).secret);
    }
    notice(saved);
  };
  return (
    <ActDialog
      title={webhook ? words.editTitle : words.newTitle}
      blocked={url.trim() === '' || types.trim() === ''}
      act={save}
      onClose={onClose}
    >
      <TextField label={words.url} hint={words.urlHint} type="url" value={url} onValue={setUrl} />
      <TextAreaField label={words.types} hint={words.typesHint} rows={4} value={types} onValue={setTypes} />
      <TextField label={words.description} maxLength={200} value={description} onValue={setDescription} />
    </ActDialog>
  );
}

export function RotateWebhookSecret({ webhook, onClose, onDone }: DialogProps) {
  const { webhook: words, client } = useTexts().settings;
  const api = useApi();
  const [overlap, setOverlap] = useState('86400');
  const rotate = async (): Promise<void> => {
    const body = { overlapSeconds: Number(overlap), metadata: { version: webhook.metadata.version } };
    const path = `/webhooks/${webhook.id}/secret`;
    onDone((await api.admin<{ secret: string }>('POST', path, { body })).secret);
  };
  const overlaps = Object.entries({ ...client.overlaps, '0': words.overlapNone });
  return (
    <ActDialog
      title={words.rotateTitle}
      lead={words.rotateLead}
      submit={client.rotateSubmit}
      look="danger"
      act={rotate}
      onClose={onClose}
    >
      <SelectField label={client.overlap} value={overlap} options={overlaps} onValue={setOverlap} />
    </ActDialog>
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
