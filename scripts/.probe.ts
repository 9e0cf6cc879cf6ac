import { loadAllPacks } from "../test/packs-folder.js";
import { allSentences } from "./accuracy/sentences.js";
import { classify } from "../src/rules/classify.js";
import { rowScan } from "../src/rules/evaluate.js";
import { packInForce } from "../src/rules/in-force.js";
import type { Day } from "../src/domain/wall-time.js";
const packs=loadAllPacks();
const outs:Record<string,string>={"auto-service":"level","dealer-group":"level"};
for(const [id,p] of packs){ const f=packInForce(p,46090 as Day); const scan=rowScan(f);
 for(const c of p.cases) for(const k of c.content.cases) if(/看不出|没有依据|不硬判|不猜|面食异物|造假|几天能出|不是重复/.test(k.name)) for(const r of k.rows){ const v=classify(f,{description:String(r.description??"")},scan); console.log(id,k.name.slice(0,14),"|",r.description,"|",Object.values(v).map(x=>`${x.output}:${x.value} ${x.score.toFixed(2)} lead ${(x.score-(x.runnerUp?.score??0)).toFixed(2)}`).join("; ")); } }
const q:Record<string,number[]>={};
for(const s of allSentences()) if(s.writer==="stranger-m"||s.writer==="stranger-k"){ const f=packInForce(packs.get(s.pack)!,46090 as Day); const v=classify(f,{description:s.text},rowScan(f))[s.output]; if(v&&s.writer==="stranger-m") (q[s.output+(v.value===s.label)]??=[]).push(v.score); }
for(const k in q){ const a=q[k]!.sort((x,y)=>x-y); console.log(k,a.length,[0,.05,.1,.25,.5,.75].map(x=>a[Math.floor(x*a.length)]!.toFixed(2)).join(" ")); }
