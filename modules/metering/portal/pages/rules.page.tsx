'use client';
import { useRead } from '@komplat/api-client';
import {
  Button,
  Card,
  DataTable,
  Empty,
  formatDay,
  formatDecimal,
  PageHeader,
  StatusPill,
  useCan,
  useLocale,
  useMe,
  useText,
  wholeList,
  type Column,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { RuleList, RuleView } from '../../contract/index.ts';
import { ActForm, decimal } from '../parts/act-form.tsx';

function RuleForm({ rule, onClose }: { rule: RuleView; onClose: () => void }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const { today } = useMe();
  const title = text(`metering.rule.${rule.code}`);
  return (
    <ActForm
      title={title}
      action={text('metering.ui.rules.change')}
      done={text('metering.ui.rules.asked')}
      path="metering/rules"
      effect={
        <p>
          {rule.serviceName ?? text('metering.ui.rules.all')}: <b className="num">{formatDecimal(rule.value, locale)}</b>
        </p>
      }
      fields={[
        { name: 'value', label: text('metering.ui.rules.value'), kind: 'number' },
        { name: 'from', label: text('metering.ui.form.from'), kind: 'day', initial: today },
        { name: 'act', label: text('metering.ui.rules.act') },
      ]}
      body={(values) => ({
        code: rule.code,
        service: rule.service,
        value: decimal(values['value']),
        from: values['from'],
        act: values['act'],
        reason: values['reason'],
      })}
      onClose={onClose}
    />
  );
}

function useColumns(onChange: (rule: RuleView) => void): readonly Column<RuleView>[] {
  const text = useText();
  const locale = useLocale();
  const can = useCan();
  return [
    {
      key: 'code',
      title: text('metering.ui.rules.rule'),
      fixed: true,
      cell: (row) => (
        <>
          {text(`metering.rule.${row.code}`)}
          <small>{row.serviceName ?? text('metering.ui.rules.all')}</small>
        </>
      ),
    },
    {
      key: 'value',
      title: text('metering.ui.rules.value'),
      align: 'right',
      cell: (row) => (
        <span className={row.current ? 'num' : 'num mut'}>
          {formatDecimal(row.value, locale)} {text(`metering.unit.${row.unit}`)}
        </span>
      ),
    },
    {
      key: 'days',
      title: text('metering.ui.rules.days'),
      cell: (row) => `${formatDay(row.from)} – ${row.to ? formatDay(row.to) : text('metering.ui.rules.now')}`,
    },
    { key: 'act', title: text('metering.ui.rules.act'), wrap: true, cell: (row) => row.act },
    {
      key: 'mark',
      title: text('metering.ui.rules.mark'),
      cell: (row) => (
        <StatusPill kind={row.mark === 'confirmed' ? 'ok' : row.mark === 'needs a lawyer' ? 'bad' : 'warn'}>
          {text(`metering.mark.${row.mark}`)}
        </StatusPill>
      ),
    },
    {
      key: 'acts',
      bare: true,
      align: 'right',
      title: <span className="vh">{text('metering.ui.acts')}</span>,
      cell: (row) =>
        row.to === null &&
        can('metering.change') && (
          <Button size="small" onClick={() => onChange(row)}>
            {text('metering.ui.rules.change')}
          </Button>
        ),
    },
  ];
}

/** Limits, months and percents of metering with their days and their grounds. */
export function Page(): ReactNode {
  const text = useText();
  const read = useRead<RuleList>('metering/rules');
  const [asked, setAsked] = useState<RuleView>();
  const columns = useColumns(setAsked);
  return (
    <>
      <PageHeader title={text('metering.ui.rules.title')} text={text('metering.ui.rules.text')} />
      <Card>
        <DataTable
          caption={text('metering.ui.rules.title')}
          columns={columns}
          pages={wholeList(read, read.data?.items)}
          rowKey={(row) => String(row.id)}
          permission="metering.read"
          empty={<Empty icon="settings" title={text('metering.ui.rules.title')} />}
        />
      </Card>
      {asked && <RuleForm rule={asked} onClose={() => setAsked(undefined)} />}
    </>
  );
}
