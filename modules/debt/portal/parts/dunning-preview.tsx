'use client';
import { useAct, useRead } from '@komplat/api-client';
import {
  Button, Card, formatCount, formatDay, formatMoney, Frame, MoneyCell, OutcomeBar, ReasonDialog, toast, useCan, useLocale, useStandstill, useText,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { DunningPreview, DunningRun, StepCode } from '../../contract/index.ts';

const OUTCOME_COLUMNS = ['planned', 'done', 'held', 'waiting', 'repeated'] as const;

function PreviewTable({ preview }: { preview: DunningPreview }): ReactNode {
  const text = useText();
  return (
    <div className="scrollx">
      <table className="tbl">
        <caption>{text('debt.ui.dunning.outcomes')}</caption>
        <thead>
          <tr>
            <th scope="col">{text('debt.ui.dunning.provider')}</th>
            {OUTCOME_COLUMNS.map((name) => (
              <th key={name} scope="col" className="r">
                {text(name === 'planned' ? 'debt.ui.dunning.planned' : `debt.ui.outcome.${name}`)}
              </th>
            ))}
            <th scope="col" className="r">
              {text('debt.ui.dunning.debt')}
            </th>
          </tr>
        </thead>
        <tbody>
          {preview.rows.map((row) => (
            <tr key={row.provider}>
              <th scope="row">{row.providerName}</th>
              {OUTCOME_COLUMNS.map((name) => (
                <td key={name} className="r tnum">
                  {formatCount(row[name])}
                </td>
              ))}
              <td className="r">
                <MoneyCell value={row.debt} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{text('debt.ui.reports.total')}</th>
            {OUTCOME_COLUMNS.map((name) => (
              <td key={name} className="r tnum">
                <b>{formatCount(preview[name])}</b>
              </td>
            ))}
            <td className="r">
              <MoneyCell value={preview.debt} strong />
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function RunDialog({ preview, provider, onClose }: { preview: DunningPreview; provider: string | undefined; onClose: () => void }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const act = useAct<DunningRun>(['debt/']);
  const { step, planned, done, debt } = preview;
  const submit = (reason: string): void =>
    act.mutate(
      {
        path: 'debt/dunning/runs',
        options: { json: { step, ...(provider ? { provider } : {}), expected: { planned, done, debt }, reason } },
      },
      {
        onSuccess: () => {
          toast.done(text('debt.ui.dunning.made'), text(`debt.ui.step.${step}`));
          onClose();
        },
      },
    );
  return (
    <ReasonDialog
      open
      title={text('debt.ui.dunning.ask', { step: text(`debt.ui.step.${step}`) })}
      effect={text('debt.ui.dunning.effect', { count: formatCount(done), sum: formatMoney(debt, locale) })}
      action={text('debt.ui.dunning.run', { count: done })}
      busy={act.isPending}
      error={act.error}
      onSubmit={submit}
      onClose={onClose}
    />
  );
}

/** Whom a step touches today, by creditor, before it is taken. */
export function DunningPreviewCard({ step, provider }: { step: StepCode; provider: string | undefined }): ReactNode {
  const text = useText();
  const can = useCan();
  const still = useStandstill();
  const read = useRead<DunningPreview>('debt/dunning/preview', { step, provider });
  const [asked, setAsked] = useState(false);
  const preview = read.data;
  const why = preview?.done === 0 ? text('debt.ui.dunning.nobody') : still;
  return (
    <Card
      title={text('debt.ui.dunning.would', { step: text(`debt.ui.step.${step}`), day: preview ? formatDay(preview.asOf) : '' })}
      right={
        preview &&
        can('debt.dunning.run') && (
          <Button kind="primary" why={why} onClick={() => setAsked(true)}>
            {text('debt.ui.dunning.run', { count: preview.done })}
          </Button>
        )
      }
    >
      <Frame read={read} rows={5} permission="debt.read">
        {(data) => (
          <>
            <div className="card-b">
              <OutcomeBar value={{ planned: data.planned, done: data.done, failed: 0, skipped: data.held + data.waiting + data.repeated }} />
            </div>
            <PreviewTable preview={data} />
          </>
        )}
      </Frame>
      {asked && preview && <RunDialog preview={preview} provider={provider} onClose={() => setAsked(false)} />}
    </Card>
  );
}
