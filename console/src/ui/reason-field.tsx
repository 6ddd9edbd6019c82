import { useTexts } from '../i18n/locale.ts';
import { TextField } from './parts.tsx';

/** As much as the service takes in `X-Reason`. */
const LONGEST = 500;

interface ReasonFieldProps {
  readonly value: string;
  readonly onValue: (value: string) => void;
}

/** Why an employee does this; kept in the audit log. */
export function ReasonField(props: ReasonFieldProps) {
  const { reason, reasonHint } = useTexts();
  return <TextField label={reason} hint={reasonHint} maxLength={LONGEST} {...props} />;
}
