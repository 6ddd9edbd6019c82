import { useTexts } from '../../i18n/locale.ts';
import { ActDialog, type ActDialogProps } from '../../ui/act-dialog.tsx';
import { useNotice } from '../../ui/notice.tsx';

interface SaveDialogProps extends Omit<ActDialogProps, 'act'> {
  readonly save: () => Promise<unknown>;
  readonly onDone: () => void;
}

/** Asks for settings, saves them, and says so. */
export function SaveDialog({ save, onDone, ...form }: SaveDialogProps) {
  const { saved } = useTexts().settings;
  const notice = useNotice();
  const act = async (): Promise<void> => {
    await save();
    notice(saved);
    onDone();
  };
  return <ActDialog {...form} act={act} />;
}
