import { describe, expect, it } from '@jest/globals';
import { DemoRandom } from '@komplat/server';
import { type AccountDebt, behave } from './behaviour.ts';
import { ChannelChoice, channelPlans } from './channels.ts';
import { drawPayers, type PayerClass } from './payers.ts';

const facts = Array.from({ length: 2_000 }, (_, index) => ({
  account_id: index + 1,
  house_code: `H${String((index % 40) + 1).padStart(4, '0')}`,
  residents: index % 5,
}));

describe('payers', () => {
  const payers = drawPayers(facts, 3, new Set([35]));
  const share = (kind: PayerClass): number => payers.filter((payer) => payer.kind === kind).length / payers.length;

  it('fall into the classes of the profiles within half a point', () => {
    const wanted = { 'on-time': 0.7, late: 0.17, chronic: 0.08, court: 0.03, overpaid: 0.02 } as const;
    for (const [kind, part] of Object.entries(wanted)) {
      const found = payers.filter((payer) => payer.kind === kind).length / payers.length;
      expect(Math.abs(found - part)).toBeLessThan(0.005);
    }
    expect(share('on-time')).toBeGreaterThan(0.69);
  });

  it('a flat that must owe is a case for the court', () => {
    expect(payers.find(({ account }) => account === 35)?.kind).toBe('court');
  });

  it('non-payers are twice as frequent where nobody is registered', () => {
    const bad = (empty: boolean): number => {
      const group = payers.filter(({ account }) => (facts[account - 1]?.residents === 0) === empty);
      return group.filter(({ kind }) => kind === 'court' || kind === 'chronic').length / group.length;
    };
    expect(bad(true) / bad(false)).toBeGreaterThan(1.4);
  });

  it('never pay a sum that is not positive, nor on a day outside of the month', () => {
    const debts: AccountDebt[] = [
      { outstanding: 0, advance: 0, bill: 0, electricity: 0 },
      { outstanding: 1, advance: 0, bill: 1, electricity: 1 },
      { outstanding: 0, advance: 500_000, bill: 240_055, electricity: 0 },
      { outstanding: 7_512_345, advance: 0, bill: 431_001, electricity: 91_777 },
    ];
    for (const payer of payers.slice(0, 400)) {
      for (const [index, debt] of debts.entries()) {
        const random = new DemoRandom(9, payer.account, index);
        for (const payment of behave(payer, debt, { index: 24_310, month: 2, days: 28, ago: 3 }, random)) {
          expect(Number.isInteger(payment.amount) && payment.amount > 0).toBe(true);
          expect(payment.day >= 1 && payment.day <= 28).toBe(true);
        }
      }
    }
  });
});

describe('channels', () => {
  const months = Array.from({ length: 30 * 12 - 1 }, (_, index) => `${1997 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`);
  it('can be chosen in every month of the longest history', () => {
    for (const period of months) expect(() => new ChannelChoice(period, channelPlans())).not.toThrow();
  });

  it.each(['1997-09', '2008-06', '2013-11', '2026-11'])('of %s were open then', (period) => {
    const choice = new ChannelChoice(period, channelPlans());
    const random = new DemoRandom(4, period);
    for (let step = 0; step < 300; step += 1) {
      const { row } = choice.draw(random);
      expect(row.text('valid_from') <= `${period}-01`).toBe(true);
      expect((row.text('valid_to') || '9999') > `${period}-01`).toBe(true);
    }
  });
});
