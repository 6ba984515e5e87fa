/**
 * First permissions of every role (model.md section 1). Seeded once; afterwards the table of `administration` rules.
 * Every permission is checked to exist when the system starts its tests.
 */
const EVERYONE = ['administration.home.read', 'administration.calc.run'];
const CARD = ['administration.search.use', 'registry.account.read', 'billing.card.read'];
const DECIDE = ['administration.approval.read', 'administration.approval.decide'];

export const ROLE_PERMISSIONS: Readonly<Record<string, readonly string[]>> = {
  operator: [...EVERYONE, ...CARD, 'registry.account.edit', 'tariffs.read', 'metering.reading.enter', 'administration.approval.read'],
  cashier: [...EVERYONE, ...CARD, 'payments.accept'],
  accountant: [
    ...EVERYONE, ...CARD, 'tariffs.read', 'payments.import.read', 'payments.import.load', 'payments.import.post', 'payments.import.rollback',
    'payments.suspense.read', 'payments.suspense.resolve', 'billing.close.read', 'billing.close.run', 'billing.close.propose',
    'billing.close.except', 'billing.turnover.read', 'administration.approval.read', 'administration.process.read',
  ],
  lawyer: [...EVERYONE, ...CARD],
  'passport-clerk': [...EVERYONE, 'administration.search.use', 'registry.account.read'],
  manager: [
    ...EVERYONE, ...CARD, ...DECIDE, 'tariffs.read', 'payments.import.read', 'payments.suspense.read', 'billing.close.read',
    'billing.close.release', 'billing.turnover.read', 'administration.process.read',
  ],
  'process-operator': [
    ...EVERYONE, 'administration.process.read', 'administration.process.control', 'billing.close.read', 'billing.close.run', 'payments.import.read',
  ],
  'provider-user': [...EVERYONE, ...CARD, 'billing.close.read', 'billing.turnover.read'],
  'social-protection': [...EVERYONE],
  channel: ['payments.accept'],
  employer: [...EVERYONE],
  condominium: [...EVERYONE],
  citizen: [],
  'security-admin': [...EVERYONE, 'administration.audit.read', 'administration.process.read', 'administration.approval.read'],
  service: [...EVERYONE, ...CARD, 'payments.accept', 'payments.import.read', 'payments.import.load', 'payments.import.post', 'billing.close.read'],
};
