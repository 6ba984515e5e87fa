'use client';
import { useRead } from '@komplat/api-client';
import { AppLink, Button, Card, formatDay, formatMoney, Frame, Segments, useCan, useLocale, useMe, useSearchState, useText } from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { DunningStep, DunningSteps } from '../../contract/index.ts';
import { OrderDialog, type OrderField } from './order-form.tsx';
import { MarkPill } from './rule-marks.tsx';
import { ShortTable } from './short-table.tsx';
import { strategyWord } from './words.ts';

type Asked = DunningStep | 'in-force' | 'strategy';
const CODE = /^[a-z-]{1,20}$/;

/** Fields, words and order of a change; a second person agrees before it counts. */
function useChange(asked: Asked, strategy: string): { title: string; fields: OrderField[]; order: (values: Readonly<Record<string, string>>) => object } {
  const text = useText();
  const { today } = useMe();
  const locale = useLocale();
  const word = (name: string): string => text(`debt.ui.dunning.${name}`);
  if (asked === 'in-force') return { title: word('put-in-force'), fields: [], order: () => ({ change: 'in-force', strategy }) };
  if (asked === 'strategy') {
    const check = (code: string): string | undefined => (CODE.test(code) ? undefined : word('wrong-code'));
    const field: OrderField = { name: 'strategy', label: word('code'), kind: 'text', hint: word('wrong-code'), check };
    return { title: word('new-strategy'), fields: [field], order: (values) => ({ change: 'strategy', like: strategy, ...values }) };
  }
  const count = (name: 'minMonths' | 'waitDays' | 'repeatDays', label: string): OrderField => ({ name, label, kind: 'count', initial: String(asked[name]) });
  return {
    title: text('debt.ui.dunning.change-title', { step: text(`debt.ui.step.${asked.code}`), strategy: strategyWord(text, strategy) }),
    fields: [
      { name: 'minDebt', label: word('least-debt'), kind: 'money', initial: formatMoney(asked.minDebt, locale) },
      count('minMonths', word('least-months')),
      count('waitDays', word('wait')),
      count('repeatDays', word('repeat')),
      { name: 'from', label: word('from'), kind: 'day', initial: formatDay(today) },
    ],
    order: ({ minDebt, from, minMonths, waitDays, repeatDays }) => ({
      change: 'step', strategy, step: asked.code, minDebt, from, minMonths: Number(minMonths), waitDays: Number(waitDays), repeatDays: Number(repeatDays),
    }),
  };
}

function ChangeDialog({ asked, strategy, onClose }: { asked: Asked; strategy: string; onClose: () => void }): ReactNode {
  const text = useText();
  const { title, fields, order } = useChange(asked, strategy);
  return (
    <OrderDialog
      title={title}
      text={text('debt.ui.form.four-eyes')}
      action={text('debt.ui.form.ask')}
      done={text('debt.ui.form.asked')}
      path="debt/dunning/changes"
      fields={fields}
      order={(values, reason) => ({ ...order(values), reason })}
      onClose={onClose}
    />
  );
}

function StepButtons({ step, onChange }: { step: DunningStep; onChange: () => void }): ReactNode {
  const text = useText();
  const can = useCan();
  const [, set] = useSearchState();
  return (
    <span className="row">
      {step.inForce && (
        <Button size="small" onClick={() => set({ step: step.code })}>
          {text('debt.ui.dunning.preview')}
        </Button>
      )}
      {can('debt.law-tables.edit') && (
        <Button size="small" kind="quiet" onClick={onChange}>
          {text('debt.ui.dunning.change')}
        </Button>
      )}
    </span>
  );
}

function Steps({ items }: { items: readonly DunningStep[] }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const can = useCan();
  const strategies = [...new Set(items.map(({ strategy }) => strategy))];
  const inForce = items.find((step) => step.inForce)?.strategy ?? '';
  const [shown, setShown] = useState(inForce);
  const [asked, setAsked] = useState<Asked>();
  return (
    <>
      <div className="tools">
        <Segments
          label={text('debt.ui.dunning.strategy')}
          value={shown}
          options={strategies.map((value) => ({
            value,
            label: value === inForce ? text('debt.ui.dunning.in-force', { strategy: strategyWord(text, value) }) : strategyWord(text, value),
          }))}
          onChange={setShown}
        />
        {can('debt.law-tables.edit') && (
          <>
            {shown !== inForce && (
              <Button size="small" onClick={() => setAsked('in-force')}>
                {text('debt.ui.dunning.put-in-force')}
              </Button>
            )}
            <Button size="small" icon="copy" onClick={() => setAsked('strategy')}>
              {text('debt.ui.dunning.new-strategy')}
            </Button>
            <AppLink href="/approvals">{text('debt.ui.dunning.approvals')}</AppLink>
          </>
        )}
      </div>
      <ShortTable
        caption={text('debt.ui.dunning.steps')}
        rows={items
          .filter(({ strategy }) => strategy === shown)
          .map((step) => ({
            key: step.code,
            cells: [
              { key: 'step', title: text('debt.ui.dunning.step'), value: text(`debt.ui.step.${step.code}`) },
              {
                key: 'threshold',
                title: text('debt.ui.dunning.threshold'),
                value: text('debt.ui.dunning.rule', { sum: formatMoney(step.minDebt, locale), months: step.minMonths }),
              },
              { key: 'wait', title: text('debt.ui.dunning.wait'), right: true, value: step.waitDays },
              { key: 'repeat', title: text('debt.ui.dunning.repeat'), right: true, value: step.repeatDays },
              { key: 'from', title: text('debt.ui.dunning.from'), value: formatDay(step.from) },
              {
                key: 'decision',
                title: text('debt.ui.dunning.decision'),
                value: (
                  <>
                    {step.decision} <MarkPill mark={step.mark} />
                  </>
                ),
              },
              { key: 'act', title: text('debt.ui.dunning.acts'), right: true, value: <StepButtons step={step} onChange={() => setAsked(step)} /> },
            ],
          }))}
      />
      {asked && <ChangeDialog asked={asked} strategy={shown} onClose={() => setAsked(undefined)} />}
    </>
  );
}

/** Steps of the strategies: the one in force is looked at over the city and run; all are changed by two persons. */
export function StepsCard(): ReactNode {
  const text = useText();
  const read = useRead<DunningSteps>('debt/dunning/steps', {}, { fresh: 60_000 });
  return (
    <Card title={text('debt.ui.dunning.steps')}>
      <Frame read={read} rows={4} permission="debt.read">
        {({ items }) => <Steps items={items} />}
      </Frame>
    </Card>
  );
}
