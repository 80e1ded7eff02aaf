import { modelRules } from './model-style.ts'

const LIGHT = `--bg:#fff;--sunken:#eeeeeb;--text:#17181a;--text2:#494c51;--text3:#5d6167;--line:#dededa;--ctl:#85888c;
--ok:#2b6e3f;--warn:#8a5a00;--err:#b3261e;--live:#17181a;--dirty:#c3c6ca;--hatch:#868c94;--free:#d3efeb;--freeline:#0e766e`

const DARK = `--bg:#18191c;--sunken:#101113;--text:#ecece8;--text2:#bcbec1;--text3:#979a9f;--line:#2b2d31;--ctl:#7b7f85;
--ok:#7fcb95;--warn:#e6b455;--err:#f08a80;--live:#e2e2dc;--dirty:#4a4e55;--hatch:#6e737b;--free:#0f3b38;--freeline:#45c4b8`

const RULES = `
*{box-sizing:border-box}
html{background:var(--bg);color:var(--text);font:14px/21px "Inter Variable",Inter,system-ui,"Segoe UI",Roboto,"Liberation Sans",sans-serif;
font-variant-numeric:tabular-nums;text-size-adjust:100%;-webkit-text-size-adjust:100%}
body{margin:0}
main{max-width:784px;margin:0 auto;padding:32px}
h1{font-size:24px;line-height:30px;margin:0 0 8px;overflow-wrap:anywhere}
h2{font-size:17px;line-height:24px;margin:40px 0 12px;padding-top:12px;border-top:1px solid var(--line)}
h3{font-size:14px;line-height:20px;margin:24px 0 8px}
p,ul,dl,.note{max-width:72ch}
p{margin:0 0 12px;overflow-wrap:anywhere}
ul{padding-left:20px;margin:0 0 12px;color:var(--text2)}
li{margin-bottom:6px}
.question{font-size:16px;line-height:24px;color:var(--text2)}
.faint,figcaption,.facts dt{color:var(--text3)}
.facts{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px;margin:16px 0 0}
.facts dt,.facts dd{margin:0;overflow-wrap:anywhere}
.headline{font-size:16px;line-height:24px;font-weight:600}
.status{border-left:3px solid var(--warn);padding-left:12px}
.note{white-space:pre-wrap;overflow-wrap:anywhere;border-left:1px solid var(--ctl);padding-left:12px;margin-bottom:16px}
code,pre,svg .mono{font-family:ui-monospace,"SF Mono","Cascadia Mono","JetBrains Mono","DejaVu Sans Mono",monospace;font-variant-ligatures:none}
code{font-size:12.5px}
pre{font-size:12px;line-height:18px;margin:0 0 12px;padding:10px 12px;background:var(--sunken);overflow-x:auto;tab-size:8}
pre.wrapped{white-space:pre-wrap;overflow-wrap:anywhere}
pre:focus-visible,.scroll:focus-visible{outline:2px solid var(--text);outline-offset:2px}
.scroll{overflow-x:auto;margin-bottom:12px}
table{border-collapse:collapse;font-size:13px;line-height:18px;min-width:60%}
th,td{padding:4px 12px;text-align:right;border-bottom:1px solid var(--line);font-weight:400;white-space:nowrap}
th:first-child,td:first-child,.words th,.words td{text-align:left}
th:first-child,td:first-child{padding-left:0}
thead th{color:var(--text2);font-weight:600;border-bottom-color:var(--ctl);vertical-align:bottom}
thead .faint{font-weight:400}
.published{color:var(--text2);background:var(--sunken)}
.decides th,.decides td{font-weight:600}
.swatch{display:inline-block;width:10px;height:10px;margin-right:6px;background:var(--model);print-color-adjust:exact;-webkit-print-color-adjust:exact}
main .legend{display:inline-block;margin-right:12px}
figure{margin:0 0 16px}
figcaption{font-size:12px;line-height:17px;max-width:90ch}
svg{display:block;width:100%;height:auto;overflow:visible;font-size:11px;fill:none;print-color-adjust:exact;-webkit-print-color-adjust:exact}
svg.defs{width:0;height:0;position:absolute}
svg text{fill:var(--text2)}
svg .strong,svg .name{font-weight:600}
svg .strong,svg .figure{fill:var(--text)}
svg .faint{fill:var(--text3)}
svg .name{fill:var(--model)}
svg .grid{stroke:var(--line)}
svg .axis{stroke:var(--ctl)}
svg .series{stroke:var(--model);stroke-width:1.75;stroke-linejoin:round}
svg .band{fill:var(--model);fill-opacity:.22}
svg .bar{fill:var(--model);stroke:var(--model)}
svg .back{fill-opacity:.25}
svg .pipe{stroke:var(--text);stroke-width:2}
svg .dirty{fill:var(--dirty)}
svg .hatched{fill:url(#hatch)}
svg .hatch-line{stroke:var(--hatch);stroke-width:1.5}
svg .live{fill:var(--live)}
svg .free{fill:var(--free);stroke:var(--freeline)}
svg .free-field{fill:var(--free)}
svg .free-cap{stroke:var(--freeline);stroke-width:1.5}
footer{margin-top:40px;padding-top:12px;border-top:1px solid var(--line);color:var(--text3);font-size:12px}
@media (max-width:560px){main{padding:16px}}
@media (forced-colors:active){svg .free{stroke:CanvasText}}
@page{margin:16mm}
@media print{
html{font-size:10pt;line-height:14pt}
main{max-width:none;padding:0}
table{font-size:8.5pt;line-height:12pt}
th,td{padding:2px 6px}
h2{margin-top:20px}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:8.5pt;line-height:12pt;padding:6px 0}
.scroll{overflow:visible}
h1,h2,h3,thead{break-after:avoid}
figure,table,pre,li,.run{break-inside:avoid}
p{orphans:3;widows:3}
}
`

/** The document's style: UI.md's tokens; dark follows the reader's system on screen, paper is always light. */
export function styleFor(modelIds: readonly string[]): string {
  const models = modelRules(modelIds)
  return `:root{color-scheme:light;${LIGHT}}
${models.light}
@media screen and (prefers-color-scheme:dark){
:root{color-scheme:dark;${DARK}}
${models.dark}
}
${RULES}`
}
