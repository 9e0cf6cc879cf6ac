import { readdirSync, readFileSync } from "node:fs";
import { allSentences } from "/work/rooms/language/scripts/accuracy/sentences.js";
import { sistersOf } from "/work/rooms/language/scripts/accuracy/sisters.js";
import { train } from "/work/rooms/language/src/rules/train.js";
import { piecesOf } from "/work/rooms/language/src/rules/pieces.js";
import { matchText } from "/work/rooms/language/src/domain/match-key.js";
import { turnOf } from "/work/rooms/language/src/rules/turn.js";
import { readLexiconFile } from "/work/rooms/language/src/domain/read-lexicon.js";
const dir="/work/rooms/language/rules/lexicon/";
const useC=process.argv[2]!=="noc"; const cw=Number(process.argv[3]??1); const ridge=Number(process.argv[4]??0.0005); const rounds=Number(process.argv[5]??15); const norm=process.argv[6]!=="raw"; const tw=Number(process.argv[7]??0.4); const sis=Number(process.argv[8]??0.5);
const concepts=readdirSync(dir).filter(f=>f.endsWith(".txt")).map(f=>({n:f,...readLexiconFile(f,readFileSync(dir+f,"utf8"))})).filter(c=>c.head.kind).map(c=>({n:c.n,kind:c.head.kind,s:(c.sections.strong??[]).filter(p=>!/[…#]/.test(p)),w:(c.sections.weak??[])}));
const sents=allSentences();
const cache=new Map<string,[string,number][]>();
function feats(text:string){ let f=cache.get(text); if(f) return f; const t=matchText(text); const turn=turnOf(t); f=[];
 for(const p of piecesOf(t)){ f.push([p, turn>0&&t.lastIndexOf(p)<turn?tw:1]); }
 if(useC) for(const c of concepts){ let v=0; for(const p of c.s) { const i=t.lastIndexOf(p); if(i>=0){ v=Math.max(v,i<turn?tw:1);} } if(v===0) for(const p of c.w){const i=t.lastIndexOf(p); if(i>=0) v=Math.max(v,.5*(i<turn?tw:1));} if(v>0) f.push(["@"+c.n,v*cw]); }
 if(norm){ const l=Math.sqrt(f.reduce((s,[,v])=>s+v*v,0)); f=f.map(([p,v])=>[p,v/l*4]); }
 cache.set(text,f); return f; }
const held=(w:string)=>w==="stranger-m";
let R=0,N=0; const t0=Date.now();
for(const key of new Set(sents.map(s=>s.pack+"."+s.output))){
 const [pack,output]=key.split(".") as [string,string];
 const own=sents.filter(s=>s.pack===pack&&s.output===output);
 const labels=[...new Set(own.map(s=>s.label))].sort();
 const test=own.filter(s=>held(s.writer)); if(!test.length) continue;
 const lessons=own.filter(s=>!held(s.writer)).map(s=>({t:s.text,l:labels.indexOf(s.label),w:1}));
 if(sis>0) for(const l of labels) for(const n of sistersOf(`${pack}.${output}.${l}` as never)) for(const s of sents) if(!held(s.writer)&&`${s.pack}.${s.output}.${s.label}`===n) lessons.push({t:s.text,l:labels.indexOf(l),w:sis});
 const count=new Map<string,number>(); for(const s of lessons) for(const [p] of feats(s.t)) count.set(p,(count.get(p)??0)+1);
 const num=new Map<string,number>(); for(const [p,c] of count) if(c>=2) num.set(p,num.size);
 const ex=lessons.map(s=>{const f=feats(s.t).filter(([p])=>num.has(p)); return {features:Int32Array.from(f,([p])=>num.get(p)!),values:Float64Array.from(f,([,v])=>v),label:s.l,weight:s.w};});
 const W=train(ex,{features:num.size,labels:labels.length,ridge,rounds});
 let right=0; for(const s of test){ const o=new Float64Array(labels.length); for(const [p,v] of feats(s.text)){const i=num.get(p); if(i!==undefined) for(let k=0;k<labels.length;k++) o[k]!+=v*W[i*labels.length+k]!;} if(labels[o.indexOf(Math.max(...o))]===s.label) right++; }
 R+=right;N+=test.length; console.log(key,labels.length,num.size,lessons.length,`${right}/${test.length}`);
}
console.log("ALL",R,N,(R/N*100).toFixed(1),"ms",Date.now()-t0);
