import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readCatalogue } from '@komplat/all/messages';
import { plugins, seedRoles } from '@komplat/all/server';
import { pdfPageCount, pdfPlaces, pdfText } from '@komplat/documents';
import { type Caller, testApi, type TestApi, testEnv } from '@komplat/testing';
import { PackSnapshot } from '../contract/pack.schema.ts';
import { PackPrinter } from '../server/packs/pack-printer.ts';
import { PacksService } from '../server/packs/packs.service.ts';
import { TemplateStore } from '../server/templates/template-store.ts';
import { testCertificate, testKey } from './pack-key.ts';
import { debtor, sampleSnapshot } from './pack-sample.ts';
import { verify } from './pack-verify.ts';

jest.setTimeout(180_000);
const lawyer: Caller = { login: 'lawyer', roles: ['lawyer'] };
const head: Caller = { login: 'head', roles: ['lawyer'] };
const RIGHTS = ['legal.pack.issue', 'legal.pack.sign', 'legal.template.edit', 'legal.template.approve', 'administration.approval.read', 'administration.approval.decide'];
let api: TestApi;
let packs: PacksService;

beforeAll(async () => {
  process.env.CHROMIUM_BIN ??= testEnv().CHROMIUM_BIN;
  const catalogue = readCatalogue(plugins.map(({ id }) => id));
  api = await testApi({ plugins, catalogue, seed: (owner) => seedRoles({ query: (sql, params) => owner.query(sql, params) }) });
  for (const { login } of [lawyer, head]) await api.scope(login, 'all');
  await api.database.owner.query(
    `insert into administration.role_permission (role, permission) select 'lawyer', unnest($1::text[]) on conflict do nothing`, [RIGHTS],
  );
  packs = api.app.get(PacksService, { strict: false });
});
afterAll(() => api.close());

const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const post = (path: string, body: unknown, as = lawyer) => api.call('POST', path, as, body, { 'idempotency-key': crypto.randomUUID() });
const fileOf = async (id: string, name: string): Promise<Buffer> => {
  const { status, bytes } = await api.call('GET', `legal/packs/${id}/files/${name}`, lawyer);
  expect(status).toBe(200);
  return bytes;
};
/** An item of a run whose pack was drawn, as the preparation leaves it. */
async function packedItem(packId: string): Promise<string> {
  const [run, item] = [crypto.randomUUID(), crypto.randomUUID()];
  const { owner } = api.database;
  await owner.query(
    `insert into legal.claim_run (id, number, ordinal, title, selection, parameters, as_of, state, reason, created_by)
     values ($1, 'TEST-1', 1, 'перевірка', '{}', '{}', '2026-11-23', 'preparing', 'перевірка підпису', 'lawyer')`,
    [run],
  );
  await owner.query(
    `insert into legal.claim_item (id, run_id, ordinal, account_id, provider_id, kind, outcome, snapshot_sha256, pack_id, changed_by)
     values ($1, $2, 1, 1, 1, 'order', 'packed', repeat('0', 64), $3, 'lawyer')`,
    [item, run, packId],
  );
  return item;
}
/** Text of the main part of a DOCX: found by the directory at the end of the ZIP, tags taken off. */
function docxText(zip: Buffer): string {
  let at = zip.readUInt32LE(zip.lastIndexOf('PK\u0005\u0006', undefined, 'latin1') + 16);
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const [size, name, start] = [zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28), zip.readUInt32LE(at + 42)];
    if (zip.toString('utf8', at + 46, at + 46 + name) === 'word/document.xml') {
      const data = start + 30 + zip.readUInt16LE(start + 26) + zip.readUInt16LE(start + 28);
      return inflateRawSync(zip.subarray(data, data + size)).toString('utf8').replaceAll(/<[^>]+>/g, '').replaceAll('&amp;', '&');
    }
    at += 46 + name + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return '';
}
const plain = (text: string): string => text.replaceAll(/[\s\u00A0]+/g, '').replaceAll('\u02BC', '\u2019');

describe.each(['order', 'claim'] as const)('a pack: %s', (kind) => {
  it('the same data give the same pack and the same bytes; its files have the hashes of the manifest', async () => {
    const snapshot = sampleSnapshot({ kind, number: `${kind}-1` });
    const first = await packs.issue(snapshot, 'lawyer');
    const again = await packs.issue(structuredClone(snapshot), 'lawyer');
    expect(again.packId).toBe(first.packId);
    expect(first.manifest.files.map(({ name }) => name)).toEqual(['pack.pdf', 'application.docx', 'calculation.docx']);
    for (const { name, sha256 } of first.manifest.files) expect(hash(await fileOf(first.packId, name))).toBe(sha256);
    const [printer, other] = [api.app.get(PackPrinter, { strict: false }), new PackPrinter()];
    const source = { ...packs.freeze(snapshot), template: (await api.app.get(TemplateStore, { strict: false }).inForce(kind)).template };
    const drawn = [await printer.draw(source), await other.draw(source)].map(({ files }) => files.map(({ bytes }) => hash(bytes)));
    await other.onApplicationShutdown();
    expect(drawn).toEqual([0, 1].map(() => first.manifest.files.map(({ sha256 }) => sha256)));
    const { body } = await post(`legal/packs/${first.packId}/rebuild`, {});
    expect(body).toEqual({ equal: true, files: 3, pages: first.manifest.files[0]?.pages, differences: [] });
  });
  it.each([2, 13, 36])('%i months: the register names the pages on which the documents stand', async (months) => {
    const { packId, manifest } = await packs.issue(sampleSnapshot({ kind, months, number: `${kind}-${months}` }), 'lawyer');
    const pdf = await fileOf(packId, 'pack.pdf');
    const [pages, places] = [await pdfText(pdf), pdfPlaces(pdf)];
    expect([pages.length, manifest.files[0]?.pages]).toEqual([pdfPageCount(pdf), pdfPageCount(pdf)]);
    expect(manifest.parts.map(({ part, firstPage }) => [part, firstPage])).toEqual(manifest.parts.map(({ part }) => [part, places.get(part)]));
    pages.forEach((text, at) => expect(plain(text)).toContain(`арк.${at + 1}з${pages.length}`));
    const register = plain(pages.at(-1) ?? '');
    for (const { part, title, firstPage, pages: count } of manifest.parts.filter((one) => one.part !== 'application' && one.part !== 'annexes')) {
      const range = count === 1 ? `${firstPage}` : `${firstPage}–${firstPage + count - 1}`;
      expect([part, register]).toEqual([part, expect.stringContaining(plain(`${title}${count}${range}`))]);
    }
  });
});

it('the DOCX for the court says what the PDF says', async () => {
  const { packId, manifest } = await packs.issue(sampleSnapshot({ months: 4, number: 'docx' }), 'lawyer');
  const pages = (await pdfText(await fileOf(packId, 'pack.pdf'))).map(plain);
  const [application, calculation] = [await fileOf(packId, 'application.docx'), await fileOf(packId, 'calculation.docx')].map((zip) => plain(docxText(zip)));
  const ends = manifest.parts.find(({ part }) => part === 'debt')?.firstPage ?? 0;
  const printed = pages.slice(0, ends - 1).map((text) => text.replaceAll(/арк\.\d+з\d+|№docx/g, '')).join('');
  expect([...(application ?? '')].toSorted().join('').replaceAll('_', '')).toBe([...printed].toSorted().join(''));
  expect(application).toContain(plain('стягнення з Левицької Ольги Григорівни на користь'));
  expect(calculation).toContain(plain('РОЗРАХУНОКзаборгованості'));
});

describe('names', () => {
  /** Genitives of infra data: D011, D013, D014, D017, D019, D025, D026 of declension-tests.csv. */
  it.each([
    ['Коломієць Лев Якович', 'Коломійця Лева Яковича'],
    ['Горобець Микита Андрійович', 'Горобця Микити Андрійовича'],
    ['Українець Ілля Лукич', 'Українця Іллі Лукича'],
    ['Заєць Роман Богданович', 'Зайця Романа Богдановича'],
    ['Левицька Оксана Андріївна', 'Левицької Оксани Андріївни'],
    ['Осадча Надія Савівна', 'Осадчої Надії Савівни'],
    ['Задорожній Юрій Федорович', 'Задорожнього Юрія Федоровича'],
  ])('%s: з %s', async (name, genitive) => {
    const [surname = '', givenName = '', patronymic = ''] = name.split(' ');
    const { packId, manifest } = await packs.issue(sampleSnapshot({ months: 1, number: name, debtors: [debtor(surname, givenName, patronymic)] }), 'lawyer');
    const text = plain((await pdfText(await fileOf(packId, 'pack.pdf'))).join(' '));
    expect(text).toContain(plain(`стягнення з ${genitive} на користь`));
    expect(text).toContain(plain(`Боржник: ${name}`));
    expect(manifest.marks).toEqual(['Шаблон «Заява про судовий наказ», версія 2: потрібен юрист']);
  });
  it('an unknown surname is marked for the reviewer; an unknown sex is refused by the name', async () => {
    const guessed = await packs.issue(sampleSnapshot({ months: 1, debtors: [debtor('Квазімодненко', 'Іван', 'Петрович')] }), 'lawyer');
    expect(guessed.manifest.marks).toContain('перевірте відмінювання: Квазімодненко Іван Петрович');
    await expect(packs.issue(sampleSnapshot({ debtors: [debtor('Морару', 'Саша', null)] }), 'lawyer')).rejects.toMatchObject({
      code: 'legal.pack.sex-unknown', params: { name: 'Морару Саша' },
    });
  });
  it('several debtors answer together; a minor does not, the one who acts for them does', async () => {
    const child = debtor('Левицький', 'Андрій', 'Юрійович', { minor: true, role: 'resident' });
    const mother = debtor('Левицька', 'Ольга', 'Григорівна', { share: '1/2', actsFor: [child.personId] });
    const father = debtor('Левицький', 'Юрій', 'Петрович', { share: '1/2' });
    const { packId } = await packs.issue(sampleSnapshot({ kind: 'claim', months: 1, number: 'several', debtors: [mother, father, child] }), 'lawyer');
    const text = plain((await pdfText(await fileOf(packId, 'pack.pdf'))).join(' '));
    expect(text).toContain(plain('Стягнути солідарно з Левицької Ольги Григорівни (також як законного представника Левицького Андрія Юрійовича), Левицького Юрія Петровича на користь'));
    expect(text).toContain(plain('законний представник: Левицька Ольга Григорівна'));
  });
});

describe('a rebuilt pack that is not equal names what differs', () => {
  it('another text of the template: its version, the text and the picture of the page, the bytes', async () => {
    const { packId } = await packs.issue(sampleSnapshot({ months: 1, number: 'other-text' }), 'lawyer');
    const { body } = await api.call('GET', 'legal/templates/order/versions/2', lawyer);
    const changed = body.body.replace('послуги надано, плату нараховано', 'послуги надано в повному обсязі, плату нараховано');
    const added = await post('legal/templates/order/versions', { body: changed, reason: 'Уточнення обсягу' });
    expect([added.status, added.body.state]).toEqual([201, 'draft']);
    const store = api.app.get(TemplateStore, { strict: false });
    const { equal, differences } = await packs.compare(packId, await store.version('order', added.body.version), 'lawyer');
    expect(equal).toBe(false);
    expect(new Set(differences.map(({ what, file, page }) => [what, file, page].join(' ').trim()))).toEqual(
      new Set(['template', 'bytes pack.pdf', 'text pack.pdf 1', 'image pack.pdf 1', 'bytes application.docx']),
    );
    expect(plain(differences.find(({ what }) => what === 'text')?.now ?? '')).toContain(plain('надано в повному обсязі'));
  });
  it('a file that changed in the store', async () => {
    const { packId, manifest } = await packs.issue(sampleSnapshot({ months: 1, number: 'damaged' }), 'lawyer');
    const docx = manifest.files.find(({ name }) => name === 'application.docx');
    const { packId: otherId } = await packs.issue(sampleSnapshot({ months: 1, number: 'damaged-2' }), 'lawyer');
    const other = await fileOf(otherId, 'application.docx');
    const store = Reflect.get(packs, 'store');
    const spy = jest.spyOn(store, 'bytes').mockImplementation(async (wanted) => (wanted === docx?.sha256 ? other : Buffer.from(await original.call(store, wanted))));
    const original = Object.getPrototypeOf(store).bytes;
    const { differences } = await packs.rebuild(packId);
    spy.mockRestore();
    expect(differences.map(({ what, file }) => [what, file])).toEqual([['stored', 'application.docx'], ['bytes', 'application.docx']]);
  });
});

describe('signature and withdrawal', () => {
  it('every file has a signature that BouncyCastle accepts; without a key it is refused', async () => {
    const { packId } = await packs.issue(sampleSnapshot({ months: 1, number: 'signed' }), 'lawyer');
    const without = await post(`legal/packs/${packId}/sign`, {});
    expect([without.status, without.body.code ?? without.body.error?.code]).toEqual([422, 'legal.sign.no-key']);
    await api.database.owner.query(
      `insert into tariffs.provider (id, code, name, short_name, kind, edrpou, mfo, iban, active)
       values (901, 'P01', 'КП «Тепло»', 'Тепло', 'enterprise', '03353845', '322313', 'UA213223130000026007233566001', '[1990-01-01,)')`,
    );
    const key = { creditor: 'P01', certificate: testCertificate().toString('base64'), key: testKey().toString('base64'), reason: 'Ключ керівника' };
    expect((await post('legal/signing-keys', { ...key, certificate: testCertificate('2020-01-01', '2025-01-01').toString('base64') })).status).toBe(422);
    expect((await post('legal/signing-keys', key)).body).toMatchObject({ creditor: 'P01', validTo: '2036-01-01', ended: false });
    const { body } = await post(`legal/packs/${packId}/sign`, {});
    expect([body.state, body.manifest.files.length]).toEqual(['signed', 6]);
    for (const name of ['pack.pdf', 'application.docx', 'calculation.docx']) {
      const judged = verify(await fileOf(packId, name), await fileOf(packId, `${name}.p7s`));
      expect(judged).toMatchObject({ detached: 'true', 'der-order': 'true', digest: 'true', signature: 'true' });
    }
    const [sealed] = await api.database.owner.query<{ key_sealed: Buffer }>('select key_sealed from legal.signing_key');
    expect(sealed?.key_sealed.includes(testKey().subarray(-20))).toBe(false);
  });
  it('a pack of a run is not signed before a manager approved it', async () => {
    const { packId } = await packs.issue(sampleSnapshot({ months: 1, number: 'early' }), 'lawyer');
    const item = await packedItem(packId);
    const sign = async (): Promise<unknown> => (await post(`legal/packs/${packId}/sign`, {})).status;
    expect(await sign()).toBe(409);
    await api.database.owner.query(`update legal.claim_item set outcome = 'approved' where id = $1`, [item]);
    expect(await sign()).toBe(201);
  });
  it('a withdrawn pack stays readable, is not signed, and the same data give a new one', async () => {
    const snapshot = sampleSnapshot({ months: 1, number: 'withdrawn' });
    const { packId } = await packs.issue(snapshot, 'lawyer');
    const { body } = await post(`legal/packs/${packId}/withdraw`, { reason: 'Надійшла оплата' });
    expect([body.state, body.events.at(-1)]).toEqual(['withdrawn', expect.objectContaining({ kind: 'withdrawn', by: 'lawyer', reason: 'Надійшла оплата' })]);
    expect((await post(`legal/packs/${packId}/sign`, {})).status).toBe(409);
    expect((await post(`legal/packs/${packId}/withdraw`, { reason: 'Ще раз те саме' })).status).toBe(409);
    await fileOf(packId, 'pack.pdf');
    expect((await packs.issue(snapshot, 'lawyer')).packId).not.toBe(packId);
  });
  it('taking a document out leaves a row of the audit; the register of packs is summed', async () => {
    const { packId } = await packs.issue(sampleSnapshot({ months: 1, number: 'part', account: '0421057319' }), 'lawyer');
    const { bytes } = await api.call('GET', `legal/packs/${packId}/parts/tariffs`, lawyer);
    expect(pdfPageCount(bytes) || (await pdfText(bytes)).length).toBe(1);
    expect(plain((await pdfText(bytes)).join(''))).toContain('ПЕРЕЛІКТАРИФІВ');
    const rows = await api.database.owner.query(`select 1 from platform.audit_entry where action = 'legal.pack.download' and subject = $1`, [`legal-pack/${packId}`]);
    expect(rows).toHaveLength(1);
    const { body } = await api.call('GET', 'legal/packs?q=0421057319', lawyer);
    expect([body.items.length, body.totals.count, body.totals.sums.total]).toEqual([1, 1, body.items[0].total]);
  });
});

describe('templates', () => {
  it('an unknown field is refused with its name and place', async () => {
    const { body } = await api.call('GET', 'legal/templates/claim/versions/2', lawyer);
    const line = body.body.split('\n').findIndex((text: string) => text.includes('{{premises.address}}')) + 1;
    const { status, body: refused } = await post('legal/templates/claim/versions', { body: body.body.replace('{{premises.address}}', '{{premises.adress}}'), reason: 'Помилка друку' });
    expect(status).toBe(422);
    expect(JSON.stringify(refused)).toContain('legal.template.field-unknown');
    expect(JSON.stringify(refused)).toContain(`Рядок ${line}, частина application: поля «premises.adress» немає`);
  });
  it('a new version is tried on an account, approved by a second person, and only then in force', async () => {
    const account = '0421057327';
    await packs.issue(sampleSnapshot({ months: 1, number: 'preview', account, kind: 'claim' }), 'lawyer');
    const { body } = await api.call('GET', 'legal/templates/claim/versions/2', lawyer);
    const text = body.body.replace('## ПРОШУ:', '## ПРОСИМО СУД:');
    const { body: added } = await post('legal/templates/claim/versions', { body: text, reason: 'Звертання до суду' });
    const preview = (number: string) => api.call('GET', `legal/templates/claim/versions/${added.version}/preview?account=${number}`, lawyer);
    expect(plain((await pdfText((await preview(account)).bytes)).join(' '))).toContain('ПРОСИМОСУД:');
    expect((await preview('0000000000')).status).toBe(404);
    const asked = await post(`legal/templates/claim/versions/${added.version}/approval`, { reason: 'Прошу затвердити' });
    expect(asked.status).toBe(201);
    const own = await post(`administration/approvals/${asked.body.approvalId}/approve`, {});
    expect(own.status).toBe(403);
    const inForce = async (): Promise<number> => (await api.app.get(TemplateStore, { strict: false }).inForce('claim')).version;
    expect(await inForce()).toBe(2);
    const done = await post(`administration/approvals/${asked.body.approvalId}/approve`, {}, head);
    expect([done.status, await inForce()]).toEqual([done.status, added.version]);
    const { body: list } = await api.call('GET', 'legal/templates', lawyer);
    expect(list.items.filter((one: { code: string }) => one.code === 'claim').map((one: { state: string; inForce: boolean }) => [one.state, one.inForce])).toEqual([
      ['approved', true], ['approved', false], ['approved', false],
    ]);
    await expect(api.database.db.query('update legal.template set body = body')).rejects.toThrow(/permission denied/);
    await expect(api.database.db.query('delete from legal.pack')).rejects.toThrow(/permission denied/);
  });
});

it('a snapshot with a field that nobody knows is refused', () => {
  expect(PackSnapshot.safeParse({ ...sampleSnapshot({ months: 1 }), colour: 'red' }).success).toBe(false);
});
