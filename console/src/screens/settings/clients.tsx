import { useState } from 'preact/hooks';
import { containing } from '../../app/list-query.ts';
import { hrefOf } from '../../app/route.ts';
import { useApi } from '../../app/signed-in.ts';
import { useAct, useLoad } from '../../app/use-load.ts';
import { usePages } from '../../app/use-pages.ts';
import type { Client } from '../../api/types.ts';
import { useTexts } from '../../i18n/locale.ts';
import { PagedList } from '../../ui/paged-list.tsx';
import { Badge, Button, Card, Problem, RowButton } from '../../ui/parts.tsx';
import { SearchForm } from '../../ui/search-form.tsx';
import { Table } from '../../ui/table.tsx';
import { ClientKeys, Methods } from './client-keys.tsx';
import { NewSecret, RotateSecret } from './client-secret.tsx';
import { NewClient } from './new-client.tsx';

export function Clients({ shown }: { readonly shown: string | undefined }) {
  const { settings } = useTexts();
  const { client: words } = settings;
  const api = useApi();
  const act = useAct();
  const [sought, setSought] = useState('');
  const clients = usePages(`clients ${sought}`, (cursor) =>
    api.adminPage<Client>('/clients', sought === '' ? {} : { q: `clientId:${containing(sought)}` }, cursor),
  );
  const one = useLoad(`client ${shown ?? ''}`, async () =>
    shown === undefined ? undefined : api.admin<Client>('GET', `/clients/${encodeURIComponent(shown)}`),
  );
  const changed = (): void => {
    clients.renew();
    one.reload();
  };
  const [rotated, setRotated] = useState<Client>();
  const [secret, setSecret] = useState<string>();
  const [creating, setCreating] = useState(false);
  const told = (made: string | undefined): void => {
    setRotated(undefined);
    setCreating(false);
    setSecret(made);
    changed();
  };
  const turn = ({ clientId, enabled, metadata: { version } }: Client): void =>
    act.run(async () => {
      const body = { enabled: !enabled, metadata: { version } };
      await api.admin('PATCH', `/clients/${encodeURIComponent(clientId)}`, { body });
      changed();
    });
  return (
    <>
      <Card
        title={settings.sections.clients ?? ''}
        actions={<Button onClick={() => setCreating(true)}>{words.newClient}</Button>}
      >
        {act.error && <Problem error={act.error} />}
        <SearchForm label={words.search} onSearch={setSought} />
        <PagedList list={clients} isFiltered={sought !== ''} texts={{ ...settings, ...words.noneFound }}>
          {(all) => <ClientTable clients={all} ownId={api.clientId} onRotate={setRotated} onSwitch={turn} />}
        </PagedList>
        {rotated && <RotateSecret client={rotated} onClose={() => setRotated(undefined)} onDone={told} />}
        {creating && <NewClient onClose={() => setCreating(false)} onDone={told} />}
        {secret !== undefined && <NewSecret secret={secret} onClose={() => setSecret(undefined)} />}
      </Card>
      {one.error && <Problem error={one.error} onRetry={one.reload} />}
      {one.data?.kind === 'backend' && (
        <ClientKeys
          key={one.data.clientId}
          client={one.data}
          onNewSecret={() => setRotated(one.data)}
          onChanged={changed}
        />
      )}
    </>
  );
}

interface ActsProps {
  /** The client that is signed in, which can't switch itself off. */
  readonly ownId: string;
  readonly onRotate: (client: Client) => void;
  readonly onSwitch: (client: Client) => void;
}

function ClientTable({ clients, ...acts }: ActsProps & { readonly clients: readonly Client[] }) {
  const texts = useTexts();
  const { sections, client: words } = texts.settings;
  return (
    <Table
      label={sections.clients ?? ''}
      rows={clients}
      keyOf={({ clientId }) => clientId}
      columns={[
        { title: words.id, of: (client) => <Name of={client} /> },
        {
          title: words.kind,
          of: ({ kind }) => (kind === 'backend' ? words.backend : words.storefront),
        },
        { title: words.authentication, of: (client) => <Methods of={client} /> },
        { title: words.scopes, of: ({ scopes }) => <Scopes of={scopes} /> },
        { title: texts.edit, of: (client) => <Acts client={client} {...acts} /> },
      ]}
    />
  );
}

function Name({ of: { clientId, name, enabled } }: { readonly of: Client }) {
  const { client: words } = useTexts().settings;
  return (
    <>
      <strong>{clientId}</strong>{' '}
      <Badge look={enabled ? 'good' : 'warn'}>{enabled ? words.enabled : words.disabled}</Badge>
      {name !== undefined && <span class="sub">{name}</span>}
    </>
  );
}

function Acts({ client, ownId, onRotate, onSwitch }: ActsProps & { readonly client: Client }) {
  const { client: words } = useTexts().settings;
  const { clientId, kind, enabled } = client;
  const switches = enabled ? words.switchOff : words.switchOn;
  return (
    <div class="actions">
      {kind === 'backend' && (
        <a
          class="button quiet"
          aria-label={`${words.keys}: ${clientId}`}
          href={hrefOf(['settings', 'clients', clientId])}
        >
          {words.keys}
        </a>
      )}
      {kind === 'backend' && <RowButton act={words.rotate} of={clientId} onClick={() => onRotate(client)} />}
      {clientId !== ownId && <RowButton act={switches} of={clientId} onClick={() => onSwitch(client)} />}
    </div>
  );
}

function Scopes({ of }: { readonly of: readonly string[] }) {
  const texts = useTexts();
  if (of.length === 0) return <span class="muted">{texts.none}</span>;
  return (
    <details>
      <summary>{texts.settings.client.scopeCount(of.length)}</summary>
      <ul class="plain">
        {of.map((scope) => (
          <li key={scope}>
            <code>{scope}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}
