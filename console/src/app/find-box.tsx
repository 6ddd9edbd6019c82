import { useId, useState } from 'preact/hooks';
import { useTexts } from '../i18n/locale.ts';
import { Button, Problem } from '../ui/parts.tsx';
import { soughtIn, targetOf } from './find-target.ts';
import { goTo } from './route.ts';
import { useApi } from './signed-in.ts';
import { useAct } from './use-load.ts';

export function FindBox() {
  const texts = useTexts();
  const api = useApi();
  const id = useId();
  const [text, setText] = useState('');
  const [told, setTold] = useState('');
  const act = useAct();
  const find = (event: Event): void => {
    event.preventDefault();
    if (text.trim() === '') return;
    act.run(async () => {
      const sought = soughtIn(text);
      const target = await targetOf(api, sought);
      if (target !== undefined) {
        setTold('');
        goTo(target);
      } else if (sought.kind === 'service-token') setTold(texts.find.serviceToken);
      else
        setTold(sought.kind === 'unreadable-token' ? texts.find.unreadable : texts.find.nothing(text.trim()));
    });
  };
  return (
    <form class="find" role="search" onSubmit={find}>
      <label for={id} class="unseen">
        {texts.find.label}
      </label>
      <input
        id={id}
        type="search"
        autocomplete="off"
        spellcheck={false}
        placeholder={texts.find.hint}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" busy={act.busy}>
        {texts.find.submit}
      </Button>
      <div class="found" role="status">
        {told !== '' && <p>{told}</p>}
        {act.error && <Problem error={act.error} />}
      </div>
    </form>
  );
}
