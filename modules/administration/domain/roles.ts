/**
 * First permissions of every role (model.md section 1). Each is given once, when it is new; afterwards the table of `administration` rules.
 * Every permission is checked to exist when the system starts its tests.
 */
const EVERYONE = ['administration.home.read', 'administration.calc.run'];
const CARD = ['administration.search.use', 'registry.account.read', 'billing.card.read'];
const FINDINGS = ['registry.finding.read', 'registry.finding.manage'];
const METERS = ['metering.read', 'metering.reading.enter', 'metering.change'];
const DECIDE = ['administration.approval.read', 'administration.approval.decide'];

export const ROLE_PERMISSIONS: Readonly<Record<string, readonly string[]>> = {
  operator: [
    ...EVERYONE, ...CARD, ...FINDINGS, ...METERS, 'registry.account.edit', 'registry.proposal.read', 'registry.proposal.department',
    'tariffs.read', 'benefits.read', 'benefits.holding.edit', 'benefits.award.load', 'bills.read', 'bills.issue', 'billing.correction.read',
    'billing.correction.make', 'debt.read', 'legal.case.read', 'administration.approval.read',
  ],
  cashier: [...EVERYONE, ...CARD, 'payments.accept', 'registry.proposal.read', 'registry.proposal.desk', 'metering.reading.enter', 'bills.read', 'bills.issue'],
  accountant: [
    ...EVERYONE, ...CARD, 'tariffs.read', 'tariffs.change', 'billing.history.read', 'billing.history.load',
    'payments.import.read', 'payments.import.load', 'payments.import.post', 'payments.import.rollback',
    'payments.suspense.read', 'payments.suspense.resolve', 'billing.close.read', 'billing.close.run', 'billing.close.propose',
    'billing.close.except', 'billing.turnover.read', 'billing.form2.make', 'billing.correction.read', 'billing.correction.make', 'registry.finding.read',
    'metering.read', 'metering.approve', 'benefits.read', 'benefits.catalogue.edit', 'benefits.award.load', 'benefits.award.post',
    'bills.read', 'bills.issue', 'bills.correct', 'bills.run', 'bills.notice', 'debt.read',
    'administration.approval.read', 'administration.process.read',
  ],
  lawyer: [
    ...EVERYONE, ...CARD, 'tariffs.read', 'bills.read', 'debt.read', 'debt.hold.write', 'debt.dunning.run', 'debt.law-tables.edit',
    'debt.acknowledgement.write', 'legal.read', 'legal.claim.prepare', 'legal.claim.file', 'legal.pack.issue', 'legal.pack.sign',
    'legal.template.edit', 'legal.case.read', 'legal.case.act', 'administration.approval.read', 'administration.process.read',
  ],
  'passport-clerk': [
    ...EVERYONE, 'administration.search.use', 'registry.account.read', 'registry.proposal.read', 'registry.proposal.department', 'registry.finding.read',
  ],
  manager: [
    ...EVERYONE, ...CARD, ...DECIDE, 'tariffs.read', 'payments.import.read', 'payments.suspense.read', 'billing.close.read',
    'billing.close.release', 'billing.turnover.read', 'billing.form2.make', 'billing.correction.read', 'billing.correction.approve', ...FINDINGS,
    'registry.account.edit', 'registry.account.correct', 'registry.account.manage', 'registry.proposal.read', 'metering.read', 'metering.approve',
    'benefits.read', 'benefits.catalogue.approve', 'bills.read', 'debt.read', 'debt.dunning.run', 'debt.law-tables.edit', 'debt.acknowledgement.write', 'tariffs.approve',
    'billing.history.read', 'legal.read', 'legal.claim.approve', 'legal.pack.sign', 'legal.template.approve', 'legal.case.read',
    'legal.case.write-off', 'administration.process.read',
  ],
  'process-operator': [
    ...EVERYONE, 'administration.process.read', 'administration.process.control', 'billing.close.read', 'billing.close.run', 'payments.import.read',
  ],
  'provider-user': [...EVERYONE, ...CARD, 'billing.close.read', 'billing.turnover.read'],
  'social-protection': [...EVERYONE, 'benefits.read', 'benefits.award.load'],
  channel: ['payments.accept'],
  employer: [...EVERYONE],
  condominium: [...EVERYONE],
  citizen: [],
  'security-admin': [...EVERYONE, 'administration.audit.read', 'administration.process.read', 'administration.approval.read'],
  service: [...EVERYONE, ...CARD, 'payments.accept', 'payments.import.read', 'payments.import.load', 'payments.import.post', 'billing.close.read'],
};
