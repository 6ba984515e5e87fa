import { conflict, notFound } from '@komplat/kernel';
import type { ApprovalAction, ApprovalContext, SqlTx } from '@komplat/plugin-api';
import { type Actor, Approvals, audit, Database, sha256, type Tx } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { LEGAL_PERMISSIONS as P } from '../../contract/permissions.ts';
import type { NewTemplate, TemplateAsked, TemplatePreview, TemplateText, TemplateVersion, TemplateVersions } from '../../contract/template.schema.ts';
import { PackStore } from '../packs/pack-store.ts';
import { PacksService } from '../packs/packs.service.ts';
import { PACK_FIELDS } from './field-set.ts';
import { readTemplate, type TemplateRow, TemplateStore } from './template-store.ts';
import type { FieldSet } from './template.ts';

export const TEMPLATE_APPROVE = 'legal.template-approve';
const Payload = z.object({ code: z.enum(['order', 'claim']), version: z.number().int(), sha256: z.string() });
type Payload = z.infer<typeof Payload>;
const subjectOf = ({ code, version }: Pick<Payload, 'code' | 'version'>): string => `legal-template/${code}/${version}`;

/** Texts of packs: written by one person, tried on a real account, approved by another before packs are drawn from them. */
@Injectable()
export class TemplatesService implements ApprovalAction {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TemplateStore) private readonly store: TemplateStore,
    @Inject(PackStore) private readonly packs: PackStore,
    @Inject(PacksService) private readonly drawing: PacksService,
  ) {}

  async list(): Promise<TemplateVersions> {
    return { items: (await this.store.rows()).map(viewOf), fields: fieldList(PACK_FIELDS) };
  }

  async text(code: string, version: number): Promise<TemplateText> {
    const row = await this.store.row(this.database, code, version);
    return { ...viewOf(row), body: row.body };
  }

  async add(code: Payload['code'], { body, mark, reason }: NewTemplate, actor: Actor): Promise<TemplateText> {
    readTemplate(body);
    const version = await this.database.transaction(async (tx) => {
      await tx.query('select pg_advisory_xact_lock(hashtext($1))', [`legal.template ${code}`]);
      const [row] = await tx.query<{ version: number }>(
        `insert into legal.template (code, version, body, sha256, mark, reason, created_by)
         select $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5, $6 from legal.template where code = $1 returning version`,
        [code, body, sha256(body), mark, reason, actor.login],
      );
      const made = row?.version ?? 0;
      await audit(tx, { actor, action: 'legal.template.add', subject: subjectOf({ code, version: made }), after: { sha256: sha256(body) }, reason });
      return made;
    });
    return this.text(code, version);
  }

  /** A version on the newest frozen data of an account; refuses `legal.template.no-data` when nothing was prepared for it yet. */
  async preview(code: Payload['code'], version: number, { account }: TemplatePreview): Promise<Uint8Array> {
    const { template } = await this.store.version(code, version);
    const frozen = await this.packs.latestOf(account, code);
    if (!frozen) throw notFound('legal.template.no-data', { account, code });
    return this.drawing.preview(frozen, template);
  }

  async ask(code: Payload['code'], version: number, reason: string, actor: Actor): Promise<TemplateAsked> {
    const approvalId = await this.database.transaction(async (tx) => {
      const row = await this.undecided(tx, code, version);
      readTemplate(row.body);
      return Approvals.request(tx, {
        module: 'legal',
        action: TEMPLATE_APPROVE,
        subject: subjectOf({ code, version }),
        permission: P.templateApprove.id,
        payload: { code, version, sha256: row.sha256 },
        messageKey: `legal.template.approval-${code}`,
        messageParams: { version },
        reason,
        actor,
      });
    });
    return { approvalId };
  }

  async approved(payload: unknown, context: ApprovalContext): Promise<void> {
    await this.decide(payload, context, true);
  }
  async rejected(payload: unknown, context: ApprovalContext): Promise<void> {
    await this.decide(payload, context, false);
  }

  private async decide(payload: unknown, { tx, requestedBy, decidedBy, reason }: ApprovalContext, isApproved: boolean): Promise<void> {
    const { code, version } = Payload.parse(payload);
    await this.undecided(tx, code, version);
    await tx.query(
      'insert into legal.template_decision (code, version, approved, reason, asked_by, decided_by) values ($1, $2, $3, $4, $5, $6)',
      [code, version, isApproved, reason, requestedBy, decidedBy],
    );
  }

  private async undecided(tx: SqlTx | Tx, code: string, version: number): Promise<TemplateRow> {
    const row = await this.store.row(tx, code, version);
    if (row.state === 'approved' || row.state === 'rejected') throw conflict('legal.template.decided', { version, state: row.state });
    return row;
  }
}

const viewOf = (row: TemplateRow): TemplateVersion => ({
  code: row.code,
  version: row.version,
  state: row.state,
  inForce: row.in_force,
  sha256: row.sha256,
  mark: row.mark,
  reason: row.reason,
  createdBy: row.created_by,
  createdAt: row.created_at.toISOString(),
  decidedBy: row.decided_by,
});

const fieldList = (fields: FieldSet): TemplateVersions['fields'] =>
  Object.entries(fields).map(([name, kind]) =>
    typeof kind === 'object' ? { name, kind: 'rows', of: Object.keys(kind) } : { name, kind, of: [] },
  );
