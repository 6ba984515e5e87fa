'use client';
import { useRead } from '@komplat/api-client';
import {
  AppLink,
  Banner,
  Card,
  formatCount,
  formatDay,
  formatInstant,
  Frame,
  Icon,
  MoneyCell,
  PageHeader,
  StatusPill,
  Steps,
  useLocale,
  useMessage,
  usePersonName,
  useRouter,
  useText,
} from '@komplat/ui';
import { useEffect, useState, type ReactNode } from 'react';
import type { ImportView } from '../../contract/index.ts';
import { CancelButton, PlanCard, WayBack } from '../parts/import-acts.tsx';
import { ImportRows } from '../parts/import-rows.tsx';
import { importLook, isMoving, stepsOf, wordOf } from '../parts/import-words.ts';

const MOVING_MS = 1_500;
const STILL_MS = 15_000;

function Figures(props: { label: string; rows: number | null; sum: string | null; note: ReactNode }): ReactNode {
  const text = useText();
  return (
    <div>
      <div className="k">{props.label}</div>
      <div className="v">
        <MoneyCell value={props.sum ?? { missing: 'none' }} />
      </div>
      <div className="sm mut">{props.rows === null ? '' : text('payments.ui.rows', { count: props.rows })}</div>
      {props.note}
    </div>
  );
}

/** Total of the file, total read by rows, difference: nothing posts before they agree. */
function ControlTotals({ view }: { view: ImportView }): ReactNode {
  const text = useText();
  const difference = view.difference;
  const agrees = difference !== null && (difference.rows ?? 0) === 0 && /^-?0(\.0+)?$/.test(difference.sum ?? '0');
  return (
    <Card title={text('payments.ui.totals.title')}>
      <div className="ct">
        <Figures label={text('payments.ui.totals.stated')} rows={view.stated.rows} sum={view.stated.sum} note={null} />
        <Figures
          label={text('payments.ui.totals.read')}
          rows={view.read.rows}
          sum={view.read.sum}
          note={
            agrees && (
              <div className="sm ok">
                <Icon name="done" size={13} /> {text('payments.ui.totals.agrees')}
              </div>
            )
          }
        />
        <Figures
          label={text('payments.ui.totals.difference')}
          rows={difference?.rows ?? null}
          sum={difference?.sum ?? null}
          note={
            !agrees && (
              <div className={difference ? 'sm bad' : 'sm mut'}>
                {text(difference ? 'payments.ui.totals.differs' : 'payments.ui.import.no-stated')}
              </div>
            )
          }
        />
      </div>
    </Card>
  );
}

function Shares(props: {
  title: string;
  rows: readonly { key: string; name: string; count: number; sum: string }[];
}): ReactNode {
  const text = useText();
  return (
    <Card title={props.title}>
      <table className="tbl dense">
        <caption>{props.title}</caption>
        <thead>
          <tr>
            <th scope="col">{text('payments.ui.share.name')}</th>
            <th scope="col" className="r">
              {text('payments.ui.imports.rows')}
            </th>
            <th scope="col" className="r">
              {text('payments.ui.imports.sum')}
            </th>
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={row.key}>
              <th scope="row" className="whitespace-normal">
                {row.name}
              </th>
              <td className="r tnum">{formatCount(row.count)}</td>
              <td className="r">
                <MoneyCell value={row.sum} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function Notices({ view }: { view: ImportView }): ReactNode {
  const text = useText();
  const message = useMessage();
  return (
    <>
      {view.refusal && (
        <div className="mb-3.5">
          <Banner kind="bad">
            <b>{text('payments.ui.import.refused')}</b> {message(view.refusal)}
          </Banner>
        </div>
      )}
      {view.repeats && (
        <div className="mb-3.5">
          <Banner kind="warn" icon="copy">
            {text('payments.ui.import.repeats')}{' '}
            <AppLink href={`/payments/imports/${view.repeats}`}>{text('payments.ui.import.repeats-link')}</AppLink>
          </Banner>
        </div>
      )}
    </>
  );
}

function Sheet({ view }: { view: ImportView }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const nameOf = usePersonName();
  const look = importLook(view.state);
  return (
    <>
      <PageHeader
        title={text('payments.ui.import.heading', { file: view.fileName })}
        pills={
          <StatusPill kind={look.kind} icon={look.icon}>
            {text(`payments.ui.state.${view.state}`)}
          </StatusPill>
        }
        text={[
          view.sender && text('payments.ui.import.sender', { sender: view.sender }),
          wordOf(text, 'payments.preset', view.preset),
          view.encoding,
          text('payments.ui.import.uploaded', { by: nameOf(view.uploadedBy), at: formatInstant(view.uploadedAt) }),
        ]
          .filter(Boolean)
          .join(', ')}
        actions={<CancelButton view={view} />}
      />
      <Card className="mb-3.5">
        <div className="px-3.5 pt-3 pb-2.5">
          <Steps label={text('payments.ui.import.steps')} steps={stepsOf(view, text, locale)} />
        </div>
      </Card>
      <Notices view={view} />
      <div className="grid side" style={{ gridTemplateColumns: 'minmax(0,1fr) 330px', gap: 14 }}>
        <div className="stack" style={{ gap: 14 }}>
          <ControlTotals view={view} />
          <ImportRows key={`${view.state}/${view.read.rows ?? 0}`} view={view} />
        </div>
        <div className="stack" style={{ gap: 14 }}>
          <PlanCard view={view} />
          {view.byService.length > 0 && (
            <Shares
              title={text('payments.ui.share.by-service')}
              rows={view.byService.map((row) => ({
                key: row.service ?? '-',
                name: row.name ?? row.service ?? text('payments.ui.share.no-service'),
                count: row.count,
                sum: row.sum,
              }))}
            />
          )}
          {view.byDay.length > 0 && (
            <Shares
              title={text('payments.ui.share.by-day')}
              rows={view.byDay
                .slice(-8)
                .map((row) => ({ key: row.day, name: formatDay(row.day), count: row.count, sum: row.sum }))}
            />
          )}
          <WayBack view={view} />
        </div>
      </div>
    </>
  );
}

/** One register: stages, control totals, rows, what will be posted. */
export function Page(): ReactNode {
  const { params } = useRouter();
  const path = `payments/imports/${encodeURIComponent(params['id'] ?? '')}`;
  const [every, setEvery] = useState(MOVING_MS);
  const known = useRead<ImportView>(path, {}, { every });
  const state = known.data?.state;
  useEffect(() => setEvery(state === undefined || isMoving(state) ? MOVING_MS : STILL_MS), [state]);
  return (
    <Frame read={known} rows={14} permission="payments.import.read">
      {(view) => <Sheet view={view} />}
    </Frame>
  );
}
