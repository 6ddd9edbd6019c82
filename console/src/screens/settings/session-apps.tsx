import { useState } from 'preact/hooks';
import { hrefOf } from '../../app/route.ts';
import { useApi } from '../../app/signed-in.ts';
import { useLoad } from '../../app/use-load.ts';
import type { SessionApp } from '../../api/types.ts';
import { useTexts } from '../../i18n/locale.ts';
import { Badge, Button, Card, Load, RowButton } from '../../ui/parts.tsx';
import { Table } from '../../ui/table.tsx';
import { InstallApp } from './install-app.tsx';
import { namesIn, type Parameters } from './parameters.ts';
import { TryApp } from './try-app.tsx';

export function SessionApps({ tried }: { readonly tried: string | undefined }) {
  const texts = useTexts();
  const { settings } = texts;
  const { app: words } = settings;
  const api = useApi();
  const apps = useLoad('apps', () => api.admin<readonly SessionApp[]>('GET', '/session-apps'));
  const [installing, setInstalling] = useState<SessionApp | 'new'>();
  const title = settings.sections['session-apps'] ?? '';
  const chosen = apps.data?.find(({ name }) => name === tried);
  return (
    <>
      <Card title={title} actions={<Button onClick={() => setInstalling('new')}>{words.newApp}</Button>}>
        <Load of={apps}>
          {(all) => (
            <Table
              label={title}
              rows={all}
              keyOf={({ name }) => name}
              columns={[
                {
                  title: settings.site.name,
                  of: (app) => (
                    <>
                      <strong>{app.name}</strong> {app.builtIn && <Badge>{words.builtIn}</Badge>}{' '}
                      {!app.installed && <Badge look="warn">{words.notInstalled}</Badge>}{' '}
                      {app.runOnCreate && <Badge look="accent">{words.onCreate}</Badge>}
                      {app.url !== undefined && <span class="sub">{app.url}</span>}
                    </>
                  ),
                },
                { title: words.input, of: ({ input }) => <Names of={input} /> },
                { title: words.output, of: ({ output }) => <Names of={output} /> },
                {
                  title: texts.edit,
                  of: (app) => (
                    <div class="actions">
                      {app.installed && (
                        <a class="button quiet" href={hrefOf(['settings', 'session-apps', app.name])}>
                          {words.tryTitle}
                          <span class="unseen">: {app.name}</span>
                        </a>
                      )}
                      {!app.builtIn && (
                        <RowButton act={texts.edit} of={app.name} onClick={() => setInstalling(app)} />
                      )}
                    </div>
                  ),
                },
              ]}
            />
          )}
        </Load>
        {installing && (
          <InstallApp
            app={installing === 'new' ? undefined : installing}
            onClose={() => setInstalling(undefined)}
            onDone={() => {
              setInstalling(undefined);
              apps.reload();
            }}
          />
        )}
      </Card>
      {chosen && <TryApp key={chosen.name} app={chosen} />}
    </>
  );
}

function Names({ of }: { readonly of: Parameters }) {
  const texts = useTexts();
  const names = namesIn(of);
  if (names.length === 0) return <span class="muted">{texts.none}</span>;
  return (
    <ul class="plain">
      {names.map((name) => (
        <li key={name}>
          <code>{name}</code>
        </li>
      ))}
    </ul>
  );
}
