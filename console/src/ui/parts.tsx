import { type ComponentChildren, h, type JSX, type TargetedEvent } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ApiError } from '../api/api-error.ts';
import type { Loaded } from '../app/use-load.ts';
import { useLocale, useTexts } from '../i18n/locale.ts';

type ButtonProps = Omit<JSX.IntrinsicElements['button'], 'class'> & {
  readonly look?: 'primary' | 'danger' | 'quiet';
  readonly busy?: boolean;
};

export function Button({ look, busy = false, children, ...props }: ButtonProps) {
  const texts = useTexts();
  return (
    <button type="button" {...props} class={`button ${look ?? ''}`} aria-disabled={busy} aria-busy={busy}>
      {busy ? texts.working : children}
    </button>
  );
}

interface RowButtonProps {
  readonly act: string;
  /** Names the row. Only screen readers say it, as the others see where the button stands. */
  readonly of: string;
  readonly onClick: () => void;
}

/** A button that each row of a list has. */
export function RowButton({ act, of, onClick }: RowButtonProps) {
  return (
    <Button look="quiet" aria-label={`${act}: ${of}`} onClick={onClick}>
      {act}
    </Button>
  );
}

interface FieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly children: (props: {
    id: string;
    'aria-describedby'?: string;
    'aria-invalid'?: boolean;
  }) => ComponentChildren;
}

export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const about = hint !== undefined || error !== undefined;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({
        id,
        ...(about && { 'aria-describedby': `${id}-about` }),
        ...(error !== undefined && { 'aria-invalid': true }),
      })}
      {about && (
        <p id={`${id}-about`} class={error === undefined ? 'hint' : 'hint bad'}>
          {error ?? hint}
        </p>
      )}
    </div>
  );
}

interface TextFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly type?: 'text' | 'search' | 'password' | 'url' | 'datetime-local';
  readonly name?: string;
  readonly class?: string;
  readonly autocomplete?: 'off' | 'username' | 'current-password';
  readonly required?: boolean;
  readonly readOnly?: boolean;
  readonly maxLength?: number;
}

export function TextField({ label, hint, error, onValue, type = 'text', ...props }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(described) =>
        // Not as JSX: its types want to know the type of an input beforehand.
        h('input', {
          autocomplete: 'off',
          spellcheck: false,
          ...props,
          ...described,
          type,
          onInput: (event: TargetedEvent<HTMLInputElement>) => onValue(event.currentTarget.value),
        })
      }
    </Field>
  );
}

interface SelectFieldProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, label: string])[];
  /** More options are being loaded. */
  readonly busy?: boolean;
  readonly onValue: (value: string) => void;
}

export function SelectField({ label, value, options, busy = false, onValue }: SelectFieldProps) {
  const { loading } = useTexts();
  return (
    <Field label={label}>
      {(described) => (
        <select
          {...described}
          value={value}
          aria-busy={busy}
          onChange={(event) => onValue(event.currentTarget.value)}
        >
          {options.map(([option, text]) => (
            <option key={option} value={option} selected={option === value}>
              {text}
            </option>
          ))}
          {busy && <option disabled>{loading}</option>}
        </select>
      )}
    </Field>
  );
}

export function TextAreaField({
  label,
  hint,
  error,
  value,
  rows = 10,
  readOnly = false,
  onValue,
}: Pick<TextFieldProps, 'label' | 'hint' | 'error' | 'value' | 'readOnly' | 'onValue'> & {
  readonly rows?: number;
}) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(described) => (
        <textarea
          {...described}
          rows={rows}
          readOnly={readOnly}
          class="code"
          spellcheck={false}
          value={value}
          onInput={(event) => onValue(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

/** What went wrong, and what to do about it. */
export function Problem({
  error,
  onRetry,
}: {
  readonly error: ApiError;
  readonly onRetry?: (() => void) | undefined;
}) {
  const { errors, retry } = useTexts();
  const remedies: Readonly<Record<number, string>> = {
    0: errors.unreachable,
    400: errors.invalid,
    403: errors.forbidden,
    404: errors.notFound,
    409: errors.conflict,
    429: errors.rateLimited,
  };
  const remedy = remedies[error.status] ?? errors.server;
  const named = error.problems.map(({ field, message }) =>
    field === undefined ? message : `${field}: ${message}`,
  );
  return (
    <div class="problem" role="alert">
      <p>
        <strong>{remedy}</strong>
      </p>
      {error.message !== '' && <p class="told">{error.message}</p>}
      {named
        .filter((line) => !error.message.includes(line))
        .map((line) => (
          <p class="told" key={line}>
            {line}
          </p>
        ))}
      {onRetry && <Button onClick={onRetry}>{retry}</Button>}
    </div>
  );
}

export function Empty({
  title,
  hint,
  children,
}: {
  readonly title: string;
  readonly hint: string;
  readonly children?: ComponentChildren;
}) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      <p>{hint}</p>
      {children}
    </div>
  );
}

/** Shows what was loaded, or that it is being loaded, or why it could not be. */
export function Load<T>({
  of,
  children,
}: {
  readonly of: Loaded<T>;
  readonly children: (data: T) => ComponentChildren;
}) {
  const texts = useTexts();
  if (of.data !== undefined) return <>{children(of.data)}</>;
  if (of.error) return <Problem error={of.error} onRetry={of.reload} />;
  return (
    <p class="loading" role="status">
      {texts.loading}
    </p>
  );
}

export function Card({
  title,
  lead,
  actions,
  isAnswer = false,
  children,
}: {
  readonly title: string;
  readonly lead?: string;
  readonly actions?: ComponentChildren;
  /** Whether it opens as what a person has just asked for. It may be far below, so it is brought into view. */
  readonly isAnswer?: boolean;
  readonly children: ComponentChildren;
}) {
  const id = useId();
  const ref = useRef<HTMLElement>(null);
  // With the content, not a frame later: a key that is pressed at once goes to the answer.
  useLayoutEffect(() => {
    if (!isAnswer) return;
    ref.current?.scrollIntoView({ block: 'nearest' });
    ref.current?.focus({ preventScroll: true });
  }, []);
  return (
    <section
      ref={ref}
      class={isAnswer ? 'card answer' : 'card'}
      aria-labelledby={id}
      {...(isAnswer && { tabIndex: -1 })}
    >
      <header class="card-head">
        <div>
          <h2 id={id}>{title}</h2>
          {lead !== undefined && <p class="lead">{lead}</p>}
        </div>
        {actions !== undefined && <div class="actions">{actions}</div>}
      </header>
      {children}
    </section>
  );
}

export function Badge({
  look,
  children,
}: {
  readonly look?: 'good' | 'warn' | 'bad' | 'accent';
  readonly children: ComponentChildren;
}) {
  return <span class={`badge ${look ?? ''}`}>{children}</span>;
}

export function Time({ at }: { readonly at: string | undefined }) {
  const locale = useLocale();
  return at === undefined ? <>–</> : <time dateTime={at}>{locale.time(at)}</time>;
}

/** A value of any kind: texts as they are, all else as JSON. */
export function Value({ of }: { readonly of: unknown }) {
  if (of === undefined || of === null || of === '') return <span class="muted">–</span>;
  return <code class="value">{shown(of)}</code>;
}

export const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

export function Id({ of }: { readonly of: string }) {
  const texts = useTexts();
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    void navigator.clipboard.writeText(of).then(() => setCopied(true));
  };
  return (
    <span class="id">
      <code>{of}</code>
      <button
        type="button"
        class="copy"
        onClick={copy}
        aria-label={`${copied ? texts.copied : texts.copy}: ${of}`}
      >
        {copied ? texts.copied : texts.copy}
      </button>
    </span>
  );
}
