'use client';
import { useRead } from '@komplat/api-client';
import {
  Button,
  Card,
  DataTable,
  Empty,
  formatDay,
  Frame,
  StatusPill,
  useCan,
  useMe,
  useText,
  wholeList,
  type Column,
  type SlotProps,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { AbsenceList, AbsenceView } from '../../contract/index.ts';
import { ActForm, type FieldSpec } from '../parts/act-form.tsx';
import { PRESENCE_PILLS } from '../parts/pills.ts';

const CHANNELS = ['paper', 'internet', 'post', 'cnap'] as const;

function AbsenceForm({ number, list, onClose }: { number: string; list: AbsenceList; onClose: () => void }): ReactNode {
  const text = useText();
  const { today } = useMe();
  const field = (name: string, more: Partial<FieldSpec> = {}): FieldSpec => ({
    name,
    label: text(`metering.ui.form.${name}`),
    ...more,
  });
  return (
    <ActForm
      title={text('metering.ui.absence.make')}
      action={text('metering.ui.absence.make')}
      done={text('metering.ui.done.absence')}
      path={`metering/accounts/${number}/absences`}
      effect={<p>{text('metering.ui.absence.rule', { days: list.minDays })}</p>}
      fields={[
        field('from', { kind: 'day' }),
        field('to', { kind: 'day' }),
        field('services', {
          kind: 'choice',
          initial: 'all',
          options: [
            { value: 'all', label: text('metering.ui.absence.all') },
            ...list.services.map(({ code, name }) => ({ value: code, label: name })),
          ],
        }),
        field('appliedOn', { kind: 'day', initial: today }),
        field('channel', {
          kind: 'choice',
          initial: 'paper',
          options: CHANNELS.map((value) => ({ value, label: text(`metering.ui.channel.${value}`) })),
        }),
        field('documentKind', { hint: text('metering.ui.form.documentKind-hint') }),
        field('documentNumber'),
        field('documentDate', { kind: 'day' }),
      ]}
      body={(values) => ({
        services: values['services'] === 'all' ? list.services.map(({ code }) => code) : [values['services']],
        from: values['from'],
        to: values['to'],
        appliedOn: values['appliedOn'],
        channel: values['channel'],
        document: { kind: values['documentKind'], number: values['documentNumber'], date: values['documentDate'] },
        reason: values['reason'],
      })}
      onClose={onClose}
    />
  );
}

function useColumns(): readonly Column<AbsenceView>[] {
  const text = useText();
  return [
    {
      key: 'days',
      title: text('metering.ui.absence.days'),
      fixed: true,
      cell: (row) => (
        <>
          {formatDay(row.from)} – {formatDay(row.to)}
          <small>{text('metering.ui.absence.count', { days: row.days })}</small>
        </>
      ),
    },
    {
      key: 'services',
      title: text('metering.ui.absence.services'),
      wrap: true,
      cell: (row) => row.services.join(', '),
    },
    {
      key: 'persons',
      title: text('metering.act.col-persons'),
      cell: (row) => (row.persons === null ? text('metering.ui.absence.everybody') : row.persons),
    },
    { key: 'document', title: text('metering.ui.form.document'), wrap: true, cell: (row) => row.document },
    {
      key: 'state',
      title: text('metering.ui.state'),
      cell: (row) => (
        <StatusPill kind={PRESENCE_PILLS[row.state]}>{text(`metering.ui.presence.${row.state}`)}</StatusPill>
      ),
    },
  ];
}

function Absences({ number, list }: { number: string; list: AbsenceList }): ReactNode {
  const text = useText();
  const can = useCan();
  const [making, setMaking] = useState(false);
  const columns = useColumns();
  const none = list.services.length === 0 ? text('metering.ui.absence.no-services') : undefined;
  return (
    <>
      <Card
        title={text('metering.ui.absence.title')}
        right={
          can('metering.change') && (
            <Button size="small" why={none} onClick={() => setMaking(true)}>
              {text('metering.ui.absence.make')}
            </Button>
          )
        }
      >
        <DataTable
          caption={text('metering.ui.absence.title')}
          columns={columns}
          pages={wholeList({ error: null, refetch: () => undefined }, list.items)}
          rowKey={(row) => row.id}
          permission="metering.read"
          empty={
            <Empty
              icon="calendar"
              title={text('metering.ui.absence.empty')}
              text={text('metering.ui.absence.empty-text')}
            />
          }
        />
      </Card>
      {making && <AbsenceForm number={number} list={list} onClose={() => setMaking(false)} />}
    </>
  );
}

/** Temporary absences of the dwelling, in the card of the subscriber. */
export function Slot({ subject }: SlotProps): ReactNode {
  const read = useRead<AbsenceList>(`metering/accounts/${subject}/absences`);
  return (
    <Frame read={read} rows={3} permission="metering.read">
      {(list) => <Absences number={subject} list={list} />}
    </Frame>
  );
}
