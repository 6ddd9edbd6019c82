import { useState } from 'preact/hooks';
import { isRecord } from '../../api/api-error.ts';
import type { Attributes, Context, OneSession } from '../../api/types.ts';
import { useTexts } from '../../i18n/locale.ts';
import { useNotice } from '../../ui/notice.tsx';
import { Button, Card, Empty, Problem, RowButton, shown, TextAreaField, TextField } from '../../ui/parts.tsx';
import { Conflict } from './conflict.tsx';
import { useContextChange } from './use-context-change.ts';

interface AttributesProps {
  readonly session: OneSession;
  readonly context: Context;
  readonly mayChange: boolean;
  readonly reload: () => void;
}

/** Texts as they are typed, by name. `null`: to be removed. */
type Drafts = Readonly<Record<string, string | null>>;

export function AttributesEditor({ session, context, mayChange, reload }: AttributesProps) {
  const texts = useTexts();
  const words = texts.session;
  const notice = useNotice();
  const [drafts, setDrafts] = useState<Drafts>({});
  const change = useContextChange({
    sessionId: session.sessionId,
    context,
    read: (one) => one.context,
    write: (mine) => ({ context: mine }),
    isEditing: Object.keys(drafts).length > 0,
    onSaved: () => {
      setDrafts({});
      notice(words.saved);
      reload();
    },
  });
  const names = [...new Set([...Object.keys(context.context), ...Object.keys(drafts)])];
  const visible = names.filter((name) => drafts[name] !== null);
  const save = (event: Event): void => {
    event.preventDefault();
    const mine = Object.entries(drafts).map(([name, text]) => [
      name,
      text === null ? null : valueOf(text, context.context[name]),
    ]);
    change.save(Object.fromEntries(mine), '');
  };
  return (
    <Card title={words.attributes} lead={words.attributesLead}>
      <form onSubmit={save}>
        {visible.length === 0 && <Empty title={words.noAttributes} hint="" />}
        {visible.map((name) => (
          <div class="attribute" key={name}>
            <AttributeField
              name={name}
              stored={context.context[name]}
              draft={drafts[name] ?? undefined}
              readOnly={!mayChange}
              onDraft={(text) => setDrafts({ ...drafts, [name]: text })}
            />
            {mayChange && (
              <RowButton
                act={texts.remove}
                of={name}
                onClick={() => setDrafts({ ...drafts, [name]: null })}
              />
            )}
          </div>
        ))}
        {change.clashes.length > 0 && (
          <Conflict clashes={change.clashes} dropped={change.dropped} onChoice={change.choose} />
        )}
        {change.act.error && <Problem error={change.act.error} />}
        {mayChange && Object.keys(drafts).length > 0 && (
          <div class="actions">
            <Button type="submit" look="primary" busy={change.act.busy}>
              {words.saveAttributes}
            </Button>
            <Button
              onClick={() => {
                setDrafts({});
                change.forget();
              }}
            >
              {texts.cancel}
            </Button>
          </div>
        )}
      </form>
      {mayChange && <NewAttribute onAdd={(name) => setDrafts({ ...drafts, [name]: drafts[name] ?? '' })} />}
    </Card>
  );
}

interface AttributeFieldProps {
  readonly name: string;
  /** `undefined` if it is new. */
  readonly stored: Attributes[string];
  readonly draft: string | undefined;
  readonly readOnly: boolean;
  readonly onDraft: (text: string) => void;
}

/** A field of one line would drop the line breaks of what it is given. */
function AttributeField({ name, stored, draft, readOnly, onDraft }: AttributeFieldProps) {
  const text = stored === undefined ? '' : shown(stored);
  const field = { label: name, readOnly, value: draft ?? text, onValue: onDraft };
  return /[\r\n]/.test(text) ? <TextAreaField {...field} rows={3} /> : <TextField {...field} class="code" />;
}

function NewAttribute({ onAdd }: { readonly onAdd: (name: string) => void }) {
  const texts = useTexts();
  const [name, setName] = useState('');
  const add = (event: Event): void => {
    event.preventDefault();
    if (name.trim() === '') return;
    onAdd(name.trim());
    setName('');
  };
  return (
    <form class="inline" onSubmit={add}>
      <TextField label={texts.session.newAttribute} value={name} onValue={setName} />
      <Button type="submit">{texts.add}</Button>
    </form>
  );
}

/** JSON where it was JSON before or is an object now; everything else is the text that was typed. */
function valueOf(text: string, before: Attributes[string]): unknown {
  const wasText = typeof before === 'string' || before === undefined;
  try {
    const value: unknown = JSON.parse(text);
    return wasText && !isRecord(value) ? text : value;
  } catch {
    return text;
  }
}
