export * from './format.ts';
export {
  gateTitle,
  messageKey,
  toMessages,
  useLocale,
  useMessage,
  useText,
  type Message,
  type Text,
  type TextParams,
} from './text.tsx';
export {
  AppLink,
  RouterProvider,
  useRouter,
  useSearchState,
  withSearch,
  type LinkProps,
  type Router,
  type RouterPort,
  type SearchChanges,
} from './router.tsx';
export { Icon, ICONS, isIconName, type IconName } from './icons.tsx';
export * from './basics.tsx';
export * from './figures.tsx';
export * from './keys.tsx';
export * from './states.tsx';
export { toast, Toaster, type Toast } from './toast.tsx';
export {
  Guarded,
  MeProvider,
  useCan,
  useClosedReason,
  useMe,
  usePastDays,
  usePeriod,
  useStandstill,
  type Me,
  type PastDays,
  type PeriodState,
} from './me.tsx';
export * from './manifest.ts';
export { Slot, SlotProvider, useHasSlot, type SlotEntry, type SlotProps, type SlotRegistry } from './slots.tsx';
export * from './progress.tsx';
export { VirtualTable, type MoreRows, type RowAttributes, type VirtualTableProps } from './virtual-table.tsx';
export { DayTrack } from './day-track.tsx';
export { useSave } from './save-file.tsx';
export { DataTable, type DataTableProps } from './table/data-table.tsx';
export { SearchFilter } from './table/search-filter.tsx';
export { nextSort, sortOf, type Column, type Totals } from './table/columns.ts';
export { useTable, wholeList, type ListPage, type Pages, type TableSource } from './table/pages.ts';
export type { Marks } from './table/selection.ts';
export { Person, usePersonName } from './people.tsx';
export { FilterChip } from './filter-chip.tsx';
export { DialogForm, FormFailure, MIN_REASON, ReasonLine } from './dialog-form.tsx';
export { ConfirmDestructive, Dialog, ReasonDialog } from './dialogs.tsx';
export {
  DiffTable,
  ImpactPreview,
  StaleChoice,
  useSides,
  type DiffRow,
  type ImpactRow,
  type Side,
  type StaleField,
} from './diff.tsx';
export { ExportMenu } from './export-menu.tsx';
export { ActMenu, type MenuAct } from './act-menu.tsx';
export { ApprovalBanner } from './approval-banner.tsx';
export { FileDrop } from './file-drop.tsx';
export { Field, SelectField, TextField } from './forms.tsx';
export { TraceDrawer, type Trace, type TraceInput, type TraceSource, type TraceStep } from './trace-drawer.tsx';
