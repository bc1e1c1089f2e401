/** The page's style sheet: one set of names, two sets of colours, each text at 4.5:1 or more on its ground. */
export const pageStyle = `
:root{--bg:#f6f7f9;--card:#fff;--text:#171c24;--muted:#525c69;--edge:#d4d9e0;--code:#eef1f5;
--current:#126b2d;--moving:#0a58a8;--stalled:#b01c17;--unknown:#7a4f00;--none:#525c69;--stuck:#fdf0ef;--doubt:#fdf6e3}
@media (prefers-color-scheme:dark){:root{--bg:#0f1318;--card:#181e26;--text:#e9edf2;--muted:#a9b3bf;--edge:#333d4a;--code:#232b36;
--current:#63d486;--moving:#86bdff;--stalled:#ff938a;--unknown:#f0c46a;--none:#a9b3bf;--stuck:#2b1a1b;--doubt:#2a2415}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--bg);color:var(--text);font:15px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
main{max-width:1480px;margin:0 auto;padding:20px 24px 32px}
.s-current{--c:var(--current)}.s-moving{--c:var(--moving)}.s-stalled{--c:var(--stalled)}.s-unknown{--c:var(--unknown)}.s-none{--c:var(--none)}
h1{margin:0;font-size:28px;line-height:1.2;color:var(--c)}
h2{margin:0;font-size:20px;overflow-wrap:anywhere}
p{margin:6px 0 0}
.verdict{display:flex;align-items:center;gap:16px;flex-wrap:wrap}
.verdict>.badge{width:52px;height:52px;flex:none}
.verdict>div{flex:1 1 260px;min-width:0}
.repo{margin:2px 0 0;color:var(--muted);overflow-wrap:anywhere}
.counts{display:flex;flex-wrap:wrap;gap:8px;margin:0;padding:0;list-style:none}
.counts li{display:flex;align-items:center;gap:6px;padding:5px 12px 5px 8px;border:1px solid var(--edge);border-radius:99px;background:var(--card);color:var(--c);font-weight:600}
.badge{width:18px;height:18px;vertical-align:-4px}
.lead{margin:16px 0 0;font-size:17px}
.stuck{margin-top:18px;padding:16px 18px;border:1px solid var(--c);border-left-width:8px;border-radius:10px;background:var(--stuck)}
.stuck.s-unknown{background:var(--doubt)}
.stuck p{font-size:16px;overflow-wrap:anywhere}
.lag{color:var(--c);font-weight:700}
.next{display:flex;gap:12px;align-items:baseline;flex-wrap:wrap}
.next span{font-weight:700;min-width:3.2em}
.next em{font-style:normal;flex:1 1 240px}
.next code{flex:0 1 auto}
code{font:13.5px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;background:var(--code);color:var(--text);padding:3px 8px;border-radius:6px;overflow-wrap:anywhere;-webkit-box-decoration-break:clone;box-decoration-break:clone}
code b{font-weight:inherit;display:inline-block;max-width:100%;overflow-wrap:anywhere}
section{margin-top:20px}
.map{display:block;width:100%;height:auto;background:var(--card);border:1px solid var(--edge);border-radius:12px;margin:0 auto}
.map text{font-family:inherit;fill:var(--text)}
.map .name{font-size:13.5px;font-weight:600}
.map .small{font-size:12px;fill:var(--muted)}
.map .label{font-size:12.5px;font-weight:600;fill:var(--c)}
.station rect,.station circle{fill:var(--card);stroke:var(--c);stroke-width:2}
.tall .station circle{stroke-width:4}
.s-stalled.station rect{stroke-width:3.5}
.line path{fill:none;stroke:var(--c);stroke-width:3}
.line.s-stalled>path:first-child{stroke-dasharray:9 6}
.line.s-unknown>path:first-child{stroke-dasharray:2 6}
.line.back>path:first-child{stroke-width:2}
.trunk{fill:none;stroke:var(--muted);stroke-width:2}
.line .tip{fill:var(--c);stroke:none}
.mark circle,.mark rect,.mark .shape{fill:var(--c)!important;stroke:var(--card)!important;stroke-width:2!important}
.mark path{fill:none;stroke:var(--card)!important;stroke-width:2!important;stroke-linecap:round;stroke-linejoin:round}
.mark .thin{stroke-width:1.7!important}
.mark .full{fill:var(--card);stroke-width:0!important}
.tall{display:none;max-width:480px}
.tall.only{display:block}
table{width:100%;border-collapse:separate;border-spacing:0;background:var(--card);border:1px solid var(--edge);border-radius:12px;overflow:hidden}
th,td{padding:10px 14px;text-align:left;vertical-align:top;border-top:1px solid var(--edge)}
thead th{border-top:0;color:var(--muted);font-size:13px;white-space:nowrap}
tbody th{font-weight:600;overflow-wrap:anywhere;width:26%}
tbody th small{display:block;color:var(--muted);font:12.5px ui-monospace,Menlo,Consolas,monospace}
td:nth-child(2),td:nth-child(3),td:nth-child(4){white-space:nowrap}
td p{margin:0 0 4px;overflow-wrap:anywhere}
td code{display:inline}
td:last-child{width:44%}
.state{color:var(--c);font-weight:700}
.state .badge{margin-right:6px}
footer{margin-top:18px;color:var(--muted);font-size:13.5px}
@media (min-width:1700px){body{font-size:17px}main{max-width:1800px}h1{font-size:36px}h2{font-size:25px}.stuck p{font-size:19px}code{font-size:15.5px}.map.wide{max-width:1800px!important}}
@media screen and (max-width:760px){
main{padding:14px 12px 24px}
h1{font-size:23px}
.verdict>.badge{width:40px;height:40px}
.wide{display:none}.tall{display:block}
table,tbody,tr,td,tbody th{display:block;width:100%}
table{background:none;border:0;border-radius:0;overflow:visible}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
tbody tr{background:var(--card);border:1px solid var(--edge);border-left:6px solid var(--c);border-radius:10px;margin-top:10px;padding:10px 12px}
tbody th,td,td:last-child{border:0;padding:2px 0;width:auto}
td.empty{display:none}
td[data-label]:not([data-label=Cause]):not([data-label=State])::before{content:attr(data-label) ": ";color:var(--muted)}
}
@media print{
:root{--bg:#fff;--card:#fff;--text:#000;--muted:#444;--edge:#bbb;--code:#f2f2f2;--current:#126b2d;--moving:#0a58a8;--stalled:#b01c17;--unknown:#7a4f00;--none:#444;--stuck:#fff;--doubt:#fff}
@page{margin:10mm}
body{font-size:9.5px;line-height:1.3}main{padding:0;max-width:none}
h1{font-size:17px}h2{font-size:13px}.stuck p{font-size:10.5px;margin-top:2px}.stuck{padding:6px 10px;margin-top:6px}
.verdict>.badge{width:28px;height:28px}.counts li{padding:2px 8px}
section{margin-top:8px}th,td{padding:2px 6px}thead th{font-size:9px}tbody th small{font-size:8px}
code,td code{font-size:8.5px;padding:0 3px}td p{margin:0}.badge{width:12px;height:12px}footer{margin-top:6px;font-size:8.5px}
.wide{display:block}.tall{display:none}.tall.only{max-width:200px}
tr,.stuck,.map{break-inside:avoid}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
}
`;
