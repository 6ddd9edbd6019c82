import { useAct } from '../app/use-load.ts';
import { useTexts } from '../i18n/locale.ts';
import { FormDialog, type FormDialogProps } from './dialog.tsx';

export interface ActDialogProps extends Omit<FormDialogProps, 'submit' | 'busy' | 'error' | 'onSubmit'> {
  /** What the button says; by default that it saves. */
  readonly submit?: string;
  /** What is done when the form is sent. If it fails, the dialog stays and says why. */
  readonly act: () => Promise<void>;
  /** It may take a while, so its progress is shown. */
  readonly isLong?: boolean;
}

/** A form that does one thing. */
export function ActDialog({ submit, act, isLong = false, children, ...form }: ActDialogProps) {
  const texts = useTexts();
  const { busy, error, run } = useAct();
  return (
    <FormDialog {...form} submit={submit ?? texts.save} busy={busy} error={error} onSubmit={() => run(act)}>
      {children}
      {isLong && busy && <progress aria-label={texts.working} />}
    </FormDialog>
  );
}
