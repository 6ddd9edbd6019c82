import { useState } from 'preact/hooks';
import { useApi } from '../../app/signed-in.ts';
import type { Client } from '../../api/types.ts';
import { useTexts } from '../../i18n/locale.ts';
import { ActDialog } from '../../ui/act-dialog.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Button, Id, SelectField } from '../../ui/parts.tsx';

interface RotateProps {
  readonly client: Client;
  readonly onClose: () => void;
  readonly onDone: (secret: string | undefined) => void;
}

export function RotateSecret({ client, onClose, onDone }: RotateProps) {
  const { client: words } = useTexts().settings;
  const api = useApi();
  const [overlap, setOverlap] = useState('86400');
  const rotate = async (): Promise<void> => {
    const body = { overlapSeconds: Number(overlap), metadata: { version: client.metadata.version } };
    const path = `/clients/${encodeURIComponent(client.clientId)}/secret`;
    onDone((await api.admin<{ secret?: string }>('POST', path, { body })).secret);
  };
  return (
    <ActDialog
      title={words.rotateTitle(client.clientId)}
      lead={client.hasSecret ? words.rotateLead : words.firstSecretLead}
      submit={words.rotateSubmit}
      look={client.hasSecret ? 'danger' : 'primary'}
      act={rotate}
      onClose={onClose}
    >
      {client.hasSecret && (
        <SelectField
          label={words.overlap}
          value={overlap}
          options={Object.entries(words.overlaps)}
          onValue={setOverlap}
        />
      )}
    </ActDialog>
  );
}

export function NewSecret({
  secret,
  lead,
  onClose,
}: {
  readonly secret: string;
  readonly lead?: string;
  readonly onClose: () => void;
}) {
  const texts = useTexts();
  const { client: words } = texts.settings;
  return (
    <Dialog title={words.secretTitle} onClose={onClose}>
      <p class="lead">{lead ?? words.secretLead}</p>
      <p>
        <Id of={secret} />
      </p>
      <div class="actions end">
        <Button look="primary" onClick={onClose}>
          {texts.close}
        </Button>
      </div>
    </Dialog>
  );
}
