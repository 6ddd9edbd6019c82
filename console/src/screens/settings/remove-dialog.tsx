import type { ComponentChildren } from 'preact';
import { useAct } from '../../app/use-load.ts';
import { useTexts } from '../../i18n/locale.ts';
import { FormDialog } from '../../ui/dialog.tsx';
import { useNotice } from '../../ui/notice.tsx';

/** Asks before something is removed, removes it, and says so. */
export function RemoveDialog({
  title,
  lead,
  blocked = false,
  remove,
  onClose,
  onDone,
  children = null,
}: {
  readonly title: string;
  readonly lead: string;
  /** What is needed can't be removed; `lead` says why. */
  readonly blocked?: boolean;
  readonly remove: () => Promise<unknown>;
  readonly onClose: () => void;
  readonly onDone: () => void;
  readonly children?: ComponentChildren;
}) {
  const texts = useTexts();
  const act = useAct();
  const notice = useNotice();
  const submit = (): void =>
    act.run(async () => {
      await remove();
      notice(texts.settings.removed);
      onDone();
    });
  return (
    <FormDialog
      title={title}
      lead={lead}
      submit={texts.remove}
      look="danger"
      busy={act.busy}
      error={act.error}
      blocked={blocked}
      onSubmit={submit}
      onClose={onClose}
    >
      {children}
    </FormDialog>
  );
}
