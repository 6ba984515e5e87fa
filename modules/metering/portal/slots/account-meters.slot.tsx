'use client';
import { useRead } from '@komplat/api-client';
import {
  ActMenu,
  Button,
  Card,
  DataTable,
  Empty,
  formatDay,
  formatDecimal,
  Frame,
  StatusPill,
  useCan,
  useKeys,
  useLocale,
  useText,
  wholeList,
  type Column,
  type PillKind,
  type SlotProps,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { AccountMeters, MeterView } from '../../contract/index.ts';
import { MeterForm, type Asked, type MeterAct } from '../parts/meter-forms.tsx';
import { HistoryCard } from '../parts/reading-history.tsx';

const PILLS: Readonly<Record<MeterView['verification'], PillKind>> = {
  good: 'ok',
  soon: 'warn',
  overdue: 'bad',
  unknown: 'idle',
};
const LIFE: readonly MeterAct[] = ['replace', 'remove', 'seal', 'verify'];

function Verification({ meter }: { meter: MeterView }): ReactNode {
  const text = useText();
  if (meter.removedOn)
    return <StatusPill kind="idle">{text('metering.ui.removed', { day: formatDay(meter.removedOn) })}</StatusPill>;
  return (
    <StatusPill kind={PILLS[meter.verification]}>
      {meter.verificationDue ? formatDay(meter.verificationDue) : text('metering.ui.verification.unknown')}
    </StatusPill>
  );
}

function ReadingCell({ meter }: { meter: MeterView }): ReactNode {
  const text = useText();
  const locale = useLocale();
  if (meter.current) return <b className="num">{formatDecimal(meter.current.value, locale)}</b>;
  if (meter.removedOn) return <span className="mut">–</span>;
  return (
    <StatusPill kind={meter.monthsWithout > 3 ? 'bad' : 'warn'} icon="clock">
      {text('metering.ui.without', { months: meter.monthsWithout })}
    </StatusPill>
  );
}

function useColumns(onAct: (asked: Asked) => void): readonly Column<MeterView>[] {
  const text = useText();
  const locale = useLocale();
  const can = useCan();
  return [
    {
      key: 'meter',
      title: text('metering.ui.meter'),
      fixed: true,
      cell: (row) => (
        <>
          <b>{row.serviceName}</b>
          <small>
            № {row.serial}
            {row.place ? `, ${row.place}` : ''}
          </small>
        </>
      ),
    },
    {
      key: 'before',
      title: text('metering.ui.before'),
      align: 'right',
      cell: (row) => <span className="num">{formatDecimal(row.before?.value ?? row.initial, locale)}</span>,
    },
    { key: 'now', title: text('metering.ui.now'), align: 'right', cell: (row) => <ReadingCell meter={row} /> },
    {
      key: 'average',
      title: text('metering.ui.average'),
      align: 'right',
      cell: (row) =>
        row.average === null ? <span className="mut">–</span> : `${formatDecimal(row.average, locale)} ${row.unit}`,
    },
    { key: 'verification', title: text('metering.ui.due'), cell: (row) => <Verification meter={row} /> },
    { key: 'seal', title: text('metering.ui.seal'), spare: true, cell: (row) => row.seal ?? '–' },
    {
      key: 'acts',
      bare: true,
      align: 'right',
      title: <span className="vh">{text('metering.ui.acts')}</span>,
      cell: (row) => (
        <div className="row">
          {!row.removedOn && !row.current && can('metering.reading.enter') && (
            <Button size="small" onClick={() => onAct({ act: 'read', meter: row })}>
              {text('metering.ui.act.read')}
            </Button>
          )}
          {!row.removedOn && can('metering.change') && (
            <ActMenu
              label={text('metering.ui.acts')}
              acts={LIFE.map((act) => ({
                key: act,
                label: text(`metering.ui.act.${act}`),
                onAct: () => onAct({ act, meter: row }),
              }))}
            />
          )}
        </div>
      ),
    },
  ];
}

function Meters({ account }: { account: AccountMeters }): ReactNode {
  const text = useText();
  const can = useCan();
  const [asked, setAsked] = useState<Asked>();
  const [shown, setShown] = useState<number>();
  const columns = useColumns(setAsked);
  const meter = account.meters.find(({ id }) => id === shown) ?? account.meters[0];
  const unread = account.meters.find((row) => !row.removedOn && !row.current);
  useKeys({ r: () => unread && can('metering.reading.enter') && setAsked({ act: 'read', meter: unread }) });
  return (
    <div className="stack" style={{ gap: 12 }}>
      <Card
        title={text('metering.ui.meters.title')}
        right={
          can('metering.change') &&
          account.services.length > 0 && (
            <Button size="small" icon="gauge" onClick={() => setAsked({ act: 'install' })}>
              {text('metering.ui.act.install')}
            </Button>
          )
        }
      >
        <DataTable
          caption={text('metering.ui.meters.title')}
          columns={columns}
          pages={wholeList({ error: null, refetch: () => undefined }, account.meters)}
          rowKey={(row) => String(row.id)}
          onSelect={(row) => setShown(row.id)}
          selected={meter && String(meter.id)}
          permission="metering.read"
          empty={
            <Empty icon="gauge" title={text('metering.ui.meters.empty')} text={text('metering.ui.meters.empty-text')} />
          }
        />
      </Card>
      {meter && (
        <HistoryCard
          key={meter.id}
          number={account.number}
          meter={meter}
          onCorrect={(reading) => setAsked({ act: 'correct', meter, reading })}
        />
      )}
      {asked && <MeterForm account={account} asked={asked} onClose={() => setAsked(undefined)} />}
    </div>
  );
}

/** Meters of the dwelling and their readings, in the card of the subscriber. */
export function Slot({ subject }: SlotProps): ReactNode {
  const read = useRead<AccountMeters>(`metering/accounts/${subject}/meters`);
  return (
    <Frame read={read} rows={4} permission="metering.read">
      {(account) => <Meters account={account} />}
    </Frame>
  );
}
