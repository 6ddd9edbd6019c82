import { useState } from 'preact/hooks';
import { useApi } from '../../app/signed-in.ts';
import { useLoad } from '../../app/use-load.ts';
import type { Entry } from '../../api/types.ts';
import { useTexts } from '../../i18n/locale.ts';
import { Button, Card, Empty, Load, RowButton, TextAreaField, TextField } from '../../ui/parts.tsx';
import { Table } from '../../ui/table.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import { SaveDialog } from './save-dialog.tsx';

type Kind = 'campaigns' | 'regions' | 'price-tables';

/** The route of the admin API, and what a new entry starts from. */
const OF_KIND = {
  campaigns: { path: '/campaigns', draft: { rules: [{ utm_campaign: 'black friday' }] } },
  regions: { path: '/regions', draft: { country: 'DEU', postalCodes: [{ from: '10000', to: '19999' }] } },
  'price-tables': { path: '/customer-groups', draft: { priceTables: ['gold'] } },
} as const satisfies Record<Kind, { path: string; draft: object }>;

type Editing = { readonly id: string; readonly text: string; readonly version: number };

const textOf = (value: object): string => JSON.stringify(value, null, 2);

/** Entries of the tenant's settings, each edited as the JSON that the API has. */
export function Entries({ kind }: { readonly kind: Kind }) {
  const texts = useTexts();
  const { settings } = texts;
  const { path, draft } = OF_KIND[kind];
  const api = useApi();
  const list = useLoad(kind, () => api.admin<readonly Entry[]>('GET', path));
  const [edited, setEdited] = useState<Editing>();
  const [removed, setRemoved] = useState<Entry>();
  const title = settings.sections[kind] ?? kind;
  const close = (): void => {
    setEdited(undefined);
    setRemoved(undefined);
  };
  const done = (): void => {
    close();
    list.reload();
  };
  const edit = ({ id, metadata, ...content }: Entry): void =>
    setEdited({ id, text: textOf(content), version: metadata.version });
  return (
    <Card
      title={title}
      lead={settings.leads[kind] ?? ''}
      actions={
        <Button onClick={() => setEdited({ id: '', text: textOf(draft), version: 0 })}>
          {settings.newEntry}
        </Button>
      }
    >
      <Load of={list}>
        {(entries) =>
          entries.length === 0 ? (
            <Empty title={settings.empty} hint={settings.emptyHint} />
          ) : (
            <Table
              label={title}
              rows={entries}
              keyOf={({ id }) => id}
              columns={[
                { title: settings.id, of: ({ id }) => <strong>{id}</strong> },
                {
                  title: settings.content,
                  of: ({ id: _id, metadata: _metadata, ...content }) => (
                    <code class="value">{JSON.stringify(content)}</code>
                  ),
                },
                {
                  title: texts.edit,
                  of: (entry) => (
                    <div class="actions">
                      <RowButton act={texts.edit} of={entry.id} onClick={() => edit(entry)} />
                      <RowButton act={texts.remove} of={entry.id} onClick={() => setRemoved(entry)} />
                    </div>
                  ),
                },
              ]}
            />
          )
        }
      </Load>
      {edited && <EditEntry path={path} title={title} of={edited} onClose={close} onDone={done} />}
      {removed && <RemoveEntry path={path} entry={removed} onClose={close} onDone={done} />}
    </Card>
  );
}

interface EditEntryProps {
  readonly path: string;
  readonly title: string;
  readonly of: Editing;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

function EditEntry({ path, title, of, onClose, onDone }: EditEntryProps) {
  const { settings } = useTexts();
  const api = useApi();
  const [id, setId] = useState(of.id);
  const [text, setText] = useState(of.text);
  const problem = problemOf(text);
  const save = (): Promise<unknown> => {
    const body = { ...JSON.parse(text), metadata: { version: of.version } };
    return api.admin('PUT', `${path}/${encodeURIComponent(id.trim())}`, { body });
  };
  return (
    <SaveDialog
      title={of.id === '' ? title : `${title}: ${of.id}`}
      blocked={id.trim() === '' || problem !== undefined}
      save={save}
      onClose={onClose}
      onDone={onDone}
    >
      <TextField label={settings.id} value={id} readOnly={of.id !== ''} onValue={setId} />
      <TextAreaField
        label={settings.content}
        value={text}
        rows={12}
        error={problem === undefined ? undefined : settings.notJson(problem)}
        onValue={setText}
      />
    </SaveDialog>
  );
}

function problemOf(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

interface RemoveEntryProps {
  readonly path: string;
  readonly entry: Entry;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

function RemoveEntry({ path, entry, onClose, onDone }: RemoveEntryProps) {
  const { settings } = useTexts();
  const api = useApi();
  return (
    <RemoveDialog
      title={settings.removeTitle(entry.id)}
      lead={settings.removeLead}
      remove={() => api.admin('DELETE', `${path}/${encodeURIComponent(entry.id)}`)}
      onClose={onClose}
      onDone={onDone}
    />
  );
}
