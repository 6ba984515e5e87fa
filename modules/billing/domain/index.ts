export {
  allocate,
  type AllocateInput,
  type Allocated,
  type AllocationLine,
  type AllocationRule,
  type OpenItemInput,
  type ServiceAmount,
} from '../contract/allocate.ts';
export {
  averageOf,
  monthsWithout,
  type Average,
  type Basis,
  type GapFacts,
  type GapMeter,
  type HouseFacts,
} from './gap.ts';
export { Ratio, ZERO } from '../contract/ratio.ts';
export { reliefOf, type EntitlementInput, type Relief, type ReliefPart } from './relief.ts';
export {
  isVolume,
  recompute,
  type ActInput,
  type ChargeFacts,
  type Days,
  type Estimate,
  type MeterInput,
  type NormInput,
  type PricedPart,
  type Recomputed,
  type Reduction,
  type Resident,
  type RecomputeResult,
  type TariffInput,
} from './recompute.ts';
