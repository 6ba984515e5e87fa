'use client';
import { useList, useRead } from '@komplat/api-client';
import {
  AppLink,
  Card,
  DataTable,
  Empty,
  FilterChip,
  formatAccount,
  formatPeriod,
  PageHeader,
  shortCompany,
  Person,
  StatusPill,
  useCan,
  useLocale,
  useMessage,
  useRouter,
  useText,
  type Column,
} from '@komplat/ui';
import type { ReactNode } from 'react';
import type { z } from 'zod';
import type { CloseExceptionView } from '../../contract/close.ts';
import type { Close } from '../parts/close-words.ts';

type Exception = z.infer<typeof CloseExceptionView>;

function useColumns(): readonly Column<Exception>[] {
  const text = useText();
  const message = useMessage();
  return [
    {
      key: 'account',
      title: text('billing.ui.exceptions.account'),
      fixed: true,
      width: 260,
      cell: (row) => (
        <>
          <AppLink href={`/registry/accounts/${row.account}`} className="tnum font-[550]">
            {formatAccount(row.account)}
          </AppLink>
          {row.address && <small>{row.address}</small>}
        </>
      ),
    },
    { key: 'service', title: text('billing.ui.card.service'), cell: (row) => row.serviceName },
    {
      key: 'outcome',
      title: text('billing.ui.close.state'),
      filter: 'outcome',
      cell: (row) => (
        <StatusPill
          kind={row.outcome === 'failed' ? 'bad' : 'idle'}
          icon={row.outcome === 'failed' ? 'failed' : 'skipped'}
        >
          {text(`billing.ui.exceptions.${row.outcome}`)}
        </StatusPill>
      ),
    },
    { key: 'reason', title: text('ui.reason.label'), cell: (row) => message(row.reason), wrap: true },
    { key: 'attempts', title: text('billing.ui.exceptions.attempts'), align: 'right', cell: (row) => row.attempts },
    {
      key: 'resolved',
      title: text('billing.ui.exceptions.resolved'),
      cell: (row) =>
        row.resolved ? (
          <StatusPill kind="ok">
            {row.signedBy ? <Person login={row.signedBy} /> : text('billing.ui.exceptions.yes')}
          </StatusPill>
        ) : (
          <span className="mut">–</span>
        ),
    },
  ];
}

/** Rows of a lane that were not charged, each with its reason. */
export function Page(): ReactNode {
  const text = useText();
  const locale = useLocale();
  const { params, search } = useRouter();
  const period = params['period'] ?? '';
  const provider = params['provider'] ?? '';
  const pages = useList<Exception>(`billing/close/${period}/lanes/${provider}/exceptions`, {
    outcome: search.get('outcome'),
  });
  const close = useRead<Close>(`billing/close/${period}`);
  const lane = close.data?.lanes.find((item) => item.provider.code === provider);
  const begun = (lane?.planned ?? 0) > 0;
  const columns = useColumns();
  const can = useCan();
  return (
    <>
      <PageHeader
        title={text('billing.ui.exceptions.heading', {
          provider: lane ? shortCompany(lane.provider.name) : provider,
          period: formatPeriod(period, locale),
        })}
        text={
          <span className="row">
            <AppLink href={`/billing/close/${period}?lane=${provider}`}>{text('billing.ui.exceptions.back')}</AppLink>
            {can('metering.read') && (
              <AppLink href={`/metering/missing?provider=${provider}&period=${period}`}>{text('billing.ui.exceptions.missing')}</AppLink>
            )}
          </span>
        }
      />
      <Card>
        <DataTable
          caption={text('billing.ui.exceptions.title')}
          columns={columns}
          pages={pages}
          rowKey={(row) => `${row.account}${row.service}`}
          rowHref={(row) => `/registry/accounts/${row.account}`}
          filters={
            <FilterChip
              name="outcome"
              label={text('billing.ui.close.state')}
              all={text('billing.ui.exceptions.all')}
              options={[
                { value: 'failed', label: text('billing.ui.exceptions.failed') },
                { value: 'skipped', label: text('billing.ui.exceptions.skipped') },
              ]}
            />
          }
          permission="billing.close.read"
          empty={
            <Empty
              icon={begun ? 'done' : 'not-started'}
              title={text(begun ? 'billing.ui.exceptions.empty' : 'billing.ui.exceptions.not-begun')}
              text={text(begun ? 'billing.ui.exceptions.empty-text' : 'billing.ui.exceptions.not-begun-text')}
            />
          }
        />
      </Card>
    </>
  );
}
