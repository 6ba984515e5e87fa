import type { Tx } from '@komplat/server';
import type { VersionChange } from '../../contract/version.schema.ts';

/** A new version as it was agreed on, and the version that it is like. */
export interface NewVersion {
  readonly likeId: number;
  readonly change: Omit<VersionChange, 'reason'>;
  readonly by: string;
  readonly approvalId: string | null;
}

const act = (change: NewVersion['change']): string => {
  const [year, month, day] = change.decisionDate.split('-');
  return `${change.decisionBody} № ${change.decisionNumber} від ${day}.${month}.${year}`;
};
const days = ({ from, to }: NewVersion['change']): readonly [string, string | null] => [from, to];

const TARIFF = `
  insert into tariffs.tariff (id, code, service_id, provider_id, variant, tier, tier_from, tier_to, tier_mode, unit, valid, price, decision_body,
    decision_number, decision_date, mark, recorded_by, approval_id)
  select m.next, 'D' || m.next, service_id, provider_id, variant, tier, tier_from, tier_to, tier_mode, unit,
    daterange($2::date, $3::date, '[]'), $4, $5, $6, $7, $8, $9, $10
  from tariffs.tariff t, (select max(id) + 1 as next from tariffs.tariff) m where t.id = $1`;
const NORM = `
  insert into tariffs.norm (id, code, purpose, service_id, equipment, unit, per, valid, value, act, mark, recorded_by, approval_id)
  select m.next, 'D' || m.next, purpose, service_id, equipment, unit, per, daterange($2::date, $3::date, '[]'), $4, $5, $6, $7, $8
  from tariffs.norm n, (select max(id) + 1 as next from tariffs.norm) m where n.id = $1`;
/** A parameter that names its days keeps doing so; any other one gets the number. */
const PARAMETER = `
  insert into tariffs.parameter (code, value, valid, act, mark, recorded_by, approval_id)
  select code, case when $4::text is null then jsonb_build_object('from', $2::date, 'until', $3::date + 1) else $4::jsonb end,
    daterange($2::date, $3::date, '[]'), $5, $6, $7, $8
  from tariffs.parameter where id = $1`;
const ENDS: Readonly<Record<VersionChange['book'], string>> = {
  tariffs: 'update tariffs.tariff set valid = daterange(lower(valid), $2::date) where id = $1',
  norms: 'update tariffs.norm set valid = daterange(lower(valid), $2::date) where id = $1',
  parameters: 'update tariffs.parameter set valid = daterange(lower(valid), $2::date) where id = $1',
};

/** Ends a version the day before. */
export async function endVersion(tx: Pick<Tx, 'query'>, book: VersionChange['book'], id: number, from: string): Promise<void> {
  await tx.query(ENDS[book], [id, from]);
}

/** Writes a version that is like another one but for its days, value and decision. */
export async function insertVersion(tx: Pick<Tx, 'query'>, { likeId, change, by, approvalId }: NewVersion): Promise<void> {
  const head = [likeId, ...days(change), change.value ?? null];
  const tail = [change.mark, by, approvalId];
  if (change.book === 'tariffs') {
    await tx.query(TARIFF, [...head, change.decisionBody, change.decisionNumber, change.decisionDate, ...tail]);
    return;
  }
  await tx.query(change.book === 'norms' ? NORM : PARAMETER, [...head, act(change), ...tail]);
}
