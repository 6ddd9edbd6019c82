import { useState } from 'preact/hooks';
import { useApi } from '../app/signed-in.ts';
import { useAct } from '../app/use-load.ts';
import type { Erased, OneCustomer } from '../api/types.ts';
import { useTexts } from '../i18n/locale.ts';
import { ActDialog } from '../ui/act-dialog.tsx';
import { useNotice } from '../ui/notice.tsx';
import { Button, Problem, TextField } from '../ui/parts.tsx';
import { ReasonField } from '../ui/reason-field.tsx';
import { BlockDialog, isBlocked } from './customer-block.tsx';

interface CustomerActsProps {
  readonly customer: OneCustomer;
  readonly onChanged: () => void;
  readonly onErased: (erased: Erased) => void;
}

export function CustomerActs({ customer, onChanged, onErased }: CustomerActsProps) {
  const { customer: words } = useTexts();
  const api = useApi();
  const notice = useNotice();
  const act = useAct();
  const [asked, setAsked] = useState<'log-out' | 'block' | 'erase'>();
  const path = `/customers/${customer.id}`;
  if (!api.holds('customer.customer_manage')) return null;
  const saveExport = (): void =>
    act.run(async () => {
      saveFile(await api.adminFile(`${path}/export`, 'application/json'), `customer-${customer.id}.json`);
      notice(words.exported);
    });
  return (
    <div class="actions">
      <Button busy={act.busy} onClick={saveExport}>
        {words.export}
      </Button>
      <Button onClick={() => setAsked('log-out')}>{words.logOut}</Button>
      <Button onClick={() => setAsked('block')}>{isBlocked(customer) ? words.unblock : words.block}</Button>
      <Button look="danger" onClick={() => setAsked('erase')}>
        {words.erase}
      </Button>
      {act.error && <Problem error={act.error} />}
      {asked === 'log-out' && (
        <LogOut
          path={path}
          onClose={() => setAsked(undefined)}
          onDone={(ended) => {
            setAsked(undefined);
            notice(words.loggedOut(ended));
            onChanged();
          }}
        />
      )}
      {asked === 'block' && (
        <BlockDialog
          customer={customer}
          onClose={() => setAsked(undefined)}
          onDone={() => {
            setAsked(undefined);
            onChanged();
          }}
        />
      )}
      {asked === 'erase' && (
        <Erase customer={customer} path={path} onClose={() => setAsked(undefined)} onDone={onErased} />
      )}
    </div>
  );
}

function saveFile(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

interface LogOutProps {
  readonly path: string;
  readonly onClose: () => void;
  readonly onDone: (ended: number) => void;
}

function LogOut({ path, onClose, onDone }: LogOutProps) {
  const { customer: words } = useTexts();
  const api = useApi();
  const [reason, setReason] = useState('');
  const logOut = async (): Promise<void> =>
    onDone((await api.admin<{ ended: number }>('DELETE', `${path}/sessions`, { reason })).ended);
  return (
    <ActDialog
      title={words.logOutTitle}
      lead={words.logOutLead}
      submit={words.logOut}
      look="danger"
      act={logOut}
      onClose={onClose}
    >
      <ReasonField value={reason} onValue={setReason} />
    </ActDialog>
  );
}

interface EraseProps {
  readonly customer: OneCustomer;
  readonly path: string;
  readonly onClose: () => void;
  readonly onDone: (erased: Erased) => void;
}

function Erase({ customer: { email }, path, onClose, onDone }: EraseProps) {
  const { customer: words } = useTexts();
  const api = useApi();
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const erase = async (): Promise<void> => onDone(await api.admin<Erased>('DELETE', path, { reason }));
  return (
    <ActDialog
      title={words.eraseTitle}
      lead={words.eraseLead}
      submit={words.eraseSubmit}
      look="danger"
      blocked={typed.trim() !== email}
      isLong
      act={erase}
      onClose={onClose}
    >
      <TextField label={words.eraseConfirm(email)} value={typed} onValue={setTyped} />
      <ReasonField value={reason} onValue={setReason} />
    </ActDialog>
  );
}
