'use client';
import { type Act, useAct, useRead, useRefresh } from '@komplat/api-client';
import {
  Banner, Button, Card, formatCount, formatPeriod, MoneyCell, PageHeader, ReasonDialog, StatusPill, useErrorText, useLocale, useRouter, useText,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { HistoryView } from '../../contract/index.ts';
import { MappingCard } from '../parts/history-mapping.tsx';
import { historyLook } from '../parts/history-words.ts';

function Months({ file }: { file: HistoryView }): ReactNode {
  const text = useText();
  const locale = useLocale();
  return (
    <Card title={text('billing.ui.history.months')} sub={file.control ?? text('billing.ui.history.no-control')}>
      <table className="tbl dense">
        <thead>
          <tr>
            <th scope="col">{text('billing.ui.history.field-month')}</th>
            <th scope="col">{text('billing.ui.history.field-provider')}</th>
            {['rows', 'field-opening', 'field-charged', 'field-paid', 'field-closing'].map((key) => (
              <th key={key} scope="col" className="r">
                {text(`billing.ui.history.${key}`)}
              </th>
            ))}
            <th scope="col">{text('billing.ui.history.digest')}</th>
          </tr>
        </thead>
        <tbody>
          {file.months.map((month) => (
            <tr key={`${month.month} ${month.provider}`}>
              <td>{formatPeriod(month.month, locale)}</td>
              <td>{month.provider}</td>
              <td className="r tnum">{formatCount(month.rows)}</td>
              {([['opening', month.opening], ['charged', month.charged], ['paid', month.paid], ['closing', month.closing]] as const).map(([key, value]) => (
                <td key={key} className="r">
                  <MoneyCell value={value} />
                </td>
              ))}
              <td className="mono">{month.digest?.slice(0, 12) ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

/** Rows and sums of facts by month, beside what the sender states. */
function Facts({ file }: { file: HistoryView }): ReactNode {
  const text = useText();
  const locale = useLocale();
  return (
    <Card title={text('billing.ui.history.facts')} sub={file.digest ?? file.control ?? text('billing.ui.history.no-control')}>
      <table className="tbl dense">
        <caption className="sr-only">{text('billing.ui.history.facts')}</caption>
        <thead>
          <tr>
            <th scope="col">{text('billing.ui.history.field-month')}</th>
            {['rows', 'sum', 'stated'].map((key) => (
              <th key={key} scope="col" className="r">
                {text(`billing.ui.history.${key}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {file.facts.map((month) => (
            <tr key={month.month}>
              <td>{formatPeriod(month.month, locale)}</td>
              <td className="r tnum">{formatCount(month.rows)}</td>
              <td className="r tnum">{month.sum}</td>
              <td className="r tnum">{month.statedRows === null ? '–' : `${formatCount(month.statedRows)} · ${month.statedSum ?? '–'}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function Problems({ file }: { file: HistoryView }): ReactNode {
  const text = useText();
  if (file.problems.length === 0) return null;
  return (
    <Card title={text('billing.ui.history.problems')} sub={formatCount(file.wrong ?? file.problems.length)}>
      <table className="tbl dense">
        <tbody>
          {file.problems.map((problem) => (
            <tr key={`${problem.params['line'] ?? ''} ${problem.code}`}>
              <td>
                {text(`error.${problem.code}`, problem.params)}
                {problem.raw !== null && <small className="mono">{problem.raw}</small>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

/** The acts of a file in its state: check, state totals, load, give up. */
function Acts({ file }: { file: HistoryView }): ReactNode {
  const text = useText();
  const sentence = useErrorText();
  const refresh = useRefresh();
  const order = useAct<HistoryView>(['billing/history']);
  const send = (name: string, options: Act['options']): void =>
    order.mutate({ path: `billing/history/${file.id}/${name}`, options }, { onError: () => refresh(['billing/history']) });
  const act = (name: string, json: object = {}): void => send(name, { json });
  const control = (given: File): void => send('control', { query: { name: given.name }, bytes: given });
  const busy = (name: string): boolean => order.isPending && order.variables.path.endsWith(name);
  const [asking, setAsking] = useState<'load' | 'cancel'>();
  const isWaiting = file.state === 'new' || file.state === 'wrong' || file.state === 'checked';
  const load = (): void => (file.state === 'loading' || file.control !== null ? act('load') : setAsking('load'));
  return (
    <Card padded>
      <div className="row wrap" style={{ gap: 10 }}>
        {isWaiting && (
          <>
            <label className="btn">
              {text('billing.ui.history.control')}
              <input type="file" accept=".csv" className="sr-only" onChange={(event) => event.target.files?.[0] && control(event.target.files[0])} />
            </label>
            <Button icon="calculator" busy={busy('check')} onClick={() => act('check')}>{text('billing.ui.history.check')}</Button>
            <Button onClick={() => setAsking('cancel')}>{text('billing.ui.history.cancel')}</Button>
          </>
        )}
        {(file.state === 'checked' || file.state === 'loading') && (
          <Button kind="primary" icon="done" busy={busy('load')} onClick={load}>
            {text(file.state === 'loading' ? 'billing.ui.history.go-on' : 'billing.ui.history.load')}
          </Button>
        )}
        {file.state === 'loading' && <span>{text('billing.ui.history.batches', file.batches)}</span>}
      </div>
      {order.error && <Banner kind="bad">{sentence(order.error)}</Banner>}
      {asking && (
        <ReasonDialog
          open
          required
          title={text(asking === 'load' ? 'billing.ui.history.without-control' : 'billing.ui.history.cancel')}
          action={text(asking === 'load' ? 'billing.ui.history.load' : 'billing.ui.history.cancel')}
          onClose={() => setAsking(undefined)}
          onSubmit={(reason) => {
            setAsking(undefined);
            act(asking, asking === 'load' ? { withoutControl: reason } : { reason });
          }}
        />
      )}
    </Card>
  );
}

/** One file of the old system: mapping, first rows, what is wrong, totals by month and provider. */
export function Page(): ReactNode {
  const text = useText();
  const { params } = useRouter();
  const { data: file } = useRead<HistoryView>(`billing/history/${encodeURIComponent(params['id'] ?? '')}`);
  if (!file) return <PageHeader title={text('billing.ui.history.title')} />;
  const fixed = file.state === 'loading' || file.state === 'loaded' || file.state === 'cancelled';
  return (
    <>
      <PageHeader
        title={file.fileName}
        pills={<StatusPill {...historyLook(file.state)}>{text(`billing.ui.history.state-${file.state}`)}</StatusPill>}
      />
      <div className="stack">
        {!(file.state === 'loaded' || file.state === 'cancelled') && <Acts file={file} />}
        <Problems file={file} />
        {file.months.length > 0 && <Months file={file} />}
        {file.facts.length > 0 && <Facts file={file} />}
        <MappingCard key={file.id} file={file} fixed={fixed} />
      </div>
    </>
  );
}
