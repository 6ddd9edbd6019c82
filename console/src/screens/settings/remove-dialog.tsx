import { useTexts } from '../../i18n/locale.ts';
import { ActDialog, type ActDialogProps } from '../../ui/act-dialog.tsx';
import { useNotice } from '../../ui/notice.tsx';

interface RemoveDialogProps extends Omit<ActDialogProps, 'act' | 'submit' | 'look' | 'children'> {
  readonly remove: () => Promise<unknown>;
  readonly onDone: () => void;
  readonly children?: ActDialogProps['children'];
}

/** Asks before something is removed, removes it, and says so. */
export function RemoveDialog({ remove, onDone, children = null, ...form }: RemoveDialogProps) {
  const texts = useTexts();
  const notice = useNotice();
  const act = async (): Promise<void> => {
    await remove();
    notice(texts.settings.removed);
    onDone();
  };
  return (
    <ActDialog {...form} submit={texts.remove} look="danger" act={act}>
      {children}
    </ActDialog>
  );
}
