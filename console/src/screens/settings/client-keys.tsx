import { useState } from 'preact/hooks';
import { useApi } from '../../app/signed-in.ts';
import type { Client, ClientKey } from '../../api/types.ts';
import { useTexts } from '../../i18n/locale.ts';
import { Badge, Button, Card, Empty, Id, RowButton, Time } from '../../ui/parts.tsx';
import { Facts, Table } from '../../ui/table.tsx';
import { AddKeys, RemoveKey, RemoveSecret } from './client-key-dialogs.tsx';
import { PublishKeys, RemoveAddress } from './published-keys.tsx';

type Asked = 'add' | 'publish' | 'remove-address' | 'remove-secret' | ClientKey;

interface Props {
  readonly client: Client;
  readonly onNewSecret: () => void;
  readonly onChanged: () => void;
}

/** How a backend authenticates, and the public keys that verify what it signs. */
export function ClientKeys({ client, onNewSecret, onChanged }: Props) {
  const texts = useTexts();
  const { client: words } = texts.settings;
  const api = useApi();
  const [asked, setAsked] = useState<Asked>();
  const { keys = [], jwksUri, hasSecret, earlierSecretsEndAt } = client;
  const signs = keys.length > 0 || jwksUri !== undefined;
  const close = (): void => setAsked(undefined);
  const done = (): void => {
    close();
    onChanged();
  };
  // A person who signed in with the secret would lock themselves out.
  const mayDropSecret = hasSecret && signs && client.clientId !== api.clientId;
  return (
    <Card
      isAnswer
      title={words.keysOf(client.clientId)}
      lead={words.keysLead}
      actions={
        <>
          {mayDropSecret && (
            <Button look="danger" onClick={() => setAsked('remove-secret')}>
              {words.dropSecret}
            </Button>
          )}
          {!hasSecret && <Button onClick={onNewSecret}>{words.rotate}</Button>}
          {jwksUri !== undefined && (
            <Button look="danger" onClick={() => setAsked('remove-address')}>
              {words.dropAddress}
            </Button>
          )}
          <Button onClick={() => setAsked('publish')}>
            {jwksUri === undefined ? words.publish : words.changeAddress}
          </Button>
          {jwksUri === undefined && <Button onClick={() => setAsked('add')}>{words.addKey}</Button>}
        </>
      }
    >
      <Facts
        of={[
          [words.authentication, <Methods of={client} />],
          [
            words.secret,
            hasSecret ? (
              <>
                {texts.yes}
                {earlierSecretsEndAt.map((end) => (
                  <span class="sub" key={end}>
                    {words.earlierEnds} <Time at={end} />
                  </span>
                ))}
              </>
            ) : (
              texts.none
            ),
          ],
          ...(jwksUri === undefined ? [] : [[words.publishedAt, <Id of={jwksUri} />] as const]),
        ]}
      />
      {hasSecret && signs && <p class="hint">{words.bothHint}</p>}
      {jwksUri !== undefined && <p class="hint">{words.publishedHint}</p>}
      {jwksUri === undefined &&
        (keys.length === 0 ? (
          <Empty title={words.noKeys} hint={words.noKeysHint} />
        ) : (
          <KeyTable keys={keys} label={words.keys} onRemove={setAsked} />
        ))}
      {asked === 'add' && <AddKeys client={client} onClose={close} onDone={done} />}
      {asked === 'publish' && <PublishKeys client={client} onClose={close} onDone={done} />}
      {asked === 'remove-address' && <RemoveAddress client={client} onClose={close} onDone={done} />}
      {asked === 'remove-secret' && <RemoveSecret client={client} onClose={close} onDone={done} />}
      {typeof asked === 'object' && (
        <RemoveKey client={client} removed={asked} onClose={close} onDone={done} />
      )}
    </Card>
  );
}

function KeyTable({
  keys,
  label,
  onRemove,
}: {
  readonly keys: readonly ClientKey[];
  readonly label: string;
  readonly onRemove: (key: ClientKey) => void;
}) {
  const texts = useTexts();
  const { client: words } = texts.settings;
  return (
    <Table
      label={label}
      rows={keys}
      keyOf={({ kid, thumbprint }) => `${kid} ${thumbprint}`}
      columns={[
        {
          title: words.kid,
          of: ({ kid }) => (kid === undefined ? <span class="muted">{texts.none}</span> : <code>{kid}</code>),
        },
        { title: words.algorithm, of: ({ kty, crv, alg }) => [crv ?? kty, alg].filter(Boolean).join(', ') },
        { title: words.thumbprint, of: ({ thumbprint }) => <Id of={thumbprint} /> },
        { title: words.added, of: ({ addedAt }) => <Time at={addedAt} /> },
        {
          title: texts.edit,
          of: (key) => (
            <RowButton act={texts.remove} of={key.kid ?? key.thumbprint} onClick={() => onRemove(key)} />
          ),
        },
      ]}
    />
  );
}

/** The ways by which a client proves who it is. */
export function Methods({ of: { kind, hasSecret, keys, jwksUri } }: { readonly of: Client }) {
  const { client: words } = useTexts().settings;
  if (kind === 'storefront') return <span class="muted">{words.isPublic}</span>;
  return (
    <>
      {hasSecret && <Badge>{words.secret}</Badge>}{' '}
      {(keys?.length ?? 0) > 0 && <Badge look="accent">{words.keyCount(keys?.length ?? 0)}</Badge>}
      {jwksUri !== undefined && <Badge look="accent">{words.publishedKeys}</Badge>}
    </>
  );
}
