import { useState } from 'preact/hooks';
import { useApi } from '../../app/signed-in.ts';
import { useTexts } from '../../i18n/locale.ts';
import { TextField } from '../../ui/parts.tsx';
import { ReasonField } from '../../ui/reason-field.tsx';
import { type ClientDialogProps, pathOf } from './client-key-dialogs.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import { SaveDialog } from './save-dialog.tsx';

interface KeysAddressFieldProps {
  readonly value: string;
  readonly onValue: (value: string) => void;
}

export function KeysAddressField(props: KeysAddressFieldProps) {
  const { client: words } = useTexts().settings;
  return <TextField label={words.address} hint={words.addressHint} type="url" {...props} />;
}

/** Tells the service where a client publishes its keys. */
export function PublishKeys({ client, onClose, onDone }: ClientDialogProps) {
  const { client: words } = useTexts().settings;
  const api = useApi();
  const [jwksUri, setJwksUri] = useState(client.jwksUri ?? '');
  const [reason, setReason] = useState('');
  const save = (): Promise<unknown> => {
    const body = { jwksUri: jwksUri.trim(), metadata: { version: client.metadata.version } };
    return api.admin('PATCH', pathOf(client), { body, reason });
  };
  return (
    <SaveDialog
      title={words.publishTitle(client.clientId)}
      lead={client.keys === undefined ? words.publishLead : words.publishInsteadLead}
      look={client.keys === undefined ? 'primary' : 'danger'}
      blocked={jwksUri.trim() === '' || jwksUri.trim() === client.jwksUri}
      save={save}
      onClose={onClose}
      onDone={onDone}
    >
      <KeysAddressField value={jwksUri} onValue={setJwksUri} />
      <ReasonField value={reason} onValue={setReason} />
    </SaveDialog>
  );
}

export function RemoveAddress({ client, onClose, onDone }: ClientDialogProps) {
  const { client: words } = useTexts().settings;
  const api = useApi();
  const [reason, setReason] = useState('');
  const body = { jwksUri: null, metadata: { version: client.metadata.version } };
  return (
    <RemoveDialog
      title={words.dropAddressTitle(client.clientId)}
      lead={client.hasSecret ? words.dropAddressLead : words.onlyAddressLead}
      blocked={!client.hasSecret}
      remove={() => api.admin('PATCH', pathOf(client), { body, reason })}
      onClose={onClose}
      onDone={onDone}
    >
      {client.hasSecret && <ReasonField value={reason} onValue={setReason} />}
    </RemoveDialog>
  );
}
