export {
  allocate,
  type AllocateInput,
  type Allocated,
  type AllocationLine,
  type AllocationRule,
  type OpenItemInput,
  type ServiceAmount,
} from '../contract/allocate.ts';
export { Ratio } from './ratio.ts';
export {
  recompute,
  type ChargeFacts,
  type Days,
  type MeterInput,
  type NormInput,
  type PricedPart,
  type Recomputed,
  type RecomputeResult,
  type TariffInput,
} from './recompute.ts';
