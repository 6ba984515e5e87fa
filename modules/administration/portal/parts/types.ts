export type {
  ApprovalView as Approval,
  Home,
  ProcessCommand as ProcessAct,
  ProcessItem as Process,
  ProcessView as ProcessDetail,
} from '../../contract/index.ts';
