export type {
  ApprovalView as Approval,
  ApprovedMany,
  Home,
  ProcessCommand as ProcessAct,
  ProcessItem as Process,
  ProcessView as ProcessDetail,
} from '../../contract/index.ts';
