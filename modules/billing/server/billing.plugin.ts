import { definePlugin } from '@komplat/plugin-api';
import { BILLING_PERMISSIONS } from '../contract/permissions.ts';
import { ledgerCommands } from './commands/ledger.commands.ts';
import { BillingCoreModule, BillingHttpModule } from './core.module.ts';
import { BillingDemo } from './demo/billing.demo.ts';
import { ledgerLaws } from './laws/ledger-laws.ts';
import { BillingInit } from './migrations/20261123080400_init.ts';
import { BillingFunctions } from './migrations/20261123090000_functions.ts';
import { BillingEntries } from './migrations/20261123090100_entries.ts';
import { BillingBulk } from './migrations/20261123090200_bulk.ts';
import { BillingInputs } from './migrations/20261123090250_inputs.ts';
import { BillingAccrual } from './migrations/20261123090300_accrual.ts';
import { BillingBalances } from './migrations/20261123090400_balances.ts';
import { BillingClose } from './migrations/20261123091000_close.ts';
import { BillingOpenings } from './migrations/20261123092000_openings.ts';
import { BillingDigest } from './migrations/20261123110000_digest.ts';
import { BillingAccrualBatch } from './migrations/20261123110100_accrual_batch.ts';
import { BillingLaneTotals } from './migrations/20261123110200_lane_totals.ts';
import { BillingLaneIndexes } from './migrations/20261123110300_lane_indexes.ts';
import { BillingCredit } from './migrations/20261123113000_credit.ts';
import { BillingCreditBatch } from './migrations/20261123113050_credit_batch.ts';
import { BillingCard } from './migrations/20261124142000_card.ts';
import { BillingCardLoaded } from './migrations/20261125221000_card_loaded.ts';
import { BillingBenefitCorrections } from './migrations/20261125222000_benefit_corrections.ts';
import { BillingRelief } from './migrations/20261124150500_relief.ts';
import { BillingGaps } from './migrations/20261124082000_gaps.ts';
import { BillingCertificates } from './migrations/20261124144500_certificates.ts';
import { BillingRecompute } from './migrations/20261124150000_recompute.ts';
import { BillingCorrections } from './migrations/20261124150100_corrections.ts';
import { BillingPresence } from './migrations/20261124085000_presence.ts';
import { BillingTransfers } from './migrations/20261124150200_transfers.ts';
import { BillingShares } from './migrations/20261124152000_shares.ts';
import { BillingHistory } from './migrations/20261124160000_history.ts';
import { BillingCourtFeeKind } from './migrations/20261125121000_court_fee_kind.ts';
import { BillingHistoryFacts } from './migrations/20261125160300_history_facts.ts';
import { BillingHistoryLoad } from './migrations/20261124160100_history_load.ts';
import { BillingRecomputePlain } from './migrations/20261124153000_recompute_plain.ts';
import { BillingAwardChanges } from './migrations/20261125141000_award_changes.ts';
import { BillingProviderTransfers } from './migrations/20261125212000_provider_transfers.ts';
import { BillingWorkMemory } from './migrations/20261125190000_work_memory.ts';
import { BillingCorrectionLines } from './migrations/20261124154000_correction_lines.ts';
import { CloseActivitiesModule, closePart } from './close/index.ts';
import { billingEntities } from './entities.ts';
import { accountCardParts } from './services/card-parts.ts';
import { correctionEntities } from './recalculation/correction-entities.ts';
import { historyEntities, historyLoadCommand } from './history/index.ts';
import { recalculationPart } from './recalculation/index.ts';

export const billingPlugin = definePlugin({
  ...closePart,
  id: 'billing',
  dbSchema: 'billing',
  dependsOn: ['registry', 'tariffs', 'metering', 'benefits'],
  nest: { core: BillingCoreModule, http: BillingHttpModule, activities: CloseActivitiesModule },
  entities: [...billingEntities, ...correctionEntities, ...historyEntities],
  events: { ...closePart.events, handles: [...closePart.events.handles, ...recalculationPart.handles] },
  approvalActions: [...closePart.approvalActions, ...recalculationPart.approvalActions],
  migrations: [
    { name: 'billing/20261123080400_init', class: BillingInit },
    { name: 'billing/20261123090000_functions', class: BillingFunctions },
    { name: 'billing/20261123090100_entries', class: BillingEntries },
    { name: 'billing/20261123090200_bulk', class: BillingBulk },
    { name: 'billing/20261123090250_inputs', class: BillingInputs },
    { name: 'billing/20261123090300_accrual', class: BillingAccrual },
    { name: 'billing/20261123090400_balances', class: BillingBalances },
    { name: 'billing/20261123091000_close', class: BillingClose },
    { name: 'billing/20261123092000_openings', class: BillingOpenings },
    { name: 'billing/20261123110000_digest', class: BillingDigest },
    { name: 'billing/20261123110100_accrual_batch', class: BillingAccrualBatch },
    { name: 'billing/20261123110200_lane_totals', class: BillingLaneTotals },
    { name: 'billing/20261123110300_lane_indexes', class: BillingLaneIndexes },
    { name: 'billing/20261123113000_credit', class: BillingCredit },
    { name: 'billing/20261123113050_credit_batch', class: BillingCreditBatch },
    { name: 'billing/20261124082000_gaps', class: BillingGaps },
    { name: 'billing/20261124085000_presence', class: BillingPresence },
    { name: 'billing/20261124142000_card', class: BillingCard },
    { name: 'billing/20261124144500_certificates', class: BillingCertificates },
    { name: 'billing/20261124150000_recompute', class: BillingRecompute },
    { name: 'billing/20261124150100_corrections', class: BillingCorrections },
    { name: 'billing/20261124150200_transfers', class: BillingTransfers },
    { name: 'billing/20261124150500_relief', class: BillingRelief },
    { name: 'billing/20261124152000_shares', class: BillingShares },
    { name: 'billing/20261124153000_recompute_plain', class: BillingRecomputePlain },
    { name: 'billing/20261124160000_history', class: BillingHistory },
    { name: 'billing/20261124160100_history_load', class: BillingHistoryLoad },
    { name: 'billing/20261124154000_correction_lines', class: BillingCorrectionLines },
    { name: 'billing/20261125141000_award_changes', class: BillingAwardChanges },
    { name: 'billing/20261125121000_court_fee_kind', class: BillingCourtFeeKind },
    { name: 'billing/20261125160300_history_facts', class: BillingHistoryFacts },
    { name: 'billing/20261125221000_card_loaded', class: BillingCardLoaded },
    { name: 'billing/20261125222000_benefit_corrections', class: BillingBenefitCorrections },
    { name: 'billing/20261125190000_work_memory', class: BillingWorkMemory },
    { name: 'billing/20261125212000_provider_transfers', class: BillingProviderTransfers },
  ],
  publishedViews: [
    'billing.pub_ledger_v1',
    'billing.pub_open_item_v1',
    'billing.pub_advance_v1',
    'billing.pub_allocation_v1',
    'billing.pub_balance_v1',
    'billing.pub_period_balance_v1',
    'billing.pub_accrual_v1',
    'billing.pub_accrual_basis_v1',
    'billing.pub_accrual_reduction_v1',
    'billing.pub_posting_v1',
    'billing.pub_account_state_v1',
    'billing.pub_provider_transfer_v1',
  ],
  readsViews: [
    'registry.pub_account_v1', 'registry.pub_account_key_v1', 'registry.pub_alias_v1', 'registry.pub_address_v1', 'registry.pub_holder_v1',
    'registry.pub_premises_fact_v1', 'registry.pub_residence_v1', 'tariffs.pub_service_v1', 'tariffs.pub_provider_v1', 'tariffs.pub_tariff_v1', 'tariffs.pub_norm_v1',
    'tariffs.pub_parameter_v1', 'tariffs.pub_supply_v1', 'metering.pub_meter_v1', 'metering.pub_reading_v1',
    'metering.pub_rule_v1', 'metering.pub_house_part_v1', 'benefits.pub_entitlement_v1', 'benefits.pub_category_v1', 'benefits.pub_holding_v1', 'registry.pub_person_v1', 'benefits.pub_award_v1',
    'metering.pub_absence_v1', 'metering.pub_quality_act_v1',
    'payments.pub_payment_v1', 'payments.pub_import_v1', 'payments.pub_import_row_v1', 'payments.pub_money_line_v1',
  ],
  laws: ledgerLaws,
  commands: [...closePart.commands, ...ledgerCommands, historyLoadCommand],
  pageParts: accountCardParts,
  demoData: [{ id: 'billing.demo', provider: BillingDemo }],
  permissions: Object.values(BILLING_PERMISSIONS),
});
