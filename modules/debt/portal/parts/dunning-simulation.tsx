'use client';
import { useRead } from '@komplat/api-client';
import { Button, Card, formatCount, formatPeriod, Frame, MoneyCell, Segments, useLocale, useText } from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { DunningSimulation, DunningSteps } from '../../contract/index.ts';
import { strategyWord } from './words.ts';

function SimulationTable({ data }: { data: DunningSimulation }): ReactNode {
  const text = useText();
  const locale = useLocale();
  return (
    <>
      <p className="card-b t2">
        {text('debt.ui.dunning.span', {
          from: formatPeriod(data.from, locale),
          to: formatPeriod(data.to, locale),
          accounts: formatCount(data.accounts),
        })}
      </p>
      <div className="scrollx">
        <table className="tbl">
          <caption>{text('debt.ui.dunning.simulation')}</caption>
          <thead>
            <tr>
              <th scope="col">{text('debt.ui.dunning.step')}</th>
              {(['now', 'now-debt', 'other', 'now-debt'] as const).map((key, at) => (
                <th key={`${key}${at > 1 ? '2' : ''}`} scope="col" className="r">
                  {text(`debt.ui.dunning.${key}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.totals.map(({ step, now, other }) => (
              <tr key={step}>
                <th scope="row">{text(`debt.ui.step.${step}`)}</th>
                <td className="r tnum">{formatCount(now.count)}</td>
                <td className="r">
                  <MoneyCell value={now.debt} />
                </td>
                <td className="r tnum">{formatCount(other.count)}</td>
                <td className="r">
                  <MoneyCell value={other.debt} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Answer({ strategy }: { strategy: string }): ReactNode {
  const read = useRead<DunningSimulation>('debt/dunning/simulation', { strategy }, { fresh: 600_000 });
  return (
    <Frame read={read} rows={4} permission="debt.dunning.run">
      {(data) => <SimulationTable data={data} />}
    </Frame>
  );
}

/** The closed year replayed under another strategy; asked for by a click, because it reads the whole city. */
export function SimulationCard(): ReactNode {
  const text = useText();
  const { data } = useRead<DunningSteps>('debt/dunning/steps', {}, { fresh: 60_000 });
  const others = [...new Set((data?.items ?? []).flatMap((step) => (step.inForce ? [] : [step.strategy])))];
  const [chosen, setChosen] = useState<string>();
  const [asked, setAsked] = useState<string>();
  const strategy = chosen ?? others[0];
  return (
    <Card title={text('debt.ui.dunning.simulation')} sub={text('debt.ui.dunning.simulation-text')}>
      {strategy !== undefined && (
        <div className="tools">
          <Segments
            label={text('debt.ui.dunning.strategy')}
            value={strategy}
            options={others.map((value) => ({ value, label: strategyWord(text, value) }))}
            onChange={setChosen}
          />
          <Button size="small" onClick={() => setAsked(strategy)}>
            {text('debt.ui.dunning.simulate')}
          </Button>
        </div>
      )}
      {asked !== undefined && <Answer strategy={asked} />}
    </Card>
  );
}
