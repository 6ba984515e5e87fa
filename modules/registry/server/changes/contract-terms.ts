import { DomainError } from '@komplat/kernel';
import type { SupplyContract } from '../../contract/account-ops.schema.ts';
import type { ChangeWork } from './context.ts';
import { type DatedTable, putDated, type Span } from './dated.ts';

export type ContractTerms = Pick<SupplyContract, 'number' | 'signedOn' | 'kind' | 'penaltyRate' | 'dueDay'>;
const TABLE: DatedTable = {
  name: 'registry.supply_contract',
  key: ['supply_id'],
  values: ['number', 'signed_on', 'kind', 'penalty_rate', 'due_day'],
};
const FIELDS = {
  number: 'contract-number', signed_on: 'contract-date', kind: 'contract-kind', penalty_rate: 'penalty-rate', due_day: 'due-day',
};

/** Terms of the contract of a supply over a span; never signed ahead, the penalty within the limit of the law. */
export async function putContract(work: ChangeWork, supplyId: number, span: Span, terms: ContractTerms): Promise<void> {
  if (terms.signedOn > work.today) throw new DomainError('registry.contract.signed-ahead', { day: terms.signedOn });
  await checkPenalty(work, terms.penaltyRate, span.from);
  const values = { number: terms.number, signed_on: terms.signedOn, kind: terms.kind, penalty_rate: terms.penaltyRate, due_day: terms.dueDay };
  const pieces = await putDated(work.tx, TABLE, { supply_id: supplyId }, span, () => values, work.why);
  work.differences(FIELDS, terms.number, pieces);
}

/** Law 2189-VIII, article 26: the rate of the penalty is limited; the limit is data. */
async function checkPenalty({ tx, today }: ChangeWork, rate: string | null, day: string | null): Promise<void> {
  if (rate === null) return;
  const [limit] = await tx.query<{ refuse: string }>(
    `select refuse::text from registry.rule_limit where code = 'penalty.rate' and valid @> $1::date and refuse < $2::numeric`,
    [day ?? today, rate],
  );
  if (limit) throw new DomainError('registry.contract.penalty-limit', { rate, limit: limit.refuse });
}
