import type { Paper, PaperBlock, PaperPart, Runs, TableBlock } from './paper.ts';
import { htmlText, type PrintJob } from './pdf.ts';

/** Version of the drawing: another one may give other bytes for the same paper. */
export const PAPER_HTML = 'paper-html/1';

/** Margins of an official paper (ДСТУ 4163:2020): left 30 mm, right 10 mm, top and bottom 20 mm. */
const CSS = `
@page{size:A4;margin:20mm 12mm 20mm 28mm;@bottom-right{content:"арк. " counter(page) " з " counter(pages);font:8.5pt Inter,sans-serif;color:#333}}
*{box-sizing:border-box;margin:0;padding:0}
html,body{background:#fff;color:#000;font:11pt/1.42 Inter,sans-serif;letter-spacing:-.006em}
section{break-before:page}
section:first-of-type{break-before:auto}
b{font-weight:620}
.title,.subtitle{text-align:center;font-weight:650;break-after:avoid}
.title{margin-top:14pt;font-size:13pt;letter-spacing:.01em}
.subtitle{margin-bottom:9pt}
.title+.para,.title+.left,.title+.note,.title+table{margin-top:9pt}
.para{text-align:justify;text-indent:10mm;margin-bottom:3pt;orphans:2;widows:2}
.left{margin-bottom:2pt}
.side{margin-left:46%;margin-bottom:1.5pt;line-height:1.34;overflow-wrap:anywhere}
.side:has(>b:first-child){margin-top:6pt}
.item{padding-left:10mm;margin-bottom:2.5pt;text-align:justify}
.note{font-size:8.5pt;line-height:1.38;color:#222;margin:3pt 0}
.sign{display:grid;grid-template-columns:1fr 46mm 1fr;gap:5mm;align-items:end;margin-top:20pt;break-inside:avoid}
.sign i{border-bottom:.5pt solid #000;height:1em}
table{width:100%;border-collapse:collapse;table-layout:fixed;font-size:8pt;line-height:1.25;margin:4pt 0 8pt;letter-spacing:-.014em;font-variant-numeric:tabular-nums}
thead{display:table-header-group}
tr{break-inside:avoid}
th,td{border:.4pt solid #444;padding:1.4pt 2.6pt;vertical-align:top}
th{font-weight:560;font-size:7.4pt;text-align:center;vertical-align:middle}
td.left{overflow-wrap:anywhere}
td.right{text-align:right;white-space:nowrap}
td.center{text-align:center;white-space:nowrap}
tr.total td{font-weight:640}
nav{height:0;overflow:hidden;font-size:1px;line-height:1px;color:#fff}
`;

/** What Chromium prints: pages of each part are found by the marks of its beginning. */
export function paperJob({ title, foot, parts }: Paper): PrintJob {
  const marks = parts.map(({ id }) => `<a href="#${id}">&nbsp;</a>`).join('');
  const footRule = `<style>@page{@bottom-left{content:${cssText(foot)};font:8.5pt Inter,sans-serif;color:#333}}</style>`;
  return { kind: PAPER_HTML, css: CSS, title, body: `${footRule}${parts.map((part, at) => section(part, at === 0 ? `<nav>${marks}</nav>` : '')).join('')}`, tagged: false };
}

const cssText = (text: string): string => `"${text.replaceAll(/["\\<>\n]/g, ' ')}"`;
const section = ({ id, blocks }: PaperPart, marks: string): string => `<section id="${id}">${marks}${blocks.map(blockHtml).join('')}</section>`;

function blockHtml(block: PaperBlock): string {
  if (block.kind === 'table') return tableHtml(block);
  if (block.kind === 'sign') return `<div class="sign"><span>${runsHtml(block.left)}</span><i></i><span>${runsHtml(block.right)}</span></div>`;
  return `<p class="${block.kind}">${runsHtml(block.runs)}</p>`;
}

function tableHtml({ columns, head, rows }: TableBlock): string {
  const all = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) => `<col style="width:${((share / all) * 100).toFixed(3)}%">`).join('');
  const cells = (list: readonly Runs[]): string => list.map((cell, at) => `<td class="${columns[at]?.align ?? 'left'}">${runsHtml(cell)}</td>`).join('');
  const body = rows.map(({ total, cells: list }) => `<tr${total ? ' class="total"' : ''}>${cells(list)}</tr>`).join('');
  const top = head.map((cell) => `<th>${runsHtml(cell)}</th>`).join('');
  return `<table><colgroup>${widths}</colgroup><thead><tr>${top}</tr></thead><tbody>${body}</tbody></table>`;
}

const runsHtml = (runs: Runs): string => runs.map(({ text, bold }) => (bold ? `<b>${htmlText(text)}</b>` : htmlText(text))).join('');
