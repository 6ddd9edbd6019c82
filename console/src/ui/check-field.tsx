interface CheckFieldProps {
  readonly label: string;
  readonly value: boolean;
  readonly onValue: (value: boolean) => void;
}

export function CheckField({ label, value, onValue }: CheckFieldProps) {
  return (
    <label class="choice">
      <input type="checkbox" checked={value} onChange={(event) => onValue(event.currentTarget.checked)} />{' '}
      {label}
    </label>
  );
}
