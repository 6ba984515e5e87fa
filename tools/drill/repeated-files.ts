import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileStore, systemActor } from '@komplat/server';
import type { TestDatabase } from '@komplat/testing';
import { ImportDesk } from '../../modules/payments/server/services/import-desk.ts';
import { ImportPoster } from '../../modules/payments/server/services/import-poster.ts';
import { ImportReader } from '../../modules/payments/server/services/import-reader.ts';
import { dbfFile, type GeneratedPayment, ibankFile } from '../../modules/payments/test/register-generator.ts';
import { makeAccountNumber } from '@komplat/kernel';
import { type DrillOptions, type DrillResult, type DrillSession, lawViolations, randomOf } from './drill.ts';
import { openIntakeCity } from './intake-site.ts';

const ACCOUNTS = 50;
const DAYS = { full: 12, short: 3 };

/** R8: one day's payments in files that are repeated, renamed, cut, overlapping, re-ordered; with ids and without. */
export async function repeatedFiles({ short }: DrillOptions): Promise<DrillSession> {
  const database = await openIntakeCity(ACCOUNTS);
  await database.owner.query(
    `update registry.account a set number = n.number from unnest($1::text[]) with ordinality n(number, id) where n.id = a.id`,
    [Array.from({ length: ACCOUNTS }, (_, index) => makeAccountNumber(2, index + 1))],
  );
  return { run: (seed) => once(database, seed, short ? DAYS.short : DAYS.full), close: () => database.drop() };
}

async function once(database: TestDatabase, seed: number, days: number): Promise<DrillResult> {
  const counted: Counted = { files: 0, duplicates: 0, linked: 0, lostKop: 0n, doubleKop: 0n };
  for (let day = 0; day < days; day += 1) await oneDay(database, seed * 100 + day, counted);
  const { lostKop, doubleKop, ...facts } = counted;
  return {
    drill: 'R8',
    seed,
    moment: `${days} days in ${facts.files} files`,
    lost: Number(lostKop),
    duplicates: Number(doubleKop),
    laws: await lawViolations(database.db),
    backMs: null,
    facts: { days, ...facts },
  };
}

interface Counted {
  files: number;
  duplicates: number;
  linked: number;
  lostKop: bigint;
  doubleKop: bigint;
}

async function oneDay(database: TestDatabase, number: number, counted: Counted): Promise<void> {
  const random = randomOf(number);
  const payments: GeneratedPayment[] = Array.from({ length: 3 + random(9) }, (_, index) => ({
    account: makeAccountNumber(2, 1 + random(4)),
    name: 'Коваленко Оксана',
    address: 'вул. Мостова, 1',
    day: '2026-11-20',
    kop: BigInt((number % 100_000) * 10 + 1 + random(2)),
    id: `${number}-${index}`,
  }));
  const withIds = number % 2 === 0;
  const before = await posted(database);
  const files = Array.from({ length: 2 + random(3) }, () => way(payments, random)).filter((file) => file.length > 0);
  for (const file of files) {
    const bytes = withIds ? ibankFile(file, { ids: true }) : dbfFile(file);
    const outcome = await load(database, withIds ? 'ibank2ua-csv' : 'oschadbank-dbf', bytes);
    counted.files += 1;
    counted.duplicates += outcome.duplicates;
    counted.linked += outcome.linked;
  }
  const difference = (await posted(database)) - before - (withIds ? byId(files) : byMost(files));
  if (difference < 0n) counted.lostKop -= difference;
  else counted.doubleKop += difference;
}

/** Whole, re-ordered, or a part of the day. */
function way(payments: readonly GeneratedPayment[], random: (below: number) => number): readonly GeneratedPayment[] {
  const kind = random(3);
  if (kind === 0) return payments;
  if (kind === 1)
    return payments
      .map((payment) => ({ payment, at: random(1_000) }))
      .toSorted((a, b) => a.at - b.at)
      .map(({ payment }) => payment);
  const from = random(payments.length);
  return payments.slice(from, from + 1 + random(payments.length - from));
}

const byId = (files: readonly (readonly GeneratedPayment[])[]): bigint =>
  [...new Map(files.flat().map((payment) => [payment.id, payment.kop])).values()].reduce((sum, kop) => sum + kop, 0n);

function byMost(files: readonly (readonly GeneratedPayment[])[]): bigint {
  const most = new Map<string, { n: number; kop: bigint }>();
  for (const file of files) {
    for (const { account, kop } of file) {
      const n = file.filter((other) => other.account === account && other.kop === kop).length;
      const key = `${account} ${kop}`;
      most.set(key, { n: Math.max(n, most.get(key)?.n ?? 0), kop });
    }
  }
  return [...most.values()].reduce((sum, { n, kop }) => sum + BigInt(n) * kop, 0n);
}

async function posted({ db }: TestDatabase): Promise<bigint> {
  const [row] = await db.query<{ kop: bigint }>(
    'select coalesce(sum(amount_kop), 0)::bigint as kop from payments.payment',
  );
  return row?.kop ?? 0n;
}

async function load(
  { db }: TestDatabase,
  preset: string,
  bytes: Uint8Array,
): Promise<{ duplicates: number; linked: number }> {
  const actor = systemActor('drill');
  const files = new FileStore(mkdtempSync(join(tmpdir(), 'komplat-drill-')), Buffer.alloc(32, 1), 'drill', db);
  const desk = new ImportDesk(db, files);
  const { id, repeated } = await desk.upload(bytes, { preset, name: 'day.dat', limit: 2 ** 24, inline: true }, actor);
  if (repeated) return { duplicates: 0, linked: 0 };
  await new ImportReader(db, files).stage(id);
  await desk.order(id, 'post', undefined, actor, true);
  const poster = new ImportPoster(db);
  for (;;) if (!(await poster.postBatch(id)).left) break;
  const rows = await db.query<{ outcome: string; n: number }>(
    'select outcome, count(*)::int as n from payments.import_row where import_id = $1 group by 1',
    [id],
  );
  const count = (outcome: string): number => rows.find((row) => row.outcome === outcome)?.n ?? 0;
  return { duplicates: count('duplicate'), linked: count('linked') };
}
