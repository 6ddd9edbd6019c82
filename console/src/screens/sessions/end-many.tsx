import { useState } from 'preact/hooks';
import { useApi } from '../../app/signed-in.ts';
import { useTexts } from '../../i18n/locale.ts';
import { ActDialog } from '../../ui/act-dialog.tsx';
import { useNotice } from '../../ui/notice.tsx';
import { Button, SelectField } from '../../ui/parts.tsx';
import { ReasonField } from '../../ui/reason-field.tsx';
import { DateField } from './filters.tsx';

interface Job {
  readonly state: string;
  readonly done: number;
  readonly total?: number;
}

const PAUSE_MS = 500;

/** Starts the job, and tells how far it is until it is done. */
export function EndMany({ onDone }: { readonly onDone: () => void }) {
  const texts = useTexts();
  const { sessions } = texts;
  const api = useApi();
  const notice = useNotice();
  const [open, setOpen] = useState(false);
  const [createdBefore, setCreatedBefore] = useState('');
  const [kind, setKind] = useState('');
  const [reason, setReason] = useState('');
  const [job, setJob] = useState<Job>();
  const end = async (): Promise<void> => {
    const query = { createdBefore, kind };
    const { job: id } = await api.admin<{ job: string }>('DELETE', '/sessions', { query, reason });
    const finished = await watched(() => api.admin<Job>('GET', `/jobs/${id}`), setJob);
    setOpen(false);
    setJob(undefined);
    notice(sessions.endManyDone(finished.done));
    onDone();
  };
  return (
    <>
      <Button look="quiet" onClick={() => setOpen(true)}>
        {sessions.endMany}
      </Button>
      {open && (
        <ActDialog
          title={sessions.endManyTitle}
          lead={sessions.endManyLead}
          submit={sessions.endManyStart}
          look="danger"
          blocked={createdBefore === ''}
          act={end}
          onClose={() => setOpen(false)}
        >
          <DateField
            label={sessions.createdBefore}
            required
            value={createdBefore}
            onValue={setCreatedBefore}
          />
          <SelectField
            label={sessions.kind}
            value={kind}
            options={[['', texts.all], ...Object.entries(sessions.kinds)]}
            onValue={setKind}
          />
          <ReasonField value={reason} onValue={setReason} />
          {job && (
            <div role="status">
              <progress max={job.total} value={job.done} aria-label={sessions.endMany} />
              <p>{sessions.endManyProgress(job.done, job.total)}</p>
            </div>
          )}
        </ActDialog>
      )}
    </>
  );
}

async function watched(read: () => Promise<Job>, tell: (job: Job) => void): Promise<Job> {
  for (;;) {
    const job = await read();
    tell(job);
    if (job.state === 'done' || job.state === 'failed') return job;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
