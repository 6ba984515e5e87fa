/** Queue of the workflow; PDF jobs run on the queue of the scarce renderer. */
export const BILLS_QUEUE = 'bills';
export const PDF_QUEUE = 'documents-pdf';
export const BILL_DELIVERY = 'bills.delivery';

/** One process for one mass run: `bills.delivery/<runId>`. */
export const billDeliveryId = (runId: string): string => `${BILL_DELIVERY}/${runId}`;

export interface BillDeliveryInput {
  readonly v: 1;
  readonly runId: string;
  readonly startedBy: string;
}
/** What the database says: jobs to print next, in postal order; none = the run is over. */
export interface DeliverySituation {
  readonly jobs: readonly number[];
  readonly ended: boolean;
  readonly paused: boolean;
}
export type DeliveryCommand = 'pause' | 'resume' | 'stop' | 'retry-failed';

/** Every one may run twice: it looks at the database first. */
export interface BillDeliveryActivities {
  deliverySituation(runId: string): Promise<DeliverySituation>;
  recordDeliveryCommand(record: {
    readonly runId: string;
    readonly command: DeliveryCommand;
    readonly by: string;
    readonly reason: string;
  }): Promise<void>;
  /** The step failed for good: shown until a person goes on. */
  haltDelivery(runId: string, code: string): Promise<void>;
}
/** Runs on `PDF_QUEUE`, two at a time. */
export interface BillPdfActivities {
  /** Issues and prints one job; its outcomes stand in the database. */
  printBillJob(runId: string, jobNo: number): Promise<void>;
}
