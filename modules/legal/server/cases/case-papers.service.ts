import type { Readable } from 'node:stream';
import { Money, notFound } from '@komplat/kernel';
import { type Actor, Database, FileStore } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { CaseFileKept, PretensionText } from '../../contract/case.schema.ts';
import { amountText } from '../templates/words.ts';
import { mediaTypeOf } from './case-acts.service.ts';
import { refuseForeign } from './case-scope.ts';
import { caseRow, operatingDay, partsOf } from './case-store.ts';
import { CaseTerms } from './case-terms.ts';

const LIMIT = 20 * 1_048_576;
interface Addressee {
  readonly holder: string;
  readonly address: string;
  readonly provider: string;
  readonly iban: string | null;
  readonly services: readonly string[];
}
const words = (day: string): string => day.split('-').toReversed().join('.');

/** Scans of a case and the text of its pretension. */
@Injectable()
export class CasePapers {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FileStore) private readonly files: FileStore,
    @Inject(CaseTerms) private readonly terms: CaseTerms,
  ) {}

  /** Keeps a scan; an act names it by its hash. Refuses `legal.case.file-kind` and a file above 20 MB. */
  async keep(content: Readable | Uint8Array, name: string): Promise<CaseFileKept> {
    const { sha256, size } = await this.files.put(content, 'legal-case-paper', mediaTypeOf(name), LIMIT);
    return { sha256, size };
  }

  async open(id: string, documentId: string, actor: Actor): Promise<{ content: Readable; name: string; mediaType: string }> {
    refuseForeign(await caseRow(this.database, id), actor);
    const [found] = await this.database.query<{ sha256: string; name: string; mediaType: string }>(
      `select sha256, file_name as name, media_type as "mediaType" from legal.case_document where id = $1 and case_id = $2 and sha256 is not null`,
      [documentId, id],
    );
    if (!found) throw notFound('legal.case.file-unknown', { id: documentId });
    return { content: await this.files.open(found.sha256), name: found.name, mediaType: found.mediaType };
  }

  /** What the pretension says, from the case alone: the creditor, the months, the sum and the term of the answer. */
  async pretension(id: string, actor: Actor): Promise<PretensionText> {
    return this.database.transaction(async (tx) => {
      const row = await caseRow(tx, id);
      refuseForeign(row, actor);
      const [to] = await tx.query<Addressee>(ADDRESSEE, [id]);
      if (!to) throw notFound('legal.case.unknown', { id });
      const parts = await partsOf(tx, id);
      const sum = amountText(Money.ofKop(parts.reduce((total, { outstanding }) => total + outstanding, 0n)).toString());
      const months = parts.flatMap(({ period }) => (period ? [period.slice(0, 7)] : [])).toSorted();
      const until = row.answerUntil ?? (await this.terms.lastDay(tx, 'pretension-answer', await operatingDay(tx)));
      return {
        number: row.number,
        title: `Претензія за особовим рахунком ${row.account}`,
        paragraphs: [
          `Кому: ${to.holder}, ${to.address}.`,
          `Кредитор: ${to.provider}.`,
          `За вами обліковується заборгованість за послуги (${to.services.join(', ')}) за ${words(months[0] ?? '')} – ${words(months.at(-1) ?? '')} на суму ${sum} грн.`,
          `Просимо сплатити борг${to.iban ? ` на рахунок ${to.iban}` : ''} протягом строку відповіді, який спливає через 30 календарних днів від вручення (орієнтовно ${words(until)}).`,
          'Якщо борг не буде сплачено або не буде укладено договір про реструктуризацію, кредитор звернеться до суду; до боргу додадуться інфляційні втрати, 3 % річних (ст. 625 ЦКУ) та судовий збір.',
        ],
      };
    });
  }
}

const ADDRESSEE = `select h.full_name as holder, d.address, p.name as provider, p.iban,
    array(select distinct s.name from legal.case_part q join tariffs.pub_service_v1 s on s.id = q.service_id where q.case_id = c.id order by 1) as services
  from legal.case_file c join registry.pub_account_v1 a on a.account_id = c.account_id join registry.pub_holder_v1 h on h.account_id = c.account_id
  join registry.pub_address_v1 d on d.premises_id = a.premises_id join tariffs.pub_provider_v1 p on p.id = c.provider_id where c.id = $1`;
