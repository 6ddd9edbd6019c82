import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { ApiError } from '../api/api-error.ts';
import { useTexts } from '../i18n/locale.ts';
import { Button, Problem } from './parts.tsx';

interface DialogProps {
  readonly title: string;
  readonly onClose?: () => void;
  readonly children: ComponentChildren;
}

/** The browser's own modal dialog: it keeps the focus inside, and gives it back. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const id = useId();
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const opener = document.activeElement;
    const dialog = ref.current;
    dialog?.showModal();
    return () => {
      dialog?.close();
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  const cancel = (event: Event): void => {
    event.preventDefault();
    onClose?.();
  };
  return (
    <dialog ref={ref} aria-labelledby={id} onCancel={cancel}>
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  );
}

export interface FormDialogProps extends DialogProps {
  readonly lead?: string;
  readonly submit: string;
  readonly look?: 'primary' | 'danger';
  readonly busy: boolean;
  readonly error?: ApiError | undefined;
  readonly blocked?: boolean;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
}

/** A question with a form: Enter sends it, Escape closes it. */
export function FormDialog({
  lead,
  submit,
  look = 'primary',
  busy,
  error,
  blocked = false,
  onSubmit,
  children,
  ...dialog
}: FormDialogProps) {
  const texts = useTexts();
  const send = (event: Event): void => {
    event.preventDefault();
    if (!blocked && !busy) onSubmit();
  };
  return (
    <Dialog {...dialog}>
      <form onSubmit={send}>
        {lead !== undefined && <p class="lead">{lead}</p>}
        {children}
        {error && <Problem error={error} />}
        <div class="actions end">
          <Button onClick={dialog.onClose}>{texts.cancel}</Button>
          <Button type="submit" look={look} busy={busy} disabled={blocked}>
            {submit}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
