import { notFound } from '@komplat/kernel';
import type { Reader } from '@komplat/server';
import { seenProviders } from '../cases/case-scope.ts';
import { type ClaimReader, type ClaimRunRow, runOf } from './claim-run.ts';

/** Ids of the creditors that a reader may see; null = all. */
export async function seenCreditors(tx: ClaimReader, reader: Reader): Promise<readonly number[] | null> {
  const codes = seenProviders(reader);
  if (codes === null) return null;
  const rows = await tx.query<{ id: number }>('select id::int as id from tariffs.pub_provider_v1 where code = any($1::text[])', [codes]);
  return rows.map(({ id }) => id);
}

/** A run that has a creditor outside of the reader's scope does not exist for them. Refuses 404 `legal.claim.run-unknown`. */
export async function seenRun(tx: ClaimReader, id: string, reader: Reader, lock: '' | 'for update' = ''): Promise<ClaimRunRow> {
  const run = await runOf(tx, id, lock);
  const seen = await seenCreditors(tx, reader);
  const own = run.provider_ids;
  if (seen !== null && (own === null || own.some((provider) => !seen.includes(provider)))) throw notFound('legal.claim.run-unknown', { id });
  return run;
}
