import { hrefOf } from '../../app/route.ts';
import { useApi } from '../../app/signed-in.ts';
import { useLoad } from '../../app/use-load.ts';
import type { OneSession } from '../../api/types.ts';
import { useTexts } from '../../i18n/locale.ts';
import { Badge, Card, Empty, Id, Load, Time } from '../../ui/parts.tsx';
import { LiveMark } from '../../ui/live-mark.tsx';
import { Facts } from '../../ui/table.tsx';
import { CompanyLink } from '../company-link.tsx';
import { AttributesEditor } from './attributes.tsx';
import { CartCard } from './cart.tsx';
import { ContextValues } from './context-values.tsx';
import { CycleCard } from './cycle.tsx';
import { EndSession } from './end-session.tsx';
import { HistoryCard } from './history.tsx';
import { type LiveSession, useLiveSession } from './use-live-session.ts';

export function SessionScreen({ id }: { readonly id: string }) {
  const texts = useTexts();
  const api = useApi();
  const one = useLoad(id, () => api.admin<OneSession>('GET', `/sessions/${encodeURIComponent(id)}`));
  const live = useLiveSession(id, one.refresh);
  return (
    <>
      <p class="crumb">
        <a href={hrefOf(['sessions'])}>← {texts.session.backToList}</a>
      </p>
      {one.error && !one.data && <h1>{texts.session.title}</h1>}
      <Load of={one}>{(session) => <Session session={session} live={live} reload={one.reload} />}</Load>
    </>
  );
}

interface SessionProps {
  readonly session: OneSession;
  readonly live: LiveSession;
  readonly reload: () => void;
}

function Session({ session, live, reload }: SessionProps) {
  const texts = useTexts();
  const api = useApi();
  const mayChange = api.holds('session.session_manage');
  const { context } = session;
  return (
    <>
      <div class="title">
        <h1>{texts.session.title}</h1>
        <div class="actions">
          <LiveMark state={live.state} news={live.news} />
          {mayChange && !live.hasEnded && <EndSession session={session} />}
        </div>
      </div>
      {live.hasEnded && <p class="warning">{texts.session.hasEnded}</p>}
      <Summary session={session} />
      <div class="columns">
        <div>
          {context ? (
            <>
              <ContextValues session={session} context={context} mayChange={mayChange} reload={reload} />
              <AttributesEditor
                key={session.sessionId}
                session={session}
                context={context}
                mayChange={mayChange}
                reload={reload}
              />
            </>
          ) : (
            <Card title={texts.session.values}>
              <Empty title={texts.session.noContext} hint={texts.session.noContextHint} />
            </Card>
          )}
        </div>
        <div>
          <CartCard session={session} />
          <SegmentCard session={session} />
          <HistoryCard sessionId={session.sessionId} version={context?.metadata.version ?? 0} />
        </div>
      </div>
      {api.holds('session_context.context_manage') && <CycleCard sessionId={session.sessionId} />}
    </>
  );
}

function Summary({ session }: { readonly session: OneSession }) {
  const { sessions, session: words } = useTexts();
  const { customerId, email, endsAt, context, legalEntityId } = session;
  return (
    <Card title={words.overview} lead={context && words.version(context.metadata.version)}>
      <Facts
        of={[
          ['Id', <Id of={session.sessionId} />],
          [
            sessions.customer,
            customerId === undefined ? (
              sessions.guest
            ) : (
              <a href={hrefOf(['customers', customerId])}>{email ?? customerId}</a>
            ),
          ],
          ...(legalEntityId === undefined
            ? []
            : [[words.buysFor, <CompanyLink id={legalEntityId} />] as const]),
          [
            sessions.state,
            <>
              <Badge look={session.state === 'alive' ? 'good' : 'warn'}>
                {sessions.states[session.state]}
              </Badge>{' '}
              {sessions.kinds[session.kind]}
            </>,
          ],
          [sessions.client, session.clientId],
          [sessions.created, <Time at={session.createdAt} />],
          [sessions.lastUsed, <Time at={session.lastUsedAt} />],
          ...(endsAt === undefined ? [] : [[sessions.ends, <Time at={endsAt} />] as const]),
        ]}
      />
    </Card>
  );
}

function SegmentCard({ session: { segment } }: { readonly session: OneSession }) {
  const { session: words } = useTexts();
  return (
    <Card title={words.segment} lead={words.segmentLead}>
      {segment === undefined ? (
        <p class="muted">{words.noSegment}</p>
      ) : (
        <>
          <p>
            <Id of={segment} />
          </p>
          <p>
            <a href={hrefOf(['sessions'], { segment })}>{words.sameSegment}</a>
          </p>
        </>
      )}
    </Card>
  );
}
