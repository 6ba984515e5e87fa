import { allocate, type ServiceAmount } from '@komplat/billing/contract';
import { Money } from '@komplat/kernel';
import type { Calculator, CalculatorDef } from '@komplat/plugin-api';
import { Database } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { AllocateCalcInput, AllocateCalcOutput } from '../../contract/allocate.schema.ts';

type Line = { readonly service: string; readonly provider?: string | undefined; readonly amount: string };
const kop = (text: string): bigint => Money.parse(text).kop;
const toInput = ({ service, provider, amount }: Line): ServiceAmount => ({
  service,
  provider: provider ?? null,
  amount: kop(amount),
});
const toResult = ({ service, provider, amount }: ServiceAmount): Line => ({
  service,
  ...(provider === null ? {} : { provider }),
  amount: Money.ofKop(amount).toString(),
});

/** `calc payments.allocate`: where one payment goes, under the rule in force or under another one. */
@Injectable()
export class AllocateCalculator implements Calculator {
  constructor(@Inject(Database) private readonly database: Database) {}

  async run(input: unknown): ReturnType<Calculator['run']> {
    const given = AllocateCalcInput.parse(input);
    const rule = given.rule ?? 'oldest-then-service-order';
    const known = await this.database.query<{ code: string }>(
      'select code from tariffs.pub_service_v1 order by pay_order',
    );
    const named = [...given.openItems, ...given.lastAccruals, ...(given.named ?? [])].map(({ service }) => service);
    const { allocations, advances } = allocate({
      openItems: given.openItems.map((item) => ({
        ...item,
        provider: item.provider ?? null,
        outstanding: kop(item.outstanding),
      })),
      lastAccruals: given.lastAccruals.map(toInput),
      amount: kop(given.amount),
      named: given.named?.map(toInput),
      rule,
      serviceOrder: [...new Set([...known.map(({ code }) => code), ...named])],
    });
    return {
      result: {
        allocations: allocations.map((line) => ({ month: line.month, ...toResult(line) })),
        advances: advances.map(toResult),
      },
      trace: allocations.map((line) => ({
        rule: `payments.allocate.${rule}`,
        base: line.month,
        rate: line.service,
        raw: Money.ofKop(line.amount).toString(),
        rounding: 'none',
        amount: Money.ofKop(line.amount).toString(),
        paramsVersion: '1',
      })),
      parameters: [{ id: `payments.rule.${rule}`, version: '1', mark: 'proposal' }],
    };
  }
}

export const allocateCalculator: CalculatorDef = {
  id: 'payments.allocate',
  title: 'payments.calc.allocate',
  input: AllocateCalcInput,
  output: AllocateCalcOutput,
  example: {
    openItems: [
      { month: '2026-09', service: 'MNT', outstanding: '352.17' },
      { month: '2026-10', service: 'CW', outstanding: '120.00' },
    ],
    lastAccruals: [
      { service: 'MNT', amount: '352.17' },
      { service: 'CW', amount: '120.00' },
    ],
    amount: '500.00',
  },
  provider: AllocateCalculator,
};
