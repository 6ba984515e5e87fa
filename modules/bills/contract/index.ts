export { AGES, BillContent, BillLine, type Age } from './bill.schema.ts';
export {
  AccountMonthParams, BillDetail, BillList, BillView, IssueRequest, NoticeBody, NoticeList, NoticeView, PdfQuery, Verified,
} from './issue.schema.ts';
export { runOrdered } from './events.ts';
export { BILLS_PERMISSIONS } from './permissions.ts';
export { QrCalcInput, QrCalcOutput } from './qr.schema.ts';
export { RunDetail, RunList, RunRequest, RunView } from './run.schema.ts';
