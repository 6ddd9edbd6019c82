import { useState } from 'preact/hooks';
import { useApi } from '../../app/signed-in.ts';
import { useAct } from '../../app/use-load.ts';
import { usePages } from '../../app/use-pages.ts';
import type { Webhook, WebhookDelivery } from '../../api/types.ts';
import { useTexts } from '../../i18n/locale.ts';
import { useNotice } from '../../ui/notice.tsx';
import { PagedList } from '../../ui/paged-list.tsx';
import { Badge, Button, Card, Id, Problem, RowButton, SelectField, Time } from '../../ui/parts.tsx';
import { Table } from '../../ui/table.tsx';

const LOOKS = { pending: 'accent', failed: 'bad', delivered: 'good' } as const;

export function WebhookDeliveries({ webhook: { id, url } }: { readonly webhook: Webhook }) {
  const { webhook: words } = useTexts().settings;
  const api = useApi();
  const act = useAct();
  const notice = useNotice();
  const [state, setState] = useState('');
  const list = usePages(`deliveries ${id} ${state}`, (cursor) =>
    api.adminPage<WebhookDelivery>(`/webhooks/${id}/deliveries`, { state }, cursor),
  );
  const retry = (delivery: WebhookDelivery): void =>
    act.run(async () => {
      await api.admin('POST', `/webhooks/${id}/deliveries/${delivery.id}/retry`);
      notice(words.retried);
      list.renew();
    });
  const title = words.deliveriesOf(url);
  return (
    <Card isAnswer title={title} actions={<Button onClick={list.first.reload}>{words.refresh}</Button>}>
      <SelectField
        label={words.state}
        value={state}
        options={[['', words.allStates], ...Object.entries(words.states)]}
        onValue={setState}
      />
      {act.error && <Problem error={act.error} />}
      <PagedList list={list} isFiltered={state !== ''} texts={words}>
        {(deliveries) => (
          <Table
            label={title}
            rows={deliveries}
            keyOf={(delivery) => delivery.id}
            columns={[
              { title: words.event, of: ({ type }) => <code>{type}</code> },
              { title: words.subject, of: ({ subject }) => <Id of={subject} /> },
              { title: words.time, of: ({ createdAt }) => <Time at={createdAt} /> },
              { title: words.state, of: (delivery) => <State of={delivery} /> },
              { title: words.attempts, isNumber: true, of: ({ attempts }) => attempts },
              { title: words.next, of: ({ nextAttemptAt }) => <Time at={nextAttemptAt} /> },
              {
                title: words.retry,
                of: (delivery) =>
                  delivery.state === 'delivered' ? null : (
                    <RowButton act={words.retry} of={delivery.id} onClick={() => retry(delivery)} />
                  ),
              },
            ]}
          />
        )}
      </PagedList>
    </Card>
  );
}

function State({ of: { state, lastStatus = 0, lastError = '' } }: { readonly of: WebhookDelivery }) {
  const { webhook: words } = useTexts().settings;
  return (
    <>
      <Badge look={LOOKS[state]}>{words.states[state]}</Badge>
      {state === 'failed' && <span class="sub">{words.reasons[lastError] ?? words.status(lastStatus)}</span>}
    </>
  );
}
