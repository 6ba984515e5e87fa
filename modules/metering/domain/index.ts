export {
  distribute,
  split,
  splitCapped,
  type DistributedFlat,
  type DistributeInput,
  type Distribution,
  type FlatPart,
} from './distribute.ts';
