export { Form2Lanes, Form2View } from './form2.schema.ts';
export {
  allocate,
  type AllocateInput,
  type Allocated,
  type AllocationLine,
  type AllocationRule,
  type OpenItemInput,
  type ServiceAmount,
} from './allocate.ts';
export {
  BILLING_API,
  type BillingApi,
  type BillingTx,
  type CreditLine,
  ENTRY_KINDS,
  type EntryLine,
  type NamedLine,
  type PlanLine,
} from './billing.api.ts';
export {
  Card,
  CardAllocation,
  CardEntry,
  CardMonth,
  CardOpenItem,
  CardParams,
  CardPayment,
  CardQuery,
  CardService,
} from './card.schema.ts';
export {
  CardPagesQuery,
  HistoryMonth,
  HistoryMonths,
  HistoryPayments,
  HistoryService,
} from './card-pages.schema.ts';
export { DifferencePart, DifferenceQuery, DifferenceView } from './difference.schema.ts';
export { explainDifference, type ServiceMonth } from './explain-difference.ts';
export { Changes, ChangesQuery } from './changes.schema.ts';
export { CardFileQuery, CertificateItem, CertificateList, CertificateRequest } from './certificate.schema.ts';
export { BILLING_PERMISSIONS } from './permissions.ts';
export {
  CORRECTION_REASONS,
  CORRECTION_STATES,
  CorrectionItem,
  CorrectionLine,
  CorrectionLines,
  CorrectionLinesQuery,
  CorrectionList,
  CorrectionOrder,
  CorrectionParams,
  CorrectionScope,
  CorrectionsQuery,
  CorrectionView,
  CorrectionWhy,
  type CorrectionReason,
  type CorrectionState,
} from './recalculation.schema.ts';
export {
  HISTORY_KINDS,
  HISTORY_STATES,
  HistoryCancel,
  HistoryControlQuery,
  HistoryItem,
  HistoryList,
  HistoryMapping,
  HistoryMappingBody,
  HistoryOrder,
  HistoryParams,
  HistoryUploaded,
  HistoryUploadQuery,
  HistoryView,
} from './history.schema.ts';
export { Trace, TraceInput, TraceParams, TraceSource, TraceStep } from './trace.schema.ts';
export { Turnover, TurnoverGroup, TurnoverQuery, TurnoverRow } from './turnover.schema.ts';
