import { DomainError, notFound } from '@komplat/kernel';
import { Database, Messages, type Tx } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { PACK_PARTS } from '../../contract/pack.schema.ts';
import type { TemplateVersion } from '../../contract/template.schema.ts';
import { PACK_FIELDS } from './field-set.ts';
import { parseTemplate, type Template } from './template.ts';

export interface TemplateRow {
  readonly code: TemplateVersion['code'];
  readonly version: number;
  readonly body: string;
  readonly sha256: string;
  readonly mark: string;
  readonly reason: string;
  readonly created_by: string;
  readonly created_at: Date;
  readonly state: TemplateVersion['state'];
  readonly in_force: boolean;
  readonly decided_by: string | null;
}
export interface StoredTemplate {
  readonly code: string;
  readonly version: number;
  readonly sha256: string;
  readonly mark: string;
  readonly template: Template;
}
const ROWS = `
  select t.*, d.decided_by,
    case when d.approved then 'approved' when not d.approved then 'rejected'
      when exists (select from platform.approval a where a.action = 'legal.template-approve' and a.state = 'waiting' and a.expires_at > now()
        and a.subject = 'legal-template/' || t.code || '/' || t.version) then 'waiting' else 'draft' end as state,
    coalesce(d.approved, false) and t.version = (select max(o.version) from legal.template_decision o where o.code = t.code and o.approved) as in_force
  from legal.template t left join legal.template_decision d using (code, version)`;
const KEPT = 40;

/** Texts of packs: the newest approved version of a code is in force. */
@Injectable()
export class TemplateStore {
  /** A version never changes: its parsed form is kept by its hash. */
  readonly #parsed = new Map<string, Template>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /** What a lawyer still has to decide about a template, in words. */
  markText(kind: 'order' | 'claim', { version, mark }: StoredTemplate): string {
    const say = (key: string, params = {}): string => this.messages.text('uk', key, params);
    const word = `debt.ui.mark.${mark.replaceAll(' ', '-')}`;
    return say('legal.ui.claims.mark-template', { kind: say(`legal.ui.packs.kind-${kind}`), version, mark: this.messages.has(word) ? say(word) : mark });
  }

  async rows(): Promise<readonly TemplateRow[]> {
    return this.database.query<TemplateRow>(`select * from (${ROWS}) q order by code desc, version desc`);
  }

  async row(sql: Pick<Tx, 'query'>, code: string, version: number): Promise<TemplateRow> {
    const [row] = await sql.query<TemplateRow>(`select * from (${ROWS}) q where code = $1 and version = $2`, [code, version]);
    if (!row) throw notFound('legal.template.unknown', { code, version });
    return row;
  }

  async version(code: string, version: number): Promise<StoredTemplate> {
    return this.stored(await this.row(this.database, code, version));
  }

  async inForce(code: string): Promise<StoredTemplate> {
    const [row] = await this.database.query<TemplateRow>(`select * from (${ROWS}) q where code = $1 and in_force`, [code]);
    if (!row) throw new DomainError('legal.template.none-approved', { code });
    return this.stored(row);
  }

  private stored(row: TemplateRow): StoredTemplate {
    const { code, version, sha256, mark } = row;
    const template = this.#parsed.get(sha256) ?? readTemplate(row.body);
    if (this.#parsed.size >= KEPT) this.#parsed.clear();
    this.#parsed.set(sha256, template);
    return { code, version, sha256, mark, template };
  }
}

/** Refuses `legal.template.*` with the line and the name that is wrong. */
export const readTemplate = (body: string): Template => parseTemplate(body, PACK_FIELDS, PACK_PARTS);
