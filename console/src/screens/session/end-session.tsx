import { useState } from 'preact/hooks';
import { goTo, hrefOf } from '../../app/route.ts';
import { useApi } from '../../app/signed-in.ts';
import { useAct } from '../../app/use-load.ts';
import type { OneSession } from '../../api/types.ts';
import { useTexts } from '../../i18n/locale.ts';
import { FormDialog } from '../../ui/dialog.tsx';
import { useNotice } from '../../ui/notice.tsx';
import { Button } from '../../ui/parts.tsx';
import { ReasonField } from '../../ui/reason-field.tsx';

export function EndSession({ session }: { readonly session: OneSession }) {
  const texts = useTexts();
  const api = useApi();
  const notice = useNotice();
  const act = useAct();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const end = (): void =>
    act.run(async () => {
      await api.admin('DELETE', `/sessions/${session.sessionId}`, { reason });
      notice(texts.session.ended);
      goTo(hrefOf(['sessions']));
    });
  return (
    <>
      <Button look="danger" onClick={() => setOpen(true)}>
        {texts.session.end}
      </Button>
      {open && (
        <FormDialog
          title={texts.session.endTitle}
          lead={texts.session.endLead}
          submit={texts.session.end}
          look="danger"
          busy={act.busy}
          error={act.error}
          onSubmit={end}
          onClose={() => setOpen(false)}
        >
          <ReasonField value={reason} onValue={setReason} />
        </FormDialog>
      )}
    </>
  );
}
