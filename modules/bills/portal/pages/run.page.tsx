'use client';
import { useRead } from '@komplat/api-client';
import {
  AppLink,
  Banner,
  Button,
  Card,
  Empty,
  formatAccount,
  formatCount,
  formatPeriod,
  Frame,
  OutcomeBar,
  PageHeader,
  Stats,
  StatusPill,
  useLocale,
  useRouter,
  useSave,
  useText,
} from '@komplat/ui';
import type { ReactNode } from 'react';
import type { RunDetail } from '../../contract/index.ts';
import { RunActs } from '../parts/run-acts.tsx';
import { Reprint } from '../parts/reprint.tsx';
import { outcomeOf, pollOf, runLook } from '../parts/run-words.ts';

type Job = RunDetail['jobList'][number];

/** The PDF of a part, or how far the part is. */
function JobState({ run, job }: { run: RunDetail; job: Job }): ReactNode {
  const text = useText();
  const [busy, save] = useSave();
  if (job.state === 'done' && run.kind === 'print') {
    return (
      <Button icon="file-down" size="small" busy={busy} onClick={() => void save(`bills/runs/${run.id}/jobs/${job.job}.pdf`, {}, `bills-${job.job}.pdf`)}>
        {text('bills.ui.run.download', { job: job.job })}
      </Button>
    );
  }
  const look = ({ done: ['ok', 'done'], failed: ['bad', 'failed'], waiting: ['idle', 'not-started'] } as const)[job.state];
  return (
    <StatusPill kind={look[0]} icon={look[1]}>
      {job.error === null ? text(`bills.ui.job.${job.state}`) : text(`bills.ui.reason.${job.error}`)}
    </StatusPill>
  );
}

/** Parts of the run in the order of the post; a part of a print is one PDF. */
function Jobs({ run }: { run: RunDetail }): ReactNode {
  const text = useText();
  const title = text(`bills.ui.run.jobs-${run.kind}`);
  return (
    <Card title={title}>
      <table className="tbl">
        <caption className="vh">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{text('bills.ui.run.job')}</th>
            <th scope="col">{text('bills.ui.run.batch')}</th>
            <th scope="col">{text('bills.ui.run.from-to')}</th>
            <th scope="col" className="r">{text('bills.ui.run.bills')}</th>
            <th scope="col" className="r">{text('bills.ui.runs.pages')}</th>
            <th scope="col">{text(run.kind === 'print' ? 'bills.ui.run.file' : 'bills.ui.runs.state')}</th>
          </tr>
        </thead>
        <tbody>
          {run.jobList.map((job) => (
            <tr key={job.job}>
              <td className="tnum">{job.job}</td>
              <td>{text('bills.ui.run.postman', { batch: job.batch, postcode: job.postcode })}</td>
              <td>
                {job.first}
                <small>{job.last}</small>
              </td>
              <td className="r tnum">{formatCount(job.bills)}</td>
              <td className="r tnum">{job.pages === null ? <span className="mut">–</span> : formatCount(job.pages)}</td>
              <td>
                <JobState run={run} job={job} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

/** A known reason in words. */
function useReason(): (reason: string) => string {
  const text = useText();
  return (reason) => (text.has(`bills.ui.reason.${reason}`) ? text(`bills.ui.reason.${reason}`) : reason);
}

/** How many accounts each reason stopped. */
function Reasons({ run }: { run: RunDetail }): ReactNode {
  const text = useText();
  const word = useReason();
  return (
    <table className="tbl">
      <caption className="vh">{text('bills.ui.run.reasons')}</caption>
      <thead>
        <tr>
          <th scope="col">{text('bills.ui.run.why')}</th>
          <th scope="col">{text('bills.ui.run.outcome')}</th>
          <th scope="col" className="r">{text('bills.ui.run.count')}</th>
        </tr>
      </thead>
      <tbody>
        {run.reasons.map(({ outcome, reason, count }) => (
          <tr key={`${outcome} ${reason}`}>
            <th scope="row">{word(reason)}</th>
            <td>{text(`bills.ui.outcome.${outcome}`)}</td>
            <td className="r tnum">{formatCount(count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Bills that did not go out, each with its reason. */
function Failures({ run }: { run: RunDetail }): ReactNode {
  const text = useText();
  const word = useReason();
  if (run.failures.length === 0) return <Empty icon="done" title={text('bills.ui.run.no-failures')} text={text('bills.ui.run.no-failures-text')} />;
  return (
    <table className="tbl">
      <caption className="vh">{text('bills.ui.run.failures')}</caption>
      <thead>
        <tr>
          <th scope="col">{text('bills.ui.run.account')}</th>
          <th scope="col">{text('bills.ui.run.address')}</th>
          <th scope="col">{text('bills.ui.run.outcome')}</th>
          <th scope="col">{text('bills.ui.run.why')}</th>
        </tr>
      </thead>
      <tbody>
        {run.failures.map((failure) => (
          <tr key={failure.account}>
            <td>
              <AppLink href={`/registry/accounts/${failure.account}`} className="tnum">
                {formatAccount(failure.account)}
              </AppLink>
            </td>
            <td>{failure.address}</td>
            <td>{text(`bills.ui.outcome.${failure.outcome}`)}</td>
            <td>
              {word(failure.reason)}
              {failure.answer && <small>{text('bills.ui.run.answer', { answer: failure.answer })}</small>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Whole({ run }: { run: RunDetail }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const look = runLook(run.state);
  return (
    <>
      <PageHeader
        title={text(`bills.ui.run.heading-${run.kind}`, { period: formatPeriod(run.month, locale) })}
        text={<AppLink href="/bills">{text('bills.ui.run.back')}</AppLink>}
        actions={<RunActs run={run} />}
      />
      {run.state === 'halted' && <Banner kind="bad">{text('bills.ui.run.halted')}</Banner>}
      <Card padded>
        <StatusPill kind={look.kind} icon={look.icon}>
          {text(`bills.ui.state.${run.state}`)}
        </StatusPill>
        <OutcomeBar value={outcomeOf(run)} />
        <Stats
          items={[
            { key: 'planned', label: text('bills.ui.run.planned'), value: formatCount(run.planned) },
            { key: 'left', label: text('bills.ui.run.left'), value: formatCount(run.counts.notStarted) },
            { key: 'batches', label: text('bills.ui.runs.batches'), value: formatCount(run.batches) },
            ...(run.kind === 'print' ? [{ key: 'pages', label: text('bills.ui.runs.pages'), value: formatCount(run.pages) }] : []),
          ]}
        />
      </Card>
      {run.reasons.length > 1 && (
        <Card title={text('bills.ui.run.reasons')}>
          <Reasons run={run} />
        </Card>
      )}
      <Card title={text('bills.ui.run.failures')}>
        <Failures run={run} />
      </Card>
      {run.kind === 'print' && run.counts.done > 0 && <Reprint run={run.id} />}
      <Jobs run={run} />
    </>
  );
}

/** One mass run: outcomes, failures, the PDFs of its parts. */
export function Page(): ReactNode {
  const { params } = useRouter();
  const id = params['id'] ?? '';
  const first = useRead<RunDetail>(`bills/runs/${id}`);
  const moving = useRead<RunDetail>(`bills/runs/${id}`, {}, { every: pollOf(first.data?.state) });
  return <Frame read={moving}>{(run) => <Whole run={run} />}</Frame>;
}
