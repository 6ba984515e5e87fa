import { buffer } from 'node:stream/consumers';
import { conflict, Money, notFound } from '@komplat/kernel';
import { audit, canonicalJson, Database, FileStore, type ListDef, readList, sha256, type Tx } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { PackManifest, PackSnapshot } from '../../contract/pack.schema.ts';
import type { PackDetail, PackDifference, PackEvent, PackList, PackQuery, PackRow } from '../../contract/pack-view.schema.ts';
import type { PackNames } from '../templates/fields.ts';
import type { DrawnFile } from './pack-printer.ts';

const FILE_LIMIT = 64 * 1_048_576;
const JSON_TYPE = 'application/json';
export const SIGNATURE_TYPE = 'application/pkcs7-signature';

const PACKS = `
  select p.*, coalesce(v.short_name, p.creditor) as creditor_name, coalesce((select case when bool_or(e.kind = 'withdrawn') then 'withdrawn' when bool_or(e.kind = 'signed') then 'signed' end
    from legal.pack_event e where e.pack_id = p.id and e.kind in ('signed', 'withdrawn')), 'issued') as state from legal.pack p left join tariffs.pub_provider_v1 v on v.code = p.creditor`;
const LIST: ListDef = {
  sql: `select * from (${PACKS}) l where ($1::text is null or l.number = $1 or l.account = $1) and ($2::text is null or l.kind = $2)
    and ($3::text is null or l.state = $3)`,
  id: { column: 'id', type: 'uuid' },
  sorts: {
    issuedAt: { column: 'issued_at', type: 'timestamptz' },
    number: { column: 'number', type: 'text' },
    account: { column: 'account', type: 'text' },
    total: { column: 'total_kop', type: 'int8' },
  },
  first: '-issuedAt',
  sums: { total: 'total_kop' },
};

interface Row {
  readonly id: string;
  readonly number: string;
  readonly kind: PackRow['kind'];
  readonly account: string;
  readonly creditor: string;
  readonly creditor_name: string;
  readonly total_kop: bigint;
  readonly prepared_on: string;
  readonly snapshot_sha256: string;
  readonly template_code: string;
  readonly template_version: number;
  readonly manifest: unknown;
  readonly issued_by: string;
  readonly issued_at: Date;
  readonly state: PackRow['state'];
}
export interface StoredPack extends PackRow {
  readonly manifest: PackManifest;
}
const Frozen = z.strictObject({
  snapshot: PackSnapshot,
  names: z.record(z.string(), z.strictObject({ genitive: z.string(), dative: z.string(), certain: z.boolean() })),
});
/** Data of a pack as they were frozen: kept as an encrypted file, since they name people. */
export interface Frozen {
  readonly snapshot: PackSnapshot;
  readonly names: PackNames;
}
export interface NewEvent {
  readonly kind: PackEvent['kind'];
  readonly by: string;
  readonly reason?: string;
  readonly differences?: readonly PackDifference[];
}

/** Issued packs: rows that are only added, files under their hashes. */
@Injectable()
export class PackStore {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FileStore) private readonly files: FileStore,
  ) {}

  async list({ q, kind, state, ...ask }: PackQuery): Promise<PackList> {
    const { rows, ...rest } = await readList<Row>(this.database, LIST, [q ?? null, kind ?? null, state ?? null], ask);
    return { items: rows.map(rowOf), ...rest };
  }

  async one(id: string): Promise<StoredPack> {
    const [row] = await this.database.query<Row>(`select * from (${PACKS}) q where q.id = $1`, [id]);
    if (!row) throw notFound('legal.pack.unknown', { id });
    const signed = await this.database.query<{ name: string; sha256: string; media_type: string }>(
      'select name, sha256, media_type from legal.pack_file where pack_id = $1 and media_type = $2 order by name', [id, SIGNATURE_TYPE],
    );
    const manifest = PackManifest.parse(row.manifest);
    const files = manifest.files.map((file) => ({ ...file, signed: signed.some(({ name }) => name === `${file.name}.p7s`) }));
    const signatures = signed.map(({ name, sha256: hash, media_type: mediaType }) => ({ name, mediaType, sha256: hash, pages: null, signed: false }));
    return { ...rowOf(row), manifest: { ...manifest, files: [...files, ...signatures] } };
  }

  async detail(id: string): Promise<PackDetail> {
    const pack = await this.one(id);
    const events = await this.database.query<{ kind: PackEvent['kind']; at: Date; by: string; reason: string | null; differences: readonly unknown[] | null }>(
      'select kind, at, by, reason, differences from legal.pack_event where pack_id = $1 order by id', [id],
    );
    return {
      ...pack,
      events: events.map(({ at, differences, ...event }) => ({ ...event, at: at.toISOString(), differences: differences?.length ?? null })),
    };
  }

  /** The pack that was issued from these data by this template and is not withdrawn. */
  async same(sql: Pick<Tx, 'query'>, snapshotSha256: string, code: string, version: number): Promise<string | undefined> {
    const [row] = await sql.query<{ id: string }>(
      `select q.id from (${PACKS}) q where q.snapshot_sha256 = $1 and q.template_code = $2 and q.template_version = $3 and q.state <> 'withdrawn'`,
      [snapshotSha256, code, version],
    );
    return row?.id;
  }

  /** Newest frozen data of an account for a kind of pack. */
  async latestOf(account: string, kind: PackRow['kind']): Promise<Frozen | undefined> {
    const [row] = await this.database.query<{ snapshot_sha256: string }>(
      'select snapshot_sha256 from legal.pack where account = $1 and kind = $2 order by issued_at desc, id desc limit 1', [account, kind],
    );
    return row && this.frozen(row.snapshot_sha256);
  }

  async insert(tx: Tx, id: string, { snapshot }: Frozen, manifest: PackManifest, by: string): Promise<void> {
    await tx.query(
      `insert into legal.pack (id, number, kind, account, creditor, total_kop, prepared_on, snapshot_sha256, template_code, template_version, manifest, issued_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        id, snapshot.number, snapshot.kind, snapshot.account, snapshot.creditor.code, Money.parse(snapshot.total).kop, snapshot.preparedOn,
        manifest.snapshotSha256, manifest.template.code, manifest.template.version, JSON.stringify(manifest), by,
      ],
    );
    await this.addFiles(tx, id, manifest.files);
    await this.event(tx, id, { kind: 'issued', by });
  }

  async addFiles(tx: Tx, id: string, files: readonly Pick<PackManifest['files'][number], 'name' | 'mediaType' | 'sha256' | 'pages'>[]): Promise<void> {
    await tx.query(
      `insert into legal.pack_file (pack_id, name, media_type, sha256, pages)
       select $1, * from unnest($2::text[], $3::text[], $4::text[], $5::int[]) on conflict do nothing`,
      [id, files.map(({ name }) => name), files.map(({ mediaType }) => mediaType), files.map(({ sha256: hash }) => hash), files.map(({ pages }) => pages)],
    );
  }

  /** Leaves the event and its audit row; what may happen once is refused the second time. */
  async event(tx: Pick<Tx, 'query'>, id: string, { kind, by, reason, differences }: NewEvent): Promise<void> {
    const made = await tx.query(
      'insert into legal.pack_event (pack_id, kind, by, reason, differences) values ($1, $2, $3, $4, $5) on conflict do nothing returning id',
      [id, kind, by, reason ?? null, differences ? JSON.stringify(differences) : null],
    );
    if (made.length === 0) throw conflict('legal.pack.already', { id, kind });
    const after = differences ? { differences: differences.length } : undefined;
    await audit(tx, { actor: { login: by }, action: `legal.pack.${kind}`, subject: `legal-pack/${id}`, ...(reason ? { reason } : {}), ...(after ? { after } : {}) });
  }

  async keep({ bytes, mediaType }: Pick<DrawnFile, 'bytes' | 'mediaType'>): Promise<string> {
    const { sha256: hash } = await this.files.put(bytes, 'legal-pack', mediaType, FILE_LIMIT);
    return hash;
  }
  async keepFrozen(frozen: Frozen): Promise<string> {
    return this.keep({ bytes: Buffer.from(canonicalJson(frozen)), mediaType: JSON_TYPE });
  }
  async bytes(hash: string): Promise<Buffer> {
    return buffer(await this.files.open(hash));
  }
  async frozen(hash: string): Promise<Frozen> {
    const text = (await this.bytes(hash)).toString('utf8');
    return Frozen.parse(JSON.parse(text));
  }
}

export const hashOfFrozen = (frozen: Frozen): string => sha256(canonicalJson(frozen));

const rowOf = (row: Row): PackRow => ({
  id: row.id,
  number: row.number,
  kind: row.kind,
  account: row.account,
  creditor: row.creditor,
  creditorName: row.creditor_name,
  total: Money.ofKop(row.total_kop).toString(),
  preparedOn: row.prepared_on,
  state: row.state,
  issuedAt: row.issued_at.toISOString(),
  issuedBy: row.issued_by,
});
