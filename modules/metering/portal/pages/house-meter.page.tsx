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
  formatPeriod,
  PageHeader,
  StatusPill,
  useCan,
  useLocale,
  useMe,
  useRouter,
  useText,
  wholeList,
  type Column,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { HouseMeters } from '../../contract/index.ts';
import { HOUSE_METER_ACTS, HouseMeterForm, type HouseAsked } from '../parts/house-meter-form.tsx';

type Meter = HouseMeters['meters'][number];

function useColumns(onAct: (asked: HouseAsked) => void): readonly Column<Meter>[] {
  const text = useText();
  const locale = useLocale();
  const can = useCan();
  const { today } = useMe();
  const may = (act: HouseAsked['act']): boolean => can(act === 'read' ? 'metering.reading.enter' : 'metering.change');
  return [
    {
      key: 'meter',
      title: text('metering.ui.meter'),
      fixed: true,
      cell: (row) => (
        <>
          <b>{text(`metering.ui.of.${row.service}`)}</b>
          <small>
            № {row.serial}
            {row.multiplier === '1' ? '' : `, × ${formatDecimal(row.multiplier, locale)}`}
          </small>
        </>
      ),
    },
    {
      key: 'reading',
      title: text('metering.ui.now'),
      align: 'right',
      cell: ({ readings: [last] }) =>
        last ? (
          <>
            <b className="num">{formatDecimal(last.value, locale)}</b>
            <small>{formatPeriod(last.month, locale)}</small>
          </>
        ) : (
          <span className="mut">–</span>
        ),
    },
    { key: 'installed', title: text('metering.ui.houses.installed'), cell: (row) => formatDay(row.installedOn) },
    {
      key: 'due',
      title: text('metering.ui.due'),
      cell: ({ removedOn, verificationDue }) =>
        removedOn ? (
          <StatusPill kind="idle">{text('metering.ui.removed', { day: formatDay(removedOn) })}</StatusPill>
        ) : (
          <StatusPill kind={verificationDue === null ? 'idle' : verificationDue < (today ?? '') ? 'bad' : 'ok'}>
            {verificationDue ? formatDay(verificationDue) : text('metering.ui.verification.unknown')}
          </StatusPill>
        ),
    },
    {
      key: 'acts',
      bare: true,
      align: 'right',
      title: <span className="vh">{text('metering.ui.acts')}</span>,
      cell: (meter) =>
        meter.removedOn === null && (
          <ActMenu
            label={text('metering.ui.acts')}
            acts={HOUSE_METER_ACTS.filter(may).map((act) => ({
              key: act,
              label: text(`metering.ui.houses.${act}`),
              onAct: () => onAct({ act, meter }),
            }))}
          />
        ),
    },
  ];
}

/** House meters of one house: installed, read, replaced, verified. */
export function Page(): ReactNode {
  const text = useText();
  const can = useCan();
  const code = useRouter().params['code'] ?? '';
  const read = useRead<HouseMeters>(`metering/houses/${encodeURIComponent(code)}/meters`);
  const [asked, setAsked] = useState<HouseAsked>();
  const columns = useColumns(setAsked);
  return (
    <>
      <PageHeader
        title={read.data?.address ?? text('metering.ui.houses.one')}
        text={text('metering.ui.houses.one-text', { house: code })}
        actions={
          can('metering.change') && (
            <Button kind="primary" icon="gauge" onClick={() => setAsked({ act: 'install' })}>
              {text('metering.ui.houses.install')}
            </Button>
          )
        }
      />
      <Card>
        <DataTable
          caption={text('metering.ui.houses.title')}
          columns={columns}
          pages={wholeList(read, read.data?.meters)}
          rowKey={(row) => String(row.id)}
          permission="metering.read"
          empty={<Empty icon="gauge" title={text('metering.ui.houses.no-meters')} />}
        />
      </Card>
      {asked && <HouseMeterForm house={code} asked={asked} onClose={() => setAsked(undefined)} />}
    </>
  );
}
