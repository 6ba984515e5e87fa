'use client';
import { useAct, useRead } from '@komplat/api-client';
import {
  AppLink, Button, Card, formatDay, formatMoney, Frame, MoneyCell, ReasonDialog, StatusPill, toast, useCan, useLocale, useText, type SlotProps,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import { type AccountDebt, AGES, type HoldItem } from '../../contract/index.ts';
import { HoldDialog } from '../parts/hold-form.tsx';
import { ShareBar, shareOf } from '../parts/share-bar.tsx';

function Ages({ debt }: { debt: AccountDebt }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const rows = debt.ages.toSorted((a, b) => a.provider.localeCompare(b.provider) || AGES.indexOf(a.age) - AGES.indexOf(b.age));
  if (rows.length === 0) return <p className="card-b t2">{text('debt.ui.card.none')}</p>;
  return (
    <>
      <table className="tbl dense">
        <caption>{text('debt.ui.card.title')}</caption>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.provider}${row.age}`}>
              <th scope="row">{row.providerName}</th>
              <td>{text(`debt.ui.reports.age-${row.age}`)}</td>
              <td>
                <ShareBar share={shareOf(row.debt, debt.total)} />
              </td>
              <td className="r">
                <MoneyCell value={row.debt} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{text('debt.ui.reports.total')}</th>
            <td colSpan={2} />
            <td className="r">
              <MoneyCell value={debt.total} strong />
            </td>
          </tr>
        </tfoot>
      </table>
      {debt.limitation && (
        <p className="card-b t2">
          {text('debt.ui.card.limitation', { day: formatDay(debt.limitation.day), sum: formatMoney(debt.limitation.debt, locale) })}
        </p>
      )}
    </>
  );
}

function HoldLine({ hold, onEnd }: { hold: HoldItem; onEnd: (hold: HoldItem) => void }): ReactNode {
  const text = useText();
  const can = useCan();
  const until = hold.until ? text('debt.ui.card.until', { day: formatDay(hold.until) }) : text('debt.ui.card.open-ended');
  return (
    <li className="row">
      <StatusPill kind={hold.active ? 'warn' : 'idle'} icon="paused">
        {text(`debt.ui.hold.${hold.kind}`)}, {text(hold.active ? 'debt.ui.card.stands' : 'debt.ui.card.over')}
      </StatusPill>
      <span className="grow">
        {formatDay(hold.from)}, {until}. {hold.reason}
      </span>
      {hold.active && can('debt.hold.write') && (
        <Button size="small" onClick={() => onEnd(hold)}>
          {text('debt.ui.card.hold-end')}
        </Button>
      )}
    </li>
  );
}

function Holds({ account, debt }: { account: string; debt: AccountDebt }): ReactNode {
  const text = useText();
  const can = useCan();
  const act = useAct<unknown>(['debt/']);
  const [asked, setAsked] = useState<'new' | HoldItem>();
  const end = (hold: HoldItem) => (reason: string) =>
    act.mutate(
      { path: `debt/holds/${hold.id}/end`, options: { json: { reason } } },
      {
        onSuccess: () => {
          toast.done(text('debt.ui.card.hold-ended'));
          setAsked(undefined);
        },
      },
    );
  return (
    <Card
      title={text('debt.ui.card.holds')}
      right={
        can('debt.hold.write') && (
          <Button size="small" icon="pause" onClick={() => setAsked('new')}>
            {text('debt.ui.card.hold')}
          </Button>
        )
      }
      padded
    >
      {debt.holds.length === 0 ? (
        <p className="t2">{text('debt.ui.card.no-holds')}</p>
      ) : (
        <ul className="stack">
          {debt.holds.map((hold) => (
            <HoldLine key={hold.id} hold={hold} onEnd={setAsked} />
          ))}
        </ul>
      )}
      {asked === 'new' && <HoldDialog account={account} onClose={() => setAsked(undefined)} />}
      {asked && asked !== 'new' && (
        <ReasonDialog
          open
          title={text('debt.ui.card.hold-ask')}
          action={text('debt.ui.card.hold-end')}
          busy={act.isPending}
          error={act.error}
          onSubmit={end(asked)}
          onClose={() => setAsked(undefined)}
        />
      )}
    </Card>
  );
}

function Notices({ debt }: { debt: AccountDebt }): ReactNode {
  const text = useText();
  return (
    <Card title={text('debt.ui.card.notices')} padded>
      {debt.notices.length === 0 ? (
        <p className="t2">{text('debt.ui.card.no-notices')}</p>
      ) : (
        <ul className="stack">
          {debt.notices.map((notice) => (
            <li key={`${notice.on}${notice.step}${notice.provider}${notice.outcome}`} className="row">
              <StatusPill kind={notice.outcome === 'done' ? 'info' : 'warn'}>
                {text(`debt.ui.step.${notice.step}`)}, {text(`debt.ui.outcome.${notice.outcome}`)}
              </StatusPill>
              <span className="grow">
                {formatDay(notice.on)}, {notice.provider}
              </span>
              <MoneyCell value={notice.debt} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** Debt of the account by age and creditor, what holds the work with it, what was sent. */
export function Slot({ subject }: SlotProps): ReactNode {
  const text = useText();
  const read = useRead<AccountDebt>(`debt/accounts/${subject}`);
  return (
    <Frame read={read} rows={6} permission="debt.read">
      {(debt) => (
        <div className="stack" style={{ gap: 12 }}>
          <Card
            title={text('debt.ui.card.title')}
            right={<AppLink href={`/debt/accounts/${subject}`}>{text('debt.ui.claimable.title')}</AppLink>}
          >
            <Ages debt={debt} />
          </Card>
          <Holds account={subject} debt={debt} />
          <Notices debt={debt} />
        </div>
      )}
    </Frame>
  );
}
