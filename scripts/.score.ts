import { loadAllPacks, STATUTES } from "../test/packs-folder.js";
import { judge, scoresBy, scoreOf } from "./accuracy/measure.js";
import { allSentences } from "./accuracy/sentences.js";
const re=new RegExp(process.argv[2]??"^(real-z|stranger-m)");
const j=judge(allSentences().filter(s=>re.test(s.writer)),loadAllPacks(),STATUTES);
for(const [k,v] of scoresBy(j,s=>`${s.writer.startsWith("real")?"real":s.writer} ${s.pack} ${s.output}`)) console.log(k,(v.right/v.of*100).toFixed(1),`${v.right}/${v.of}`);
for(const [k,v] of scoresBy(j,s=>s.writer.startsWith("real")?"real":s.writer)) console.log("==",k,(v.right/v.of*100).toFixed(1),`${v.right}/${v.of}`);
if(process.argv[3]) for(const s of j) if(s.given!==s.label&&s.writer.startsWith(process.argv[3]!)) console.log(s.pack,s.output,s.label,"<-",s.given,"|",s.text);
