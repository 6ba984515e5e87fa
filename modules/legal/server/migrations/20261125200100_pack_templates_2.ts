import { Migration } from '@mikro-orm/migrations';
import { CLAIM_1, ORDER_1, version } from './20261125110100_pack_templates.ts';

type Change = readonly [was: string, now: string];
const INTO_BOTH: readonly Change[] = [
  ['За період {{period.fromName}} – {{period.toName}} станом', 'За період з {{period.fromGenitive}} по {{period.toName}} станом'],
  ['за період {{period.fromName}} – {{period.toName}} у сумі', 'за період з {{period.fromGenitive}} по {{period.toName}} у сумі'],
  ['. Період: {{period.fromName}} – {{period.toName}};', '. Період: з {{period.fromGenitive}} по {{period.toName}};'],
  ['{{#several}}внесли{{/several}}{{^several}}вніс (не внесла){{/several}}', '{{didPay}}'],
  ['- {{name}} — {{debt}} грн;', '- {{name}} — {{debt}} грн{{#last}}.{{/last}}{{^last}};{{/last}}'],
  ['{{#creditor.iban}}, IBAN {{creditor.iban}}{{/creditor.iban}}) заборгован', ') заборгован'],
  ['({{role}}{{#share}}', '({{roleWord}}{{#share}}'],
  ['{{relation}}{{#from}}, зареєстровано з {{from}}{{/from}}', '{{residence}}{{#from}} з {{from}}{{/from}}'],
  [
    `{{#fee.reference}}
- Документ про сплату судового збору {{fee.reference}}{{#fee.paidOn}} від {{fee.paidOn}}{{/fee.paidOn}}
{{/fee.reference}}`,
    `{{#hasFee}}
- Документ про сплату судового збору у сумі {{fee.toPay}} грн{{#fee.paidOn}} від {{fee.paidOn}}{{/fee.paidOn}}
{{/hasFee}}`,
  ],
  [
    `{{#fee.reference}}
. Окремо додано: документ про сплату судового збору {{fee.reference}}{{#fee.paidOn}} від {{fee.paidOn}}{{/fee.paidOn}}.
{{/fee.reference}}`,
    `{{#hasFee}}
. Окремо додано: документ про сплату судового збору у сумі {{fee.toPay}} грн{{#fee.paidOn}} від {{fee.paidOn}}{{/fee.paidOn}}.
{{/hasFee}}`,
  ],
  ['@table 14c 38l 18r 17r 17.5r 14r 15.5r 17r 18r', '{{#hasStatement}}\n@table 14c 38l 18r 17r 17.5r 14r 15.5r 17r 18r'],
  [
    '{{statement.subsidy}} | {{statement.paid}} |\n@end',
    '{{statement.subsidy}} | {{statement.paid}} |\n@end\n{{/hasStatement}}\n{{^hasStatement}}\n. У закритих місяцях цього періоду руху за рахунком немає.\n{{/hasStatement}}',
  ],
  ['@table 44l 19c 20r 22c 65l', '{{#hasTariffs}}\n@table 44l 19c 20r 22c 65l'],
  ['{{unit}} | {{decision}}\n{{/tariffs}}\n@end', '{{unit}} | {{decision}}\n{{/tariffs}}\n@end\n{{/hasTariffs}}\n{{^hasTariffs}}\n. Тарифи за цей період додано окремими рішеннями.\n{{/hasTariffs}}'],
  ['{{balance}} | {{index}} |', '{{balance}} | {{indexShort}} |'],
];
/** An order carries no penalty: its table has room for the index. */
const INTO_ORDER: readonly Change[] = [
  ['| Розрахунок інфляційних втрат, процентів річних, пені\n', '| Розрахунок інфляційних втрат і процентів річних\n'],
  ['## інфляційних втрат, процентів річних{{#hasPenalty}} та пені{{/hasPenalty}}', '## інфляційних втрат і процентів річних'],
  ['@table 14c 38l 18.5c 18.5c 10r 17r 14.5c 16.5r 13.5r 12r', '@table 14c 40l 18.5c 18.5c 10r 18r 18c 19r 16.5r'],
  ['{{rate}} % річних, грн | Пеня, грн', '{{rate}} % річних, грн'],
  ['{{inflation}} | {{interest}} | {{penalty}}\n{{/additions}}', '{{inflation}} | {{interest}}\n{{/additions}}'],
  ['|= Разом | | | | | | | {{inflation}} | {{interest}} | {{penalty}}', '|= Разом | | | | | | | {{inflation}} | {{interest}}'],
];
const INTO_CLAIM: readonly Change[] = [
  ['- {{rate}} % річних — **{{interest}} грн**;', '- {{rate}} % річних — **{{interest}} грн**{{#hasPenalty}};{{/hasPenalty}}{{^hasPenalty}}.{{/hasPenalty}}'],
  ['— **{{penalty}} грн**;', '— **{{penalty}} грн**.'],
  ['@table 14c 38l 18.5c 18.5c 10r 17r 14.5c 16.5r 13.5r 12r', '@table 14c 35l 18.5c 18.5c 10r 17r 17.5c 16.5r 13.5r 12r'],
];
/** The text with the changes; one that fits nowhere is a mistake of the migration. */
function changed(body: string, changes: readonly Change[]): string {
  return changes.reduce((text, [was, now]) => {
    if (!text.includes(was)) throw new RangeError(`the template has no text: ${was}`);
    return text.replaceAll(was, now);
  }, body.replaceAll('@sign {{creditor.post}}', '@sign {{creditor.postTitle}}'));
}

/** After whole packs were read page by page: words by the sex of the debtor, months in their cases, no inner codes, no empty tables. */
export const ORDER_2 = changed(ORDER_1, [...INTO_BOTH, ...INTO_ORDER]);
export const CLAIM_2 = changed(CLAIM_1, [...INTO_BOTH, ...INTO_CLAIM]);

export class LegalPackTemplates2 extends Migration {
  up(): void {
    this.addSql(version('order', 2, ORDER_2, 'Виправлено відмінки, роди, таблиці'));
    this.addSql(version('claim', 2, CLAIM_2, 'Виправлено відмінки, роди, таблиці'));
  }
}
