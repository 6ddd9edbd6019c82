import { useState } from 'preact/hooks';
import { useTexts } from '../i18n/locale.ts';
import { Button, TextField } from './parts.tsx';

/** A field for what to look for in a list. An empty one shows the whole list. */
export function SearchForm({
  label,
  onSearch,
}: {
  readonly label: string;
  readonly onSearch: (text: string) => void;
}) {
  const { find } = useTexts();
  const [text, setText] = useState('');
  const search = (event: Event): void => {
    event.preventDefault();
    onSearch(text.trim());
  };
  return (
    <form class="inline" onSubmit={search}>
      <TextField label={label} type="search" value={text} onValue={setText} />
      <Button type="submit" look="primary">
        {find.submit}
      </Button>
    </form>
  );
}
