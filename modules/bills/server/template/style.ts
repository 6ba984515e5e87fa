import { billFonts } from './fonts.ts';

/** Looks of the bill, template 1: A4, margins 10 mm, black on white, sizes of the guide (8.5 pt text, rows at least 7.5 pt). */
export const BILL_CSS = `${billFonts()}
@page{size:A4;margin:0}
*{box-sizing:border-box;margin:0;padding:0}
html,body{background:#fff;color:#15212b}
.page{width:210mm;height:296.6mm;contain:strict;padding:10mm 10mm 8mm;display:flex;flex-direction:column;break-after:page;font:400 11.4px/15px "Inter Bill",Inter,sans-serif;hyphens:manual}
.r{text-align:right}
b,h1,h2{font-weight:600}
.h{display:flex;justify-content:space-between;gap:20px;border-bottom:1.5px solid #15212b;padding-bottom:8px}
.h b,.h span{display:block}
.h span{color:#465361}
.h h1{font:600 18px/22px "Inter Bill",Inter,sans-serif;letter-spacing:-.015em;white-space:nowrap}
.h .r b{display:inline;color:#15212b}
.top{display:grid;grid-template-columns:206px 1fr 126px;gap:20px;padding:10px 0 7px}
.who>span{color:#465361}
.who .acc{display:block;font:600 22px/27px "Inter Bill",Inter,sans-serif;letter-spacing:-.01em}
.who p{margin-top:4px}
.sum>div{display:flex;justify-content:space-between;align-items:baseline;padding:2px 0;font-size:12px}
.sum .t{border-top:1px solid #15212b;margin-top:3px;padding-top:4px}
.sum .t b{font-size:20px;line-height:24px;letter-spacing:-.015em}
.sum p{margin-top:4px;color:#465361}
.sum p b{color:#15212b}
.qr{text-align:center}
.qr svg{display:block;width:122px;height:122px;margin:-4px auto 1px}
.qr span{font-size:10.5px;line-height:13px;white-space:nowrap}
.t1{width:100%;border-collapse:collapse}
.t1 th{font-weight:400;font-size:10.2px;line-height:12px;color:#465361;text-align:left;padding:4px 3px;border-bottom:1px solid #15212b;vertical-align:bottom}
.t1 th.r,.t1 td.r{text-align:right;white-space:nowrap}
.t1 td{padding:4px 3px;border-bottom:1px solid #d5dbe0;line-height:14px;letter-spacing:-.01em}
.t1 tr>:first-child{padding-left:0;min-width:150px}
.t1 tr>:last-child{padding-right:0}
.t1 small{display:block;font-size:10px;line-height:12px;color:#4c5865;letter-spacing:0}
.t1 .z{color:#5e6a78}
.t1 .miss{font-style:italic;color:#15212b}
.t1 .all td{border-top:1px solid #15212b;border-bottom:1.5px solid #15212b;font-weight:600;padding:4px 3px;white-space:nowrap}
.t1 .all>:first-child{padding-left:0}
.t1 .all>:last-child{padding-right:0}
.dense .t1 td{padding-top:2px;padding-bottom:2px;line-height:13px}
.tight .t1 td{padding-top:.5px;padding-bottom:.5px}
.tight .t1 small{line-height:11px}
.tight .bars{height:64px}
.packed{font-size:10.4px;line-height:13px}
.packed .t1 th{font-size:10px;line-height:11px;padding:3px}
.packed .t1 td{line-height:12px;padding-top:0;padding-bottom:0}
.packed .t1 .all td{padding-top:2px;padding-bottom:2px}
.cols{display:grid;grid-template-columns:1fr 296px;gap:26px;padding-top:12px}
.cols section{margin-bottom:12px}
.cols section:last-child{margin-bottom:0}
.packed .cols{padding-top:8px}
.packed .cols section{margin-bottom:8px}
h2{font:600 12px/16px "Inter Bill",Inter,sans-serif;margin-bottom:3px}
.list{list-style:none}
.list li{display:grid;grid-template-columns:70px 1fr;gap:10px;padding:2px 0;border-bottom:1px solid #d5dbe0}
.list li>:first-child{text-align:right;white-space:nowrap}
.list .all{border:0;border-top:1px solid #15212b;margin-top:-1px}
.why p{margin-bottom:3px}
.bars{display:flex;gap:3px;align-items:flex-end;height:82px}
.bars div{flex:1;min-width:0;text-align:center}
.bars i{display:block;background:#b9c3cc;border-radius:2px 2px 0 0}
.bars .gap i{background:none;border:1px dashed #7f8b97;border-bottom:0;height:12px}
.bars .cur i{background:#0a5f78}
.bars span{font-size:8px;line-height:13px;color:#4c5865;letter-spacing:-.04em;border-top:1px solid #7f8b97;display:block;white-space:nowrap}
.bars .cur span{color:#15212b;font-weight:600}
.bars em{font-style:normal;font-size:9.5px;line-height:12px;display:block;white-space:nowrap;margin:0 -14px}
.bars .cur em{font-weight:600;text-align:right;margin:0 0 0 -30px}
.packed .bars{height:56px}
.m{width:100%;border-collapse:collapse}
.m th{font-weight:400;font-size:10.2px;color:#465361;text-align:left;border-bottom:1px solid #7f8b97;padding:1px 0}
.m th.r{text-align:right}
.m td{padding:2px 0;border-bottom:1px solid #d5dbe0}
.m td.r{white-space:nowrap;padding-left:8px}
.n{margin-top:4px;border-left:2.5px solid #15212b;padding-left:7px}
.ul{list-style:none}
.ul li{padding:2px 0 2px 12px;position:relative}
.ul li::before{content:"";position:absolute;left:0;top:9px;width:5px;height:1.5px;background:#15212b}
.two{display:grid;grid-template-columns:1fr auto;border-bottom:1px solid #d5dbe0;padding:2px 0}
.packed h2{font-size:11px;line-height:14px;margin-bottom:2px}
.packed .list li,.packed .two,.packed .m td,.packed .ul li{padding-top:1px;padding-bottom:1px}
.packed .ul li::before{top:7px}
.packed .m th{font-size:10px}
.f{margin-top:auto;border-top:1.5px solid #15212b;padding-top:7px;display:flex;gap:12px;align-items:center;color:#465361;font-size:9.8px;line-height:13.5px}
.f svg{width:58px;height:58px;flex:none}
.f b{color:#15212b;font-size:11px}
.f b,.f span{display:block}
.f>div:nth-child(2){flex:1}
.f i{float:right;font-style:normal;font-weight:400}
`;
