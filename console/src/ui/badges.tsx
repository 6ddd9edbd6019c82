import { Badge } from './parts.tsx';

/** Words side by side, or a dash if there are none. */
export function Badges({ of }: { readonly of: readonly string[] }) {
  if (of.length === 0) return <span class="muted">–</span>;
  return (
    <span class="badges">
      {of.map((word) => (
        <Badge key={word}>{word}</Badge>
      ))}
    </span>
  );
}
