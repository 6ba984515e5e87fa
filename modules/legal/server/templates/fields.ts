import { Dec, Money } from '@komplat/kernel';
import type { PackPart, PackSnapshot } from '../../contract/pack.schema.ts';
import {
  amountText, dayText, decimalText, didPayText, METHODS, monthGenitive, monthName, monthText, nameText, RESIDENCES, ROLES, roleText,
} from './words.ts';
import type { Values } from './template.ts';

/** Full names of the debtors in the cases of a court paper, by person; frozen with the snapshot. */
export interface PackNames {
  readonly [personId: string]: { readonly genitive: string; readonly dative: string; readonly certain: boolean };
}
/** One document of the pack in the register: pages from–to of the whole. */
export interface Annex {
  readonly part: PackPart;
  readonly title: string;
  readonly firstPage: number;
  readonly pages: number;
}

type Debtor = PackSnapshot['debtors'][number];
/** Decimals of an index on paper; the calculation keeps all of them. */
const INDEX_DIGITS = 6;
const money = (texts: readonly string[]): string => Money.sum(texts.map((text) => Money.parse(text))).toString();
const isMoney = (text: string): boolean => Money.parse(text).kop !== 0n;

/** Everything that a template may print, from the frozen snapshot alone. */
export function packValues(snapshot: PackSnapshot, names: PackNames, annexes: readonly Annex[]): Values {
  const payers = snapshot.debtors.filter(({ minor }) => !minor);
  return {
    ...heads(snapshot),
    ...sums(snapshot),
    debtors: snapshot.debtors.map((debtor) => debtorRow(debtor, snapshot.debtors, names)),
    payers: payers.map((debtor) => debtorRow(debtor, snapshot.debtors, names)),
    several: payers.length > 1,
    didPay: didPayText(payers),
    hasStatement: snapshot.statement.length > 0,
    hasTariffs: snapshot.tariffs.length > 0,
    services: servicesOf(snapshot),
    items: snapshot.items.map((item) => ({
      service: item.serviceName,
      month: monthText(item.month),
      charged: amountText(item.charged),
      covered: amountText(item.covered),
      debt: amountText(item.debt),
      dueOn: dayText(item.dueOn),
      limitationEndsOn: dayText(item.limitationEndsOn),
    })),
    additions: additionRows(snapshot),
    statement: snapshot.statement.map((row) => ({
      month: monthText(row.month),
      service: serviceName(snapshot, row.service),
      opening: amountText(row.opening),
      charged: amountText(row.charged),
      recalculated: amountText(row.recalculated),
      benefit: amountText(row.benefit),
      subsidy: amountText(row.subsidy),
      paid: amountText(row.paid),
      closing: amountText(row.closing),
    })),
    payments: snapshot.payments.map(({ on, amount, channel }) => ({ day: dayText(on), amount: amountText(amount), channel })),
    tariffs: snapshot.tariffs.map(({ service, from, price, unit, decision }) => ({
      service: serviceName(snapshot, service), from: dayText(from), price: decimalText(price), unit, decision,
    })),
    residents: snapshot.residents.map((resident) => ({
      name: nameText(resident),
      birth: resident.birthDate === null ? '' : dayText(resident.birthDate),
      relation: resident.relation,
      residence: RESIDENCES[resident.relation] ?? resident.relation,
      from: resident.from === null ? '' : dayText(resident.from),
      to: resident.to === null ? '' : dayText(resident.to),
    })),
    annexes: annexes.map(({ title, firstPage, pages }) => ({
      title, pages: String(pages), range: pages === 1 ? String(firstPage) : `${firstPage}–${firstPage + pages - 1}`,
    })),
  };
}

function heads({ court, creditor, account, premises, ...rest }: PackSnapshot): Values {
  const { head, authority } = creditor;
  return {
    number: rest.number,
    preparedOn: dayText(rest.preparedOn),
    asOf: dayText(rest.asOf),
    account,
    'premises.address': premises.address,
    'premises.area': premises.area === null ? '' : decimalText(premises.area),
    'premises.kind': premises.kind,
    'court.name': court.name,
    'court.nameGenitive': court.nameGenitive,
    'court.nameDative': court.nameDative,
    'court.address': court.address,
    'court.email': court.email,
    'creditor.name': creditor.name,
    'creditor.edrpou': creditor.edrpou,
    'creditor.address': creditor.address,
    'creditor.phone': creditor.phone ?? '',
    'creditor.email': creditor.email ?? '',
    'creditor.iban': creditor.iban ?? '',
    'creditor.bank': creditor.bank ?? '',
    'creditor.post': head?.post ?? '',
    'creditor.postTitle': head === null ? '' : head.post.charAt(0).toUpperCase() + head.post.slice(1),
    'creditor.head': head === null ? '' : nameText(head),
    'creditor.signature': head === null ? '' : `${head.givenName} ${head.surname.toUpperCase()}`,
    'authority.number': authority?.number ?? '',
    'authority.from': authority === null ? '' : dayText(authority.from),
    'authority.until': authority?.until ? dayText(authority.until) : '',
    ground: rest.ground,
    'period.from': monthText(rest.period.from),
    'period.to': monthText(rest.period.to),
    'period.fromName': monthName(rest.period.from),
    'period.toName': monthName(rest.period.to),
    'period.fromGenitive': monthGenitive(rest.period.from),
  };
}

function sums({ calculation, fee, total, items, statement, payments }: PackSnapshot): Values {
  const { method, rows } = calculation;
  const feeIsNotCredited = !isMoney(fee.credited);
  return {
    method,
    methodText: METHODS[method],
    rate: decimalText(calculation.ratePercent),
    penaltyRate: calculation.penaltyPercentPerDay === null ? '' : decimalText(calculation.penaltyPercentPerDay),
    indexVersion: String(calculation.indexVersion),
    calculatedOn: dayText(calculation.asOf),
    principal: amountText(calculation.principal),
    inflation: amountText(calculation.inflation),
    interest: amountText(calculation.interest),
    penalty: amountText(calculation.penalty),
    hasFee: isMoney(fee.toPay),
    hasInflation: isMoney(calculation.inflation),
    hasInterest: isMoney(calculation.interest),
    hasPenalty: isMoney(calculation.penalty),
    days: String(rows.reduce((sum, { days }) => sum + days, 0)),
    total: amountText(total),
    totalWithFee: amountText(money([total, fee.toPay])),
    'fee.amount': amountText(fee.amount),
    'fee.credited': feeIsNotCredited ? '' : amountText(fee.credited),
    'fee.toPay': amountText(fee.toPay),
    'fee.recipient': fee.account?.recipient ?? '',
    'fee.iban': fee.account?.iban ?? '',
    'fee.paidOn': fee.paidOn === null ? '' : dayText(fee.paidOn),
    'fee.reference': fee.paymentReference ?? '',
    'items.charged': amountText(money(items.map(({ charged }) => charged))),
    'items.covered': amountText(money(items.map(({ covered }) => covered))),
    'items.debt': amountText(money(items.map(({ debt }) => debt))),
    'statement.charged': amountText(money(statement.map(({ charged }) => charged))),
    'statement.recalculated': amountText(money(statement.map(({ recalculated }) => recalculated))),
    'statement.benefit': amountText(money(statement.map(({ benefit }) => benefit))),
    'statement.subsidy': amountText(money(statement.map(({ subsidy }) => subsidy))),
    'statement.paid': amountText(money(statement.map(({ paid }) => paid))),
    'payments.amount': amountText(money(payments.map(({ amount }) => amount))),
  };
}

function debtorRow(debtor: Debtor, all: readonly Debtor[], names: PackNames): Values {
  const inCase = names[debtor.personId];
  const by = all.filter(({ actsFor }) => actsFor.includes(debtor.personId));
  const minors = all.filter(({ personId }) => debtor.actsFor.includes(personId));
  const isSole = debtor.role === 'owner' && debtor.share === '1/1';
  return {
    name: nameText(debtor),
    nameGenitive: inCase?.genitive ?? '',
    nameDative: inCase?.dative ?? '',
    birth: debtor.birthDate === null ? '' : dayText(debtor.birthDate),
    taxNumber: debtor.taxNumber ?? '',
    address: debtor.registeredAt ?? '',
    phone: debtor.phone ?? '',
    role: isSole ? 'власник житла' : ROLES[debtor.role],
    roleWord: roleText(debtor),
    share: isSole ? '' : (debtor.share ?? ''),
    minor: debtor.minor,
    representative: by.map(nameText).join(', '),
    actsFor: minors.map(({ personId }) => names[personId]?.genitive ?? '').join(', '),
  };
}

function additionRows(snapshot: PackSnapshot): Values[] {
  return snapshot.calculation.rows.map((row) => ({
    month: monthText(row.month),
    service: serviceName(snapshot, row.service),
    from: dayText(row.from),
    to: dayText(row.to),
    days: String(row.days),
    balance: amountText(row.balance),
    index: row.index.replace('.', ','),
    indexShort: new Dec(row.index).toDecimalPlaces(INDEX_DIGITS).toString().replace('.', ','),
    inflation: amountText(row.inflation),
    interest: amountText(row.interest),
    penalty: amountText(row.penalty),
  }));
}

/** The claimed services, each with its sum. */
function servicesOf({ items }: PackSnapshot): Values[] {
  return [...new Set(items.map(({ service }) => service))].map((code) => {
    const own = items.filter(({ service }) => service === code);
    return { name: own[0]?.serviceName ?? code, debt: amountText(money(own.map(({ debt }) => debt))) };
  });
}

const serviceName = ({ items }: PackSnapshot, code: string): string => items.find(({ service }) => service === code)?.serviceName ?? code;

/** Months of a pack in words for its foot and title. */
export const packTitle = ({ kind, number, account, period }: PackSnapshot): string =>
  `${kind === 'order' ? 'Заява про видачу судового наказу' : 'Позовна заява'} ${number}, рахунок ${account}, ${monthText(period.from)}–${monthText(period.to)}`;
