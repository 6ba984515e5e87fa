'use client';
import { useRead } from '@komplat/api-client';
import { Banner, Button, Card, Frame, MoneyCell, StatusPill, useCan, usePastDays, useText, type SlotProps } from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { AccountBenefits } from '../../contract/index.ts';
import { HeadRow } from '../parts/head-row.tsx';
import { AddDialog, EndDialog, ReturnDialog } from '../parts/holding-forms.tsx';
import { daysOf, markKind, markWord, percentOf } from '../parts/words.ts';

type Held = AccountBenefits['holdings'][number];
type Award = AccountBenefits['awards'][number];

function HoldingRow({ held, onEnd }: { held: Held; onEnd: (() => void) | undefined }): ReactNode {
  const text = useText();
  const others = held.covered.filter(({ relation }) => relation !== 'holder');
  return (
    <tr>
      <th scope="row" className="whitespace-normal">
        {held.holder ?? <span className="mut">{text('ui.missing.hidden')}</span>}
        {others.length > 0 && (
          <small>
            {others.map(({ name, relation }) => `${name ?? ''} (${text(`benefits.ui.relation.${relation}`)})`).join('; ')}
          </small>
        )}
      </th>
      <td className="whitespace-normal">
        {held.categoryName}
        {held.mark && held.mark !== 'confirmed' && (
          <small>
            <StatusPill kind={markKind(held.mark)}>{markWord(text, held.mark)}</StatusPill>
          </small>
        )}
      </td>
      <td className="r tnum">{held.percent ? percentOf(held.percent) : ''}</td>
      <td>{held.document}</td>
      <td className="t2">{daysOf(text, held.from, held.to)}</td>
      <td className="r">
        {onEnd && (
          <Button size="small" onClick={onEnd}>
            {text('benefits.ui.card.end')}
          </Button>
        )}
      </td>
    </tr>
  );
}

function Holdings({ data, number, edits }: { data: AccountBenefits; number: string; edits: boolean }): ReactNode {
  const text = useText();
  const [asked, setAsked] = useState<Held | 'new'>();
  const add = edits && (
    <Button size="small" icon="shield" onClick={() => setAsked('new')} id="add-benefit">
      {text('benefits.ui.card.add')}
    </Button>
  );
  return (
    <Card title={text('benefits.ui.card.holdings')} right={add}>
      {data.holdings.length === 0 ? (
        <p className="t2 px-3.5 py-3">{text('benefits.ui.card.none')}</p>
      ) : (
        <table className="tbl">
          <caption>{text('benefits.ui.card.holdings')}</caption>
          <HeadRow prefix="benefits.ui.card" names={['holder', 'category', 'percent', 'document', 'days']} right={['percent']} acts />
          <tbody>
            {data.holdings.map((held) => (
              <HoldingRow
                key={`${held.id}/${held.version}`}
                held={held}
                onEnd={edits && (held.to === null || held.to > data.asOf) ? () => setAsked(held) : undefined}
              />
            ))}
          </tbody>
        </table>
      )}
      {asked === 'new' && <AddDialog number={number} residents={data.residents} onClose={() => setAsked(undefined)} />}
      {asked && asked !== 'new' && <EndDialog held={asked} today={data.asOf} onClose={() => setAsked(undefined)} />}
    </Card>
  );
}

function Entitlements({ rows }: { rows: AccountBenefits['entitlements'] }): ReactNode {
  const text = useText();
  if (rows.length === 0) return null;
  const doubtful = rows.some(({ mark }) => mark === 'needs a lawyer');
  const limit = ({ norm, normAddition }: (typeof rows)[number]): string =>
    norm === null ? text('benefits.ui.card.no-norm') : normAddition === '0' ? norm : `${norm} + ${normAddition}`;
  return (
    <Card title={text('benefits.ui.card.entitlements')}>
      {doubtful && <Banner kind="warn">{text('benefits.ui.card.doubtful')}</Banner>}
      <table className="tbl dense">
        <caption>{text('benefits.ui.card.entitlements')}</caption>
        <HeadRow
          prefix="benefits.ui.card"
          names={['service', 'category', 'percent', 'covered', 'norm', 'regime']}
          right={['percent', 'covered', 'norm']}
        />
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.service}/${row.category}/${row.covered}`}>
              <th scope="row">{row.serviceName}</th>
              <td>{row.category}</td>
              <td className="r tnum">{percentOf(row.percent)}</td>
              <td className="r tnum">{row.covered}</td>
              <td className="r tnum">{limit(row)}</td>
              <td>{text(`benefits.ui.regime.${row.regime}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function Awards({ rows, number, edits }: { rows: readonly Award[]; number: string; edits: boolean }): ReactNode {
  const text = useText();
  const [asked, setAsked] = useState<Award>();
  return (
    <Card title={text('benefits.ui.card.awards')}>
      {rows.length === 0 ? (
        <p className="t2 px-3.5 py-3">{text('benefits.ui.card.no-awards')}</p>
      ) : (
        <table className="tbl dense">
          <caption>{text('benefits.ui.card.awards')}</caption>
          <HeadRow prefix="benefits.ui.card" names={['service', 'days', 'month-sum', 'regime', 'document']} right={['month-sum']} acts />
          <tbody>
            {rows.map((row, at) => (
              <tr key={`${row.service}/${row.from}/${at}`}>
                <th scope="row">{row.serviceName}</th>
                <td className="t2">{daysOf(text, row.from, row.to)}</td>
                <td className="r">
                  <MoneyCell value={row.amount} />
                </td>
                <td>{text(`benefits.ui.regime.${row.regime}`)}</td>
                <td className="t2 whitespace-normal">{row.document}</td>
                <td className="r">
                  {edits && row.kind === 'award' && (
                    <Button size="small" onClick={() => setAsked(row)}>
                      {text('benefits.ui.card.return')}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {asked && <ReturnDialog number={number} award={asked} onClose={() => setAsked(undefined)} />}
    </Card>
  );
}

/** Benefits and subsidies of one account, of the days that the card is shown for. */
export function Slot({ subject }: SlotProps): ReactNode {
  const can = useCan();
  const { asOf, knownAt, isNow } = usePastDays();
  const read = useRead<AccountBenefits>(`benefits/accounts/${subject}`, { asOf, knownAt });
  return (
    <Frame read={read} rows={8} permission="benefits.read">
      {(data) => (
        <div className="stack" style={{ gap: 12 }}>
          <Holdings data={data} number={subject} edits={isNow && can('benefits.holding.edit')} />
          <Entitlements rows={data.entitlements} />
          <Awards rows={data.awards} number={subject} edits={isNow && can('benefits.award.post')} />
        </div>
      )}
    </Frame>
  );
}
