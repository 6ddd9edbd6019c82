import { useState } from 'preact/hooks';
import { hrefOf } from '../app/route.ts';
import { useApi } from '../app/signed-in.ts';
import type { OneCustomer } from '../api/types.ts';
import { useTexts } from '../i18n/locale.ts';
import { ActDialog } from '../ui/act-dialog.tsx';
import { useNotice } from '../ui/notice.tsx';
import { Badge } from '../ui/parts.tsx';
import { ReasonField } from '../ui/reason-field.tsx';

type Standing = Pick<OneCustomer, 'active' | 'onHold'>;

export const isBlocked = ({ active, onHold }: Standing): boolean => !active || onHold;

/** Tells what keeps a customer from logging in. */
export function Blocked({ by }: { readonly by: Standing }) {
  const { customer: words } = useTexts();
  return (
    <>
      {!by.active && <Badge look="bad">{words.inactive}</Badge>}{' '}
      {by.onHold && <Badge look="bad">{words.onHold}</Badge>}
    </>
  );
}

export function BlockedWarning({ id }: { readonly id: string }) {
  const { customer: words } = useTexts();
  const api = useApi();
  return (
    <div class="warning">
      <p>{words.isBlocked}</p>
      {api.holds('audit.audit_read') && (
        <a href={hrefOf(['audit'], { target: id, action: 'customer.change' })}>{words.whoBlocked}</a>
      )}
    </div>
  );
}

interface BlockProps {
  readonly customer: OneCustomer;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Blocks a customer, or lets them in again. */
export function BlockDialog({ customer, onClose, onDone }: BlockProps) {
  const { customer: words } = useTexts();
  const api = useApi();
  const notice = useNotice();
  const [reason, setReason] = useState('');
  const [blocked] = useState(() => isBlocked(customer));
  const act = async (): Promise<void> => {
    const body = blocked ? freed(customer) : { onHold: true };
    await api.shop('PATCH', 'customer', `/customers/${encodeURIComponent(customer.id)}`, { body, reason });
    notice(blocked ? words.unblocked : words.blockDone);
    onDone();
  };
  return (
    <ActDialog
      title={blocked ? words.unblockTitle : words.blockTitle}
      lead={blocked ? words.unblockLead : words.blockLead}
      submit={blocked ? words.unblockSubmit : words.blockSubmit}
      look={blocked ? 'primary' : 'danger'}
      act={act}
      onClose={onClose}
    >
      <ReasonField value={reason} onValue={setReason} />
    </ActDialog>
  );
}

/** Takes away what blocks them, and nothing else: another system may have set it. */
const freed = ({ active, onHold }: Standing) => ({
  ...(!active && { active: true }),
  ...(onHold && { onHold: false }),
});
