import { useState } from 'preact/hooks';
import { goTo, hrefOf } from '../../app/route.ts';
import { useApi } from '../../app/signed-in.ts';
import type { OneSession } from '../../api/types.ts';
import { useTexts } from '../../i18n/locale.ts';
import { ActDialog } from '../../ui/act-dialog.tsx';
import { useNotice } from '../../ui/notice.tsx';
import { Button } from '../../ui/parts.tsx';
import { ReasonField } from '../../ui/reason-field.tsx';

export function EndSession({ session }: { readonly session: OneSession }) {
  const texts = useTexts();
  const api = useApi();
  const notice = useNotice();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const end = async (): Promise<void> => {
    await api.admin('DELETE', `/sessions/${session.sessionId}`, { reason });
    notice(texts.session.ended);
    goTo(hrefOf(['sessions']));
  };
  return (
    <>
      <Button look="danger" onClick={() => setOpen(true)}>
        {texts.session.end}
      </Button>
      {open && (
        <ActDialog
          title={texts.session.endTitle}
          lead={texts.session.endLead}
          submit={texts.session.end}
          look="danger"
          act={end}
          onClose={() => setOpen(false)}
        >
          <ReasonField value={reason} onValue={setReason} />
        </ActDialog>
      )}
    </>
  );
}
