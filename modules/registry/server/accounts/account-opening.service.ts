import { conflict, dec, DomainError, makeAccountNumber, notFound } from '@komplat/kernel';
import { type Actor, audit, Database, publish, type Tx } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { AccountDone, OpenAccount, SplitAccount } from '../../contract/account-ops.schema.ts';
import { accountOpened, accountSplit } from '../../contract/events.ts';
import { lockAccount } from '../changes/change.service.ts';
import type { ChangeWork } from '../changes/context.ts';
import { type DatedTable, putDated } from '../changes/dated.ts';
import { writeHistory } from '../changes/history.service.ts';
import { personFor, personHere, personOf } from '../changes/people.ts';
import { seesDistrict } from '../services/visibility.ts';
import { AccountOps, lineage, mustBeFree, nextRunning } from './account-ops.service.ts';

const FACTS: DatedTable = {
  name: 'registry.premises_fact',
  key: ['premises_id'],
  values: ['total_area', 'heated_area', 'rooms', 'dwelling_type'],
};
const RESIDENCE: DatedTable = { name: 'registry.residence', key: ['premises_id', 'person_id'], values: ['kind'] };

interface NewPremises {
  readonly houseId: number;
  readonly number: string;
  readonly kind: string;
  readonly floor: number | null;
  readonly totalArea: string;
  readonly heatedArea: string;
  readonly rooms: number;
  readonly dwellingType: string;
}

/** Accounts that come into being: opened for a dwelling, or divided off from another. */
@Injectable()
export class AccountOpening {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AccountOps) private readonly ops: AccountOps,
  ) {}

  async open({ premises, holder, on, ...why }: OpenAccount, actor: Actor): Promise<AccountDone> {
    return this.database.transaction(async (tx) => {
      const premisesId = 'id' in premises ? premises.id : await makePremises(tx, premises, on, actor, why.reason);
      await mustBeFree(tx, premisesId, null);
      const number = await this.make(tx, { premisesId, holder, on, actor, ...why });
      return { number, version: 1 };
    });
  }

  /** The part leaves the dwelling from the day on: areas of both add up to what was, residents move, balances stay. */
  async split(number: string, { part, holder, residents, on, version, ...why }: SplitAccount, actor: Actor): Promise<AccountDone> {
    let made = '';
    await this.ops.change(number, version, actor, why, async (work) => {
      const { account, tx } = work;
      if (account.closedOn !== null) throw conflict('registry.account.is-closed', { number, day: account.closedOn });
      const premisesId = await this.takePart(work, part, on);
      made = await this.make(tx, { premisesId, holder, on, actor, within: work, ...why });
      const target = await lockAccount(tx, made);
      for (const personId of new Set(residents)) await movePerson(work, personId, premisesId, on);
      await lineage(work, { kind: 'split', on, otherId: target.id });
      await publish(tx, accountSplit, `account/${account.id}`, { accountId: account.id, newAccountId: target.id, on });
      work.item('split-off', null, { from: on, until: null }, null, made);
    });
    return { number: made, version: 1 };
  }

  private async takePart(work: ChangeWork, part: SplitAccount['part'], on: string): Promise<number> {
    const { tx, account } = work;
    const [total, heated] = [dec(part.totalArea), dec(part.heatedArea)];
    const pieces = await putDated(tx, FACTS, work.premises, work.span(on), (old) => {
      if (!old) return null;
      const left = dec(String(old['total_area'])).minus(total);
      const warm = dec(String(old['heated_area'])).minus(heated);
      const rooms = Number(old['rooms']) - part.rooms;
      if (left.lte(0) || warm.lt(0) || rooms < 1) {
        throw new DomainError('registry.split.too-large', { area: part.totalArea, of: String(old['total_area']), rooms: Number(old['rooms']) });
      }
      return { ...old, total_area: left.toFixed(2), heated_area: warm.toFixed(2), rooms };
    }, work.why);
    const [first] = pieces;
    if (!first || first.from !== on) throw new DomainError('registry.change.no-base', { day: on });
    work.differences({ total_area: 'total-area', heated_area: 'heated-area', rooms: 'rooms' }, null, pieces);
    const [home] = await tx.query<{ house_id: number; floor: number | null }>('select house_id, floor from registry.premises where id = $1', [account.premisesId]);
    const dwellingType = String(first.before?.['dwelling_type'] ?? 'state');
    const place = { houseId: home?.house_id ?? 0, floor: home?.floor ?? null, dwellingType };
    return makePremises(tx, { ...part, ...place }, on, work.actor, work.why.reason);
  }

  private async make(tx: Tx, order: Making): Promise<string> {
    const { premisesId, holder, on, actor } = order;
    const [house] = await tx.query<{ district: number; kind: string }>(
      'select h.district, p.kind from registry.premises p join registry.house h on h.id = p.house_id where p.id = $1',
      [premisesId],
    );
    if (!house || !seesDistrict(actor, house.district)) throw notFound('registry.premises.unknown', { id: premisesId });
    const id = await nextRunning(tx);
    const number = makeAccountNumber(house.district, id);
    const account = {
      id, number, version: 1, premisesId, premisesKind: house.kind, holderId: '', openedOn: on, closedOn: null,
    };
    const work = await this.ops.work(tx, account, actor, order);
    work.begin(on);
    const person = 'id' in holder ? await (order.within ? personHere(order.within, holder.id) : personOf(work, holder.id)) : await personFor(work, holder);
    if (person.died_on !== null && person.died_on <= on) throw new DomainError('registry.holder.dead', { name: person.full_name });
    await tx.query('insert into registry.account (id, number, premises_id, holder_id, opened_on) values ($1, $2, $3, $4, $5)', [
      id, number, premisesId, person.id, on,
    ]);
    work.item('opened-on', null, { from: on, until: null }, null, on);
    await lineage(work, { kind: 'open', on });
    await writeHistory(tx, work, null);
    await publish(tx, accountOpened, `account/${id}`, { accountId: id, on });
    await audit(tx, { actor, action: 'registry.account.open', subject: `account/${number}`, after: { premisesId, on }, reason: order.reason });
    return number;
  }
}

interface Making {
  readonly premisesId: number;
  readonly holder: OpenAccount['holder'];
  readonly on: string;
  readonly actor: Actor;
  readonly reason: string;
  readonly document?: string | undefined;
  /** The account that it is divided off from: its people are known here. */
  readonly within?: ChangeWork;
}

/** A dwelling in a house; its number is free there. */
async function makePremises(tx: Pick<Tx, 'query'>, premises: NewPremises, on: string, by: { readonly login: string }, reason: string): Promise<number> {
  const { houseId, number, kind, floor, totalArea, heatedArea, rooms, dwellingType } = premises;
  const [house] = await tx.query<{ id: number }>('select id from registry.house where id = $1 for update', [houseId]);
  if (!house) throw notFound('registry.house.unknown', { id: houseId });
  const [taken] = await tx.query('select 1 from registry.premises where house_id = $1 and number = $2', [houseId, number]);
  if (taken) throw conflict('registry.premises.number-taken', { number });
  if (dec(totalArea).lte(0)) throw new DomainError('registry.rule.area-zero', {});
  if (dec(heatedArea).gt(totalArea)) throw new DomainError('registry.rule.heated-over-total', { heated: heatedArea, total: totalArea });
  const [limit] = await tx.query<{ refuse: string }>(
    'select refuse::text from registry.rule_limit where code = $1 and valid @> $2::date and refuse < $3::numeric',
    [`area.${kind}`, on, totalArea],
  );
  if (limit) throw new DomainError('registry.rule.area-limit', { value: totalArea, limit: limit.refuse });
  const [made] = await tx.query<{ id: number }>(
    `insert into registry.premises (id, house_id, number, kind, floor)
     select coalesce(max(id), 0) + 1, $1, $2, $3, $4 from registry.premises returning id`,
    [houseId, number, kind, floor],
  );
  const id = made?.id ?? 0;
  await tx.query(
    `insert into registry.premises_fact (premises_id, total_area, heated_area, rooms, dwelling_type, valid, reason, recorded_by)
     values ($1, $2, $3, $4, $5, daterange($6::date, null), $7, $8)`,
    [id, totalArea, heatedArea, rooms, dwellingType, on, reason, by.login],
  );
  return id;
}

/** Whoever lives in the part lives there from the day on, and no longer in the rest. */
async function movePerson(work: ChangeWork, personId: string, premisesId: number, on: string): Promise<void> {
  const person = await personHere(work, personId);
  const key = { ...work.premises, person_id: personId };
  const pieces = await putDated(work.tx, RESIDENCE, key, { from: on, until: null }, () => null, work.why);
  if (pieces.length === 0) throw new DomainError('registry.residence.none', { name: person.full_name, day: on });
  for (const { from, until, before } of pieces) {
    const there = { premises_id: premisesId, person_id: personId };
    await putDated(work.tx, RESIDENCE, there, { from, until }, () => ({ kind: String(before?.['kind']) }), work.why);
    work.item('residence', person.full_name, { from, until }, String(before?.['kind']), null);
  }
}
