'use client';
import { useRead } from '@komplat/api-client';
import {
  AppLink,
  Bar,
  Card,
  Count,
  Empty,
  formatDay,
  formatPeriod,
  formatRecent,
  Frame,
  Icon,
  PageHeader,
  Stats,
  StatusPill,
  useKeys,
  useLocale,
  useMe,
  useMessage,
  useRouter,
  useText,
  buttonClass,
  type IconName,
  type Locale,
  type PillKind,
  type Text,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import { subjectOf, wordOf } from '../parts/process-words.ts';
import type { Home } from '../parts/types.ts';

type Queue = Home['queues'][number];
type QueueItem = Queue['items'][number];
type LaneCount = Home['lanes'][number];

const DAY_MS = 86_400_000;
const WAITS_LONG = 3;

const SOON = 3;

/** The last day of a thing: red when it has passed, amber when it is near. */
function Until({ due, today }: { due: string; today: string }): ReactNode {
  const text = useText();
  const left = Math.round((Date.parse(due) - Date.parse(today)) / DAY_MS);
  const words = text('administration.ui.home.until', { day: formatDay(due) });
  if (left > SOON) return <span className="t2 nw">{words}</span>;
  return (
    <StatusPill kind={left < 0 ? 'bad' : 'warn'} icon="clock">
      {words}
    </StatusPill>
  );
}

/** How long a thing has waited: after three days it is late. */
function Since({ at, today, urgent }: { at: string | null; today: string; urgent: boolean }): ReactNode {
  const text = useText();
  if (!at) return <span className="mut">{text('administration.ui.home.no-due')}</span>;
  const days = Math.floor((Date.parse(`${today}T23:59:59Z`) - Date.parse(at)) / DAY_MS);
  if (days >= WAITS_LONG) {
    return (
      <StatusPill kind="bad" icon="clock">
        {text('administration.ui.home.waits', { days })}
      </StatusPill>
    );
  }
  if (urgent) {
    return (
      <StatusPill kind="warn" icon="clock">
        {formatRecent(at, today)}
      </StatusPill>
    );
  }
  return <span className="t2">{formatRecent(at, today)}</span>;
}

const KEYS = [
  ['Ctrl K', 'search'],
  ['G', 'next'],
  ['J K', 'rows'],
  ['T', 'trace'],
  ['[ ]', 'period'],
] as const;

type Row = QueueItem & { readonly key: string; readonly queue: Queue };

const whenOf = ({ due, at }: QueueItem): string => due ?? at ?? '9999';
/** All queues as one: urgent queues first, in them what waits longest. */
const rowsOf = (queues: readonly Queue[]): readonly Row[] =>
  queues
    .flatMap((queue) => queue.items.map((item, at) => ({ ...item, key: `${queue.key}/${at}`, queue })))
    .sort(
      (left, right) =>
        Number(right.queue.urgent) - Number(left.queue.urgent) || whenOf(left).localeCompare(whenOf(right)),
    );

/** Details of the queues are codes of their modules: said in words where there are any. */
const detailOf = (text: Text, locale: Locale, detail: string): string =>
  wordOf(text, 'payments.ui.state', subjectOf(detail, locale));

function QueueTable({ rows, total }: { rows: readonly Row[]; total: number }): ReactNode {
  const text = useText();
  const message = useMessage();
  const locale = useLocale();
  const router = useRouter();
  const { today } = useMe();
  const [at, setAt] = useState(0);
  const move = (step: number): void => setAt((now) => Math.min(rows.length - 1, Math.max(0, now + step)));
  useKeys({
    J: () => move(1),
    K: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => rows[at] && router.push(rows[at].href),
  });
  return (
    <>
      <div className="scrollx">
        <table className="tbl top">
          <caption>{text('administration.ui.home.queue')}</caption>
          <thead>
            <tr>
              <th scope="col">{text('administration.ui.home.due')}</th>
              <th scope="col">{text('administration.ui.home.what')}</th>
              <th scope="col">{text('administration.ui.home.queue-name')}</th>
              <th scope="col">
                <span className="vh">{text('administration.ui.home.open')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr
                key={row.key}
                className="link"
                data-current={index === at || undefined}
                onClick={() => router.push(row.href)}
              >
                <td>
                  {row.due ? <Until due={row.due} today={today} /> : <Since at={row.at} today={today} urgent={row.queue.urgent} />}
                </td>
                <td>
                  <b className="font-[550]">{message(row.title)}</b>
                  {row.detail && <small>{detailOf(text, locale, row.detail)}</small>}
                </td>
                <td className="nw t2">{message(row.queue.title)}</td>
                <td className="r">
                  <AppLink className={buttonClass(index === at ? 'normal' : 'quiet', 'small')} href={row.href}>
                    <span>{text('administration.ui.home.open')}</span>
                    <span className="vh">: {message(row.title)}</span>
                    {index === at && <kbd>Enter</kbd>}
                  </AppLink>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <footer className="card-f">
        <span>{text('administration.ui.home.shown', { shown: rows.length, total })}</span>
        <span className="ml-auto">
          <kbd>J</kbd> <kbd>K</kbd> {text('ui.table.row')} &nbsp; <kbd>Enter</kbd> {text('ui.table.open')}
        </span>
      </footer>
    </>
  );
}

const LANE_LOOK: Readonly<Record<string, { kind: PillKind; icon: IconName }>> = {
  open: { kind: 'idle', icon: 'not-started' },
  closing: { kind: 'info', icon: 'running' },
  verified: { kind: 'appr', icon: 'users' },
  released: { kind: 'ok', icon: 'done' },
  locked: { kind: 'ok', icon: 'lock' },
};

/** How many providers stand in which state of the close. */
function Lanes({ lanes }: { lanes: readonly LaneCount[] }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const period = lanes[0]?.period ?? '';
  const all = lanes.reduce((sum, lane) => sum + lane.count, 0);
  return (
    <Card
      padded
      title={text('administration.ui.home.close', { period: formatPeriod(period, locale) })}
      right={
        <AppLink className="sm" href={`/billing/close/${period}`}>
          {text('administration.ui.home.more')}
        </AppLink>
      }
    >
      <ul className="minil">
        {lanes.map((lane) => {
          const look = LANE_LOOK[lane.state] ?? { kind: 'idle' as const, icon: 'clock' as const };
          return (
            <li key={lane.state}>
              <span>{text('administration.ui.home.providers', { count: lane.count })}</span>
              <Bar parts={[{ kind: look.kind, share: all ? Math.round((lane.count * 100) / all) : 0 }]} />
              <StatusPill kind={look.kind} icon={look.icon}>
                {text(`administration.ui.lane.${lane.state}`)}
              </StatusPill>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

function Board({ home }: { home: Home }): ReactNode {
  const text = useText();
  const message = useMessage();
  const { period } = useMe();
  const lanes = home.lanes.filter((lane) => lane.period === period);
  const rows = rowsOf(home.queues);
  const total = home.queues.reduce((sum, queue) => sum + queue.count, 0);
  return (
    <>
      <Stats
        items={[
          {
            key: 'all',
            label: text('administration.ui.home.all'),
            value: <Count value={total} />,
            note: text('administration.ui.home.queues', { count: home.queues.length }),
          },
          ...home.queues.slice(0, 5).map((queue) => ({
            key: queue.key,
            label: message(queue.title),
            value: (
              <AppLink href={queue.href} className="src">
                <Count value={queue.count} />
              </AppLink>
            ),
            note: text(queue.count === 0 ? 'administration.ui.home.none' : 'administration.ui.home.to-list'),
          })),
        ]}
      />
      <div className="grid side" style={{ gridTemplateColumns: 'minmax(0,1fr) 336px' }}>
        <Card title={text('administration.ui.home.queue')} sub={text('administration.ui.home.order')}>
          {rows.length > 0 ? (
            <QueueTable rows={rows} total={total} />
          ) : (
            <Empty
              icon="done"
              title={text('administration.ui.home.empty')}
              text={text('administration.ui.home.empty-text')}
            />
          )}
        </Card>
        <div className="stack">
          {lanes.length > 0 && <Lanes lanes={lanes} />}
          <Card padded title={text('administration.ui.home.keys')}>
            <ul className="keys">
              {KEYS.map(([key, name]) => (
                <li key={key}>
                  <span>
                    <kbd>{key}</kbd>
                  </span>
                  {text(`administration.ui.home.key-${name}`)}
                </li>
              ))}
            </ul>
          </Card>
        </div>
      </div>
    </>
  );
}

/** Home of the role: what waits for me, the most urgent first. */
export function Page(): ReactNode {
  const text = useText();
  const locale = useLocale();
  const { today } = useMe();
  const router = useRouter();
  const read = useRead<Home>('administration/home');
  const first = read.data && rowsOf(read.data.queues)[0];
  const weekday = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'uk-UA', {
    weekday: 'long',
    timeZone: 'UTC',
  }).format(new Date(`${today}T00:00:00Z`));
  useKeys({ G: () => first && router.push(first.href) });
  return (
    <>
      <PageHeader
        title={text('administration.ui.home.title')}
        text={text('administration.ui.home.day', {
          weekday: weekday.charAt(0).toUpperCase() + weekday.slice(1),
          day: formatDay(today),
        })}
        actions={
          first && (
            <AppLink className={buttonClass('primary')} href={first.href}>
              <Icon name="arrow-right" size={15} />
              <span>{text('administration.ui.home.next')}</span>
              <kbd>G</kbd>
            </AppLink>
          )
        }
      />
      <Frame read={read} rows={10} permission="administration.home.read">
        {(home) => <Board home={home} />}
      </Frame>
    </>
  );
}
