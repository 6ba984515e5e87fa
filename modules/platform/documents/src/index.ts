export { csvLines, csvText, type CsvOptions } from './csv.ts';
export { dbfBytes, type DbfEncoding, type DbfField, DbfRefused, type DbfRow, readDbf } from './dbf.ts';
export { LIST_TYPES, listFile, listHeaders, type FileColumn, type ListContent, type ListFile, type ListFormat } from './list-file.ts';
export type { CellValue, Column, ColumnKind, Sheet, SheetRow } from './sheet.ts';
export { writeXlsx, xlsxBook, xlsxBytes } from './xlsx.ts';
export { LINK_QR, NBU_QR, qrMatrix, qrSvg, type QrDrawing, type QrMatrix, type QrOptions } from './qr.ts';
export { htmlText, PDF_DEFAULTS, PdfPool, pdfPageCount, type PdfPoolOptions, type PrintJob, wholeHtml } from './pdf.ts';
export { printFonts } from './pdf-fonts.ts';
export { pdfPages } from './pdf-pages.ts';
