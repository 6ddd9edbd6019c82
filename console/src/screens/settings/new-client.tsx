import { useState } from 'preact/hooks';
import { useApi } from '../../app/signed-in.ts';
import { useTexts } from '../../i18n/locale.ts';
import { ActDialog } from '../../ui/act-dialog.tsx';
import { useNotice } from '../../ui/notice.tsx';
import { SelectField, TextAreaField, TextField } from '../../ui/parts.tsx';
import { KeysField } from './client-key-dialogs.tsx';
import { KeysAddressField } from './published-keys.tsx';
import { pastedKeys } from './pasted-keys.ts';

export function NewClient({
  onClose,
  onDone,
}: {
  readonly onClose: () => void;
  readonly onDone: (secret: string | undefined) => void;
}) {
  const texts = useTexts();
  const { client: words } = texts.settings;
  const api = useApi();
  const notice = useNotice();
  const [clientId, setClientId] = useState('');
  const [kind, setKind] = useState('backend');
  const [scopes, setScopes] = useState('');
  const [keys, setKeys] = useState('');
  const [jwksUri, setJwksUri] = useState('');
  const pasted = pastedKeys(keys);
  const isIncomplete =
    (kind === 'signing' && pasted.problem !== undefined) || (kind === 'publishing' && jwksUri.trim() === '');
  const create = async (): Promise<void> => {
    const body = {
      clientId: clientId.trim(),
      kind: kind === 'storefront' ? kind : 'backend',
      ...(kind === 'signing' && pasted.problem === undefined && { jwks: { keys: pasted.keys } }),
      ...(kind === 'publishing' && { jwksUri: jwksUri.trim() }),
      ...(kind !== 'storefront' && { scopes: scopes.split(/\s+/).filter(Boolean) }),
    };
    const { secret } = await api.admin<{ secret?: string }>('POST', '/clients', { body });
    notice(texts.settings.saved);
    onDone(secret);
  };
  return (
    <ActDialog
      title={words.newTitle}
      blocked={clientId.trim() === '' || isIncomplete}
      act={create}
      onClose={onClose}
    >
      <TextField label={words.id} value={clientId} onValue={setClientId} />
      <SelectField
        label={words.kind}
        value={kind}
        options={Object.entries(words.newKinds)}
        onValue={setKind}
      />
      {kind === 'signing' && <KeysField value={keys} onValue={setKeys} />}
      {kind === 'publishing' && <KeysAddressField value={jwksUri} onValue={setJwksUri} />}
      {kind !== 'storefront' && (
        <TextAreaField
          label={words.scopes}
          hint={words.scopesHint}
          rows={5}
          value={scopes}
          onValue={setScopes}
        />
      )}
    </ActDialog>
  );
}
