'use client';
import { useAct, useRead } from '@komplat/api-client';
import {
  Banner,
  Button,
  Card,
  DataTable,
  Empty,
  formatAccount,
  formatDecimal,
  formatPeriod,
  Frame,
  PageHeader,
  ReasonDialog,
  Stats,
  StatusPill,
  toast,
  useCan,
  useLocale,
  useRouter,
  useSave,
  useText,
  wholeList,
  type Column,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { DistributionView } from '../../contract/index.ts';

type Part = DistributionView['parts'][number];

function useColumns(): readonly Column<Part>[] {
  const text = useText();
  const locale = useLocale();
  const number = (key: 'area' | 'needs' | 'total'): Column<Part> => ({
    key,
    title: text(`metering.act.col-${key}`),
    align: 'right',
    cell: (row) => <span className="num">{formatDecimal(row[key], locale)}</span>,
  });
  return [
    {
      key: 'flat',
      title: text('metering.act.col-flat'),
      fixed: true,
      cell: (row) => (
        <>
          <b>{row.flat}</b>
          {row.account && <small className="tnum">{formatAccount(row.account)}</small>}
        </>
      ),
    },
    number('area'),
    { key: 'persons', title: text('metering.act.col-persons'), align: 'right', cell: (row) => row.persons },
    {
      key: 'own',
      title: text('metering.act.col-own'),
      align: 'right',
      cell: (row) => (
        <>
          <span className="num">{formatDecimal(row.own ?? row.metered ?? '0', locale)}</span>
          <small>
            {text(row.own === null ? 'metering.ui.distribution.by-meter' : 'metering.ui.distribution.by-act')}
          </small>
        </>
      ),
    },
    number('needs'),
    number('total'),
  ];
}

function SignButton({ act }: { act: DistributionView }): ReactNode {
  const text = useText();
  const can = useCan();
  const [open, setOpen] = useState(false);
  const ask = useAct<unknown>(['metering/', 'administration/']);
  if (act.state !== 'draft' || act.waiting || !can('metering.change')) return null;
  const done = (): void => {
    toast.done(text('metering.ui.distribution.asked'));
    setOpen(false);
  };
  return (
    <>
      <Button kind="primary" icon="check" onClick={() => setOpen(true)}>
        {text('metering.ui.distribution.sign')}
      </Button>
      {open && (
        <ReasonDialog
          open
          title={text('metering.ui.distribution.sign')}
          effect={text('metering.ui.distribution.sign-effect', { flats: act.flats })}
          action={text('metering.ui.distribution.sign')}
          busy={ask.isPending}
          error={ask.error}
          onSubmit={(reason) =>
            ask.mutate(
              { path: `metering/distributions/${act.id}/sign`, options: { json: { reason } } },
              { onSuccess: done },
            )
          }
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}

function Act({ act }: { act: DistributionView }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const [busy, save] = useSave();
  const columns = useColumns();
  const volume = (value: string): string => `${formatDecimal(value, locale)} ${act.unit}`;
  const stat = (key: 'houseVolume' | 'meteredVolume' | 'nonResidential' | 'houseNeeds') => ({
    key,
    label: text(`metering.ui.distributions.${key}`),
    value: <span className="num">{volume(act[key])}</span>,
  });
  return (
    <>
      <PageHeader
        title={text('metering.act.title', { act: act.actNumber })}
        pills={
          <StatusPill kind={act.state === 'signed' ? 'ok' : 'warn'}>
            {text(`metering.ui.distributions.${act.state}`)}
          </StatusPill>
        }
        text={`${act.serviceName}. ${act.address}. ${formatPeriod(act.month, locale)}`}
        actions={
          <>
            <Button
              icon="print"
              busy={busy}
              onClick={() =>
                void save(`metering/distributions/${act.id}/file`, {}, `act-${act.house}-${act.month}.pdf`)
              }
            >
              {text('metering.ui.distribution.print')}
            </Button>
            <SignButton act={act} />
          </>
        }
      />
      {act.waiting && <Banner kind="appr">{text('metering.ui.distribution.waiting')}</Banner>}
      {act.shortfall !== '0' && (
        <Banner kind="warn">{text('metering.act.shortfall', { volume: volume(act.shortfall) })}</Banner>
      )}
      <Stats items={[stat('houseVolume'), stat('meteredVolume'), stat('nonResidential'), stat('houseNeeds')]} />
      <Card
        title={text('metering.ui.distribution.parts', { flats: act.flats })}
        sub={text(`metering.ui.distribution.by-${act.needsBy}`)}
      >
        <DataTable
          caption={text('metering.ui.distribution.parts', { flats: act.flats })}
          columns={columns}
          pages={wholeList({ error: null, refetch: () => undefined }, act.parts)}
          rowKey={(row) => `${row.flat}/${row.account}`}
          className="dense"
          permission="metering.read"
          empty={<Empty icon="building" title={text('metering.ui.distributions.empty')} />}
        />
      </Card>
    </>
  );
}

/** One act of distribution with the parts of all flats. */
export function Page(): ReactNode {
  const { params } = useRouter();
  const read = useRead<DistributionView>(`metering/distributions/${encodeURIComponent(params['id'] ?? '')}`);
  return (
    <Frame read={read} rows={10} permission="metering.read">
      {(act) => <Act act={act} />}
    </Frame>
  );
}
