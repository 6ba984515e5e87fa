export {
  distribute,
  split,
  splitCapped,
  type DistributedFlat,
  type DistributeInput,
  type Distribution,
  type FlatPart,
} from './distribute.ts';
export { checkReading, type ReadingCheck, type ReadingLimits, type ReadingVerdict } from './plausible.ts';
