import type { FieldSet } from './template.ts';

const texts = (...names: readonly string[]): FieldSet => Object.fromEntries(names.map((name) => [name, 'text' as const]));

const DEBTOR: FieldSet = {
  ...texts('name', 'nameGenitive', 'nameDative', 'birth', 'taxNumber', 'address', 'phone', 'role', 'roleWord', 'share', 'representative', 'actsFor'),
  minor: 'flag',
};

/** Names that templates of packs may use; a name that is not here is refused. */
export const PACK_FIELDS: FieldSet = {
  ...texts('number', 'preparedOn', 'asOf', 'account', 'premises.address', 'premises.area', 'premises.kind'),
  ...texts('court.name', 'court.nameGenitive', 'court.nameDative', 'court.address', 'court.email'),
  ...texts('creditor.name', 'creditor.edrpou', 'creditor.address', 'creditor.phone', 'creditor.email', 'creditor.iban', 'creditor.bank'),
  ...texts('creditor.post', 'creditor.postTitle', 'creditor.head', 'creditor.signature', 'authority.number', 'authority.from', 'authority.until', 'ground'),
  ...texts('period.from', 'period.to', 'period.fromName', 'period.toName', 'period.fromGenitive', 'didPay'),
  ...texts('method', 'methodText', 'rate', 'penaltyRate', 'indexVersion', 'calculatedOn', 'principal', 'inflation', 'interest', 'penalty'),
  ...texts('days', 'total', 'totalWithFee'),
  ...texts('fee.amount', 'fee.credited', 'fee.toPay', 'fee.recipient', 'fee.iban', 'fee.paidOn', 'fee.reference'),
  ...texts('items.charged', 'items.covered', 'items.debt', 'payments.amount'),
  ...texts('statement.charged', 'statement.recalculated', 'statement.benefit', 'statement.subsidy', 'statement.paid'),
  hasFee: 'flag',
  hasStatement: 'flag',
  hasTariffs: 'flag',
  hasInflation: 'flag',
  hasInterest: 'flag',
  hasPenalty: 'flag',
  several: 'flag',
  debtors: DEBTOR,
  payers: DEBTOR,
  services: texts('name', 'debt'),
  items: texts('service', 'month', 'charged', 'covered', 'debt', 'dueOn', 'limitationEndsOn'),
  additions: texts('month', 'service', 'from', 'to', 'days', 'balance', 'index', 'indexShort', 'inflation', 'interest', 'penalty'),
  statement: texts('month', 'service', 'opening', 'charged', 'recalculated', 'benefit', 'subsidy', 'paid', 'closing'),
  payments: texts('day', 'amount', 'channel'),
  tariffs: texts('service', 'from', 'price', 'unit', 'decision'),
  residents: texts('name', 'birth', 'relation', 'residence', 'from', 'to'),
  annexes: texts('title', 'pages', 'range'),
};
