import { useState } from 'preact/hooks';
import { useApi } from '../../app/signed-in.ts';
import type { Client, ClientKey } from '../../api/types.ts';
import { useTexts } from '../../i18n/locale.ts';
import { CheckField } from '../../ui/check-field.tsx';
import { TextAreaField } from '../../ui/parts.tsx';
import { ReasonField } from '../../ui/reason-field.tsx';
import { pastedKeys } from './pasted-keys.ts';
import { RemoveDialog } from './remove-dialog.tsx';
import { SaveDialog } from './save-dialog.tsx';

export interface ClientDialogProps {
  readonly client: Client;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export const pathOf = ({ clientId }: Client): string => `/clients/${encodeURIComponent(clientId)}`;

/** A field for public keys, which says what is wrong with them before anything is sent. */
export function KeysField({
  value,
  onValue,
}: {
  readonly value: string;
  readonly onValue: (value: string) => void;
}) {
  const { client: words } = useTexts().settings;
  const { problem } = pastedKeys(value);
  const error = value.trim() === '' || problem === undefined ? undefined : words.keyProblems[problem];
  return (
    <TextAreaField
      label={words.publicKey}
      hint={words.publicKeyHint}
      error={error}
      rows={8}
      value={value}
      onValue={onValue}
    />
  );
}

export function AddKeys({ client, onClose, onDone }: ClientDialogProps) {
  const { client: words } = useTexts().settings;
  const api = useApi();
  const [text, setText] = useState('');
  const [reason, setReason] = useState('');
  const pasted = pastedKeys(text);
  const add = (): Promise<unknown> => {
    const keys = [...(client.jwks?.keys ?? []), ...(pasted.problem === undefined ? pasted.keys : [])];
    const body = { jwks: { keys }, metadata: { version: client.metadata.version } };
    return api.admin('PATCH', pathOf(client), { body, reason });
  };
  return (
    <SaveDialog
      title={words.addKeyTitle(client.clientId)}
      lead={words.addKeyLead}
      submit={words.addKeySubmit}
      blocked={pasted.problem !== undefined}
      save={add}
      onClose={onClose}
      onDone={onDone}
    >
      <KeysField value={text} onValue={setText} />
      <ReasonField value={reason} onValue={setReason} />
    </SaveDialog>
  );
}

export function RemoveKey({
  client,
  removed,
  onClose,
  onDone,
}: ClientDialogProps & { readonly removed: ClientKey }) {
  const { client: words, removeTitle } = useTexts().settings;
  const api = useApi();
  const [leaked, setLeaked] = useState(false);
  const [reason, setReason] = useState('');
  const shown = client.keys ?? [];
  // Without a secret, the last key is all that lets the client in; the service would refuse.
  const isNeeded = !client.hasSecret && shown.length === 1;
  const remove = (): Promise<unknown> => {
    const rest = (client.jwks?.keys ?? []).filter((_key, i) => shown[i] !== removed);
    const body = {
      jwks: rest.length === 0 ? null : { keys: rest },
      ...(leaked && { endTokens: true }),
      metadata: { version: client.metadata.version },
    };
    return api.admin('PATCH', pathOf(client), { body, reason });
  };
  return (
    <RemoveDialog
      title={removeTitle(removed.kid ?? removed.thumbprint)}
      lead={isNeeded ? words.lastKeyLead : words.removeKeyLead}
      blocked={isNeeded}
      remove={remove}
      onClose={onClose}
      onDone={onDone}
    >
      {!isNeeded && (
        <>
          <CheckField label={words.leaked} value={leaked} onValue={setLeaked} />
          <ReasonField value={reason} onValue={setReason} />
        </>
      )}
    </RemoveDialog>
  );
}

export function RemoveSecret({ client, onClose, onDone }: ClientDialogProps) {
  const { client: words } = useTexts().settings;
  const api = useApi();
  const [reason, setReason] = useState('');
  return (
    <RemoveDialog
      title={words.dropSecretTitle(client.clientId)}
      lead={words.dropSecretLead}
      remove={() => api.admin('DELETE', `${pathOf(client)}/secret`, { reason })}
      onClose={onClose}
      onDone={onDone}
    >
      <ReasonField value={reason} onValue={setReason} />
    </RemoveDialog>
  );
}
