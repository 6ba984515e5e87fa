import type { ReactNode } from 'react';
import type { Verified } from '../../contract/index.ts';
import type { VerifyAnswer } from './verify-answer.ts';

/** A sentence by its key; a server page has no hooks. */
export type Say = (key: string, params?: Readonly<Record<string, string | number>>) => string;

const money = (text: string): string => {
  const [whole = '', cents = '00'] = text.replace('-', '').split('.');
  return `${text.startsWith('-') ? '−' : ''}${whole.replaceAll(/\B(?=(\d{3})+(?!\d))/g, ' ')},${cents}`;
};
const day = (text: string): string => text.split('-').reverse().join('.');

function Facts({ bill, say }: { bill: Verified; say: Say }): ReactNode {
  const month = say('bills/month', { month: String(Number(bill.month.slice(5))), year: bill.month.slice(0, 4) });
  const rows = [
    ['issuer', bill.issuer],
    ['kind', say(bill.supplementary ? 'bills/ui/verify/extra' : 'bills/ui/verify/main', { version: bill.version })],
    ['number', bill.number],
    ['account', say('bills/ui/verify/ends', { digits: bill.accountEnds })],
    ['month', month],
    ['day', day(bill.issuedOn)],
    ['sum', money(bill.monthTotal)],
    ['total', money(bill.total)],
  ] as const;
  return (
    <dl className="kv">
      {rows.map(([key, value]) => (
        <div key={key} className="flex justify-between gap-6 border-b border-(--color-line) py-1.5">
          <dt className="text-(--color-text-2)">{say(`bills/ui/verify/${key}`)}</dt>
          <dd className="tnum text-right font-[550]">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What anyone who holds the bill sees under its code: no name, no address. Works without scripts. */
export function VerifyView({ code, answer, say }: { code: string; answer: VerifyAnswer; say: Say }): ReactNode {
  const isReplaced = answer.kind === 'found' && answer.bill.supersededOn !== null;
  const state = answer.kind === 'found' ? (isReplaced ? 'superseded' : 'ours') : answer.kind;
  return (
    <main className="mx-auto grid max-w-[520px] gap-4 p-4 pt-10">
      <p className="text-(--color-text-2)">{say('bills/ui/verify/title')}</p>
      <h1>{say(`bills/ui/verify/${state}`)}</h1>
      {state === 'superseded' && answer.kind === 'found' && <p>{say('bills/ui/verify/superseded-text', { day: day(answer.bill.supersededOn ?? '') })}</p>}
      {(state === 'unknown' || state === 'busy') && <p>{say(`bills/ui/verify/${state}-text`)}</p>}
      {answer.kind === 'found' && <Facts bill={answer.bill} say={say} />}
      <p className="tnum text-(--color-text-3)">{say('bills/ui/verify/code', { code })}</p>
    </main>
  );
}
