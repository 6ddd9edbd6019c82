import { useState } from 'preact/hooks';
import { hrefOf } from '../../app/route.ts';
import { useApi } from '../../app/signed-in.ts';
import { type Act, useAct, useLoad } from '../../app/use-load.ts';
import type { Webhook, WebhookTest } from '../../api/types.ts';
import { useTexts } from '../../i18n/locale.ts';
import { useNotice } from '../../ui/notice.tsx';
import { Badge, Button, Card, Empty, Load, Problem, RowButton } from '../../ui/parts.tsx';
import { Table } from '../../ui/table.tsx';
import { NewSecret } from './client-secret.tsx';
import { EditWebhook, RemoveWebhook, RotateWebhookSecret } from './webhook-dialogs.tsx';
import { WebhookDeliveries } from './webhook-deliveries.tsx';

type Asked = { readonly what: 'edit' | 'rotate' | 'remove'; readonly webhook: Webhook };

export function Webhooks({ shown }: { readonly shown: string | undefined }) {
  const texts = useTexts();
  const { settings } = texts;
  const { webhook: words } = settings;
  const api = useApi();
  const act = useAct();
  const list = useLoad('webhooks', () => api.admin<readonly Webhook[]>('GET', '/webhooks'));
  const [asked, setAsked] = useState<Asked | 'new'>();
  const [secret, setSecret] = useState<string>();
  const title = settings.sections.webhooks ?? '';
  const chosen = list.data?.find(({ id }) => id === shown);
  const close = (): void => setAsked(undefined);
  const done = (made?: string): void => {
    close();
    setSecret(made);
    list.reload();
  };
  return (
    <>
      <Card
        title={title}
        lead={words.lead}
        actions={<Button onClick={() => setAsked('new')}>{words.newWebhook}</Button>}
      >
        {act.error && <Problem error={act.error} />}
        <Load of={list}>
          {(all) =>
            all.length === 0 ? (
              <Empty title={settings.empty} hint={settings.emptyHint} />
            ) : (
              <Table
                label={title}
                rows={all}
                keyOf={({ id }) => id}
                columns={[
                  { title: words.url, of: (webhook) => <Target of={webhook} /> },
                  { title: words.types, of: ({ types }) => <Types of={types} /> },
                  {
                    title: texts.edit,
                    of: (webhook) => (
                      <Acts of={webhook} act={act} onAsked={setAsked} onChanged={list.reload} />
                    ),
                  },
                ]}
              />
            )
          }
        </Load>
        {asked === 'new' && <EditWebhook webhook={undefined} onClose={close} onDone={done} />}
        {asked !== 'new' && asked?.what === 'edit' && (
          <EditWebhook webhook={asked.webhook} onClose={close} onDone={done} />
        )}
        {asked !== 'new' && asked?.what === 'rotate' && (
          <RotateWebhookSecret webhook={asked.webhook} onClose={close} onDone={done} />
        )}
        {asked !== 'new' && asked?.what === 'remove' && (
          <RemoveWebhook webhook={asked.webhook} onClose={close} onDone={done} />
        )}
        {secret !== undefined && (
          <NewSecret secret={secret} lead={words.secretLead} onClose={() => setSecret(undefined)} />
        )}
      </Card>
      {chosen && <WebhookDeliveries key={chosen.id} webhook={chosen} />}
    </>
  );
}

function Target({ of: { url, description, enabled, switchedOff } }: { readonly of: Webhook }) {
  const { webhook: words } = useTexts().settings;
  const off = switchedOff === 'gone' ? words.gone : words.off;
  return (
    <>
      <strong>{url}</strong> <Badge look={enabled ? 'good' : 'warn'}>{enabled ? words.on : off}</Badge>
      {description !== undefined && <span class="sub">{description}</span>}
    </>
  );
}

function Types({ of }: { readonly of: readonly string[] }) {
  return (
    <ul class="plain">
      {of.map((type) => (
        <li key={type}>
          <code>{type}</code>
        </li>
      ))}
    </ul>
  );
}

interface ActsProps {
  readonly of: Webhook;
  readonly act: Act;
  readonly onAsked: (asked: Asked) => void;
  readonly onChanged: () => void;
}

function Acts({ of: webhook, act, onAsked, onChanged }: ActsProps) {
  const texts = useTexts();
  const { webhook: words } = texts.settings;
  const { id, url, enabled, metadata } = webhook;
  const api = useApi();
  const notice = useNotice();
  const turn = (): void =>
    act.run(async () => {
      const body = { enabled: !enabled, metadata: { version: metadata.version } };
      await api.admin('PATCH', `/webhooks/${id}`, { body });
      onChanged();
    });
  const test = (): void =>
    act.run(async () => {
      const {
        delivered,
        status = 0,
        error = '',
      } = await api.admin<WebhookTest>('POST', `/webhooks/${id}/test`);
      const reason = words.reasons[error] ?? words.status(status);
      notice(delivered ? words.testDelivered(status) : words.testFailed(reason));
    });
  const ask = (what: Asked['what']) => () => onAsked({ what, webhook });
  const acts: readonly (readonly [label: string, onClick: () => void])[] = [
    [words.test, test],
    [enabled ? words.switchOff : words.switchOn, turn],
    [texts.edit, ask('edit')],
    [words.rotate, ask('rotate')],
    [texts.remove, ask('remove')],
  ];
  return (
    <div class="actions">
      <a class="button quiet" href={hrefOf(['settings', 'webhooks', id])}>
        {words.deliveries}
        <span class="unseen">: {url}</span>
      </a>
      {acts.map(([label, onClick]) => (
        <RowButton key={label} act={label} of={url} onClick={onClick} />
      ))}
    </div>
  );
}
