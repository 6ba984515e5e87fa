import { Vault } from '@komplat/server';
import type { Answer, Caller } from '@komplat/testing';
import type { ClaimItem, ClaimItemView, ClaimParameters, ClaimRunView } from '../contract/claim.schema.ts';
import { ClaimCourse } from '../server/claims/claim-course.ts';
import { DebtTouchesClaims } from '../server/claims/claim-events.handlers.ts';
import { PACKS, type Packs } from '../server/services/ports.ts';
import { type CaseWorld, caseWorld, chief, lawyer, numberOf } from './case-world.ts';

export const PERSON = (id: number): string => `00000000-0000-7000-8000-${String(id).padStart(12, '0')}`;
export const TAX = '3063200000';
const REASON = 'підготовка позовів за листопад';
let key = 0;

/** Packs that are only remembered: what is drawn of them is the business of their own tests. */
export class RememberedPacks {
  readonly issued = new Map<string, string>();
  readonly withdrawn: string[] = [];
  readonly signed: string[] = [];
}

export interface ClaimWorld extends Omit<CaseWorld, 'act'> {
  readonly packs: RememberedPacks;
  start(accounts: readonly number[], parameters?: Partial<ClaimParameters>): Promise<string>;
  /** The process without Temporal: steps until people are waited for. */
  drive(run: string): Promise<string>;
  run(id: string): Promise<ClaimRunView>;
  items(id: string, query?: string): Promise<ClaimItem[]>;
  item(id: string): Promise<ClaimItemView>;
  act(run: string, act: string, body: object, as?: Caller): Promise<Answer>;
  decide(run: string, approve: boolean, as?: Caller): Promise<Answer>;
  paid(account: number, sum: string, service: string): Promise<void>;
}

/**
 * The flats of the cases with owners, codes and registered persons; every flat from the third on has a fault of its own. Packs are
 * remembered, or drawn as they are (`real`).
 */
export async function claimWorld(drawing: 'remembered' | 'real' = 'remembered'): Promise<ClaimWorld> {
  const base = await caseWorld();
  const { api } = base;
  const { owner } = api.database;
  for (const sql of PEOPLE) await owner.query(sql);
  for (const sql of FAULTS) await owner.query(sql);
  const vault = api.app.get(Vault, { strict: false });
  const { key: own, wrapped } = vault.newPersonKey();
  await owner.query('update registry.person set wrapped_key = $2, key_id = $3, tax_number_enc = $4, tax_number_hash = $5 where id = $1', [
    PERSON(1), wrapped, vault.keyId, vault.seal(own, TAX), vault.blindIndex('tax-number', TAX),
  ]);
  await owner.query(`insert into administration.role_permission values ('provider-user', 'legal.read') on conflict do nothing`);
  const packs = new RememberedPacks();
  if (drawing === 'remembered') Object.assign(api.app.get<Packs>(PACKS, { strict: false }), doubleOf(packs));
  const course = api.app.get(ClaimCourse, { strict: false });
  const touches = api.app.get(DebtTouchesClaims, { strict: false });
  const get = async <R>(path: string): Promise<R> => (await api.call('GET', `legal/${path}`, lawyer)).body;
  const run = (id: string): Promise<ClaimRunView> => get(`claims/${id}`);
  return {
    ...base,
    packs,
    run,
    start: async (accounts, parameters = {}) => {
      const { body } = await base.post('legal/claims', {
        title: 'Листопад', reason: REASON, selection: { accounts: accounts.map(numberOf) },
        parameters: { court: 'C01', missingIndex: 'unchanged', providers: ['P02'], ...parameters },
      });
      return body.id;
    },
    drive: async (id) => {
      for (let round = 0; round < 60; round += 1) {
        const { step } = await course.situation(id);
        if (step === 'wait' || step === 'end') return step;
        await course.work(id, step);
      }
      throw new Error('a run that never waits');
    },
    items: async (id, query = '') => (await get<{ items: ClaimItem[] }>(`claims/${id}/items?limit=200${query}`)).items,
    item: (id) => get(`claim-items/${id}`),
    act: (id, act, body, as = lawyer) => api.call('POST', `legal/claims/${id}/${act}`, as, body, { 'idempotency-key': `claims-${(key += 1)}` }),
    decide: async (id, approve, as = chief) => {
      const { approvalId } = await run(id);
      return api.call('POST', `administration/approvals/${approvalId ?? ''}/${approve ? 'approve' : 'reject'}`, as, { reason: 'перевірено за пакетами' }, {
        'idempotency-key': `claims-${(key += 1)}`,
      });
    },
    paid: async (account, sum, service) => {
      const paymentId = await base.payNamed(account, sum, '2026-11-23', service);
      const event = { id: crypto.randomUUID(), type: 'payments.received', payload: { paymentId: paymentId.toString(), accountId: account } };
      await touches.handle(event);
      await touches.handle(event); // delivered twice
    },
  };
}

function doubleOf(packs: RememberedPacks): Partial<Record<keyof Packs, unknown>> {
  return {
    issue: async (snapshot: { number: string; total: string }) => {
      const name = `${snapshot.number} ${snapshot.total}`;
      const packId = packs.issued.get(name) ?? crypto.randomUUID();
      packs.issued.set(name, packId);
      return { packId };
    },
    sign: async (packId: string) => void packs.signed.push(packId),
    withdraw: async (_tx: unknown, packId: string) => void packs.withdrawn.push(packId),
  };
}

const PEOPLE = [
  `update registry.person set birth_date = '1980-05-05', tax_number_hash = decode(md5(id::text), 'hex')`,
  `insert into registry.premises_fact (premises_id, total_area, heated_area, rooms, dwelling_type, valid, reason, recorded_by)
   select id, 50, 48, 2, 'privatised', '[2000-01-01,)', 'test', 'test' from registry.premises`,
  `insert into registry.residence (premises_id, person_id, kind, valid, reason, recorded_by)
   select a.premises_id, a.holder_id, 'registered', '[2001-01-01,)', 'test', 'test' from registry.account a where a.id <> 11`,
  `insert into registry.ownership (premises_id, person_id, share_num, share_den, valid, reason, recorded_by)
   select a.premises_id, a.holder_id, 1, case a.id when 7 then 2 else 1 end, '[2001-01-01,)', 'test', 'test' from registry.account a where a.id not in (6, 14, 16)`,
  `insert into registry.supply_contract (supply_id, number, signed_on, kind, penalty_rate, valid, reason, recorded_by)
   select id, 'Т-' || account_id, '2020-01-15', 'individual', 0.01, '[2020-01-15,)', 'test', 'test' from tariffs.supply where service_id = 2`,
  `insert into legal.creditor (id, provider_id, valid, address, phone, email, bank, head_surname, head_given_name, head_patronymic, head_sex, head_post,
     authority_number, authority_valid)
   values (1, 2, '[2000-01-01,)', 'м. Яворопіль, вул. Енергетиків, 1', null, null, null, 'Бабій', 'Людмила', 'Тарасівна', 'female', 'директор', 'Д-02', '[2026-01-01,2027-01-01)'),
     (2, 8, '[2000-01-01,)', 'м. Яворопіль, вул. Мостова, 2', null, null, null, null, null, null, null, null, null, null)`,
  `update tariffs.provider set iban = 'UA383004650000260390071120587' where id = 2`,
  // a debt of March with indices that are published
  `select billing.post_entry(20, 2::smallint, 2::smallint, 14::smallint, 50000, '2026-09-01', '2026-03-01', '2026-03-01', 'test', 'opening', '20-3')`,
  // a debt of 2016 that passed limitation before the stop of the terms
  `select billing.post_entry(12, 2::smallint, 2::smallint, 14::smallint, 70000, '2026-09-01', '2016-03-01', '2016-03-01', 'test', 'opening', '12-16')`,
];
const MINOR = (id: number): string => `insert into registry.person (id, surname, given_name, patronymic, sex, birth_date, tax_number_hash)
  values ('${PERSON(100 + id)}', 'Коваленко', 'Олег', 'Ігорович', 'm', '2015-01-01', decode(md5('minor ${id}'), 'hex'))`;
const FAULTS = [
  `update registry.person set tax_number_hash = null where id = '${PERSON(3)}'`,
  `update registry.person set tax_number_hash = decode('aa', 'hex') where id in ('${PERSON(4)}', '${PERSON(5)}')`,
  MINOR(6),
  `insert into registry.ownership (premises_id, person_id, share_num, share_den, valid, reason, recorded_by) values (6, '${PERSON(106)}', 1, 1, '[2016-01-01,)', 'test', 'test')`,
  `insert into debt.hold (id, account_id, provider_id, kind, period, reason, source, recorded_by)
   values (gen_random_uuid(), 8, 2, 'contract', '[2026-01-01,)', 'договір розстрочення', 'person', 'test')`,
  `update registry.person set died_on = '2026-05-05' where id = '${PERSON(9)}'`,
  `update registry.account set closed_on = '2026-11-01', merged_into = 1 where id = 10`,
  `insert into registry.account_event (kind, account_id, other_id, effective_on, reason, actor) values ('merge', 10, 1, '2026-11-01', 'test', 'test')`,
  `delete from billing.open_item where account_id = 13`,
  MINOR(14),
  `insert into registry.ownership (premises_id, person_id, share_num, share_den, valid, reason, recorded_by)
   values (14, '${PERSON(14)}', 1, 2, '[2016-01-01,)', 'test', 'test'), (14, '${PERSON(114)}', 1, 2, '[2016-01-01,)', 'test', 'test')`,
  `update registry.person set tax_number_flaw = 'check-digit' where id = '${PERSON(17)}'`,
];
