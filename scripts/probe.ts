import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { replay } from "../src/probe/replay.js";
import { SCENARIOS } from "../src/probe/run-probe.js";
import { parseTrace, type Trace, type Verdict } from "../src/probe/trace.js";

/**
 * `npm run probe`: says how a real Excel is probed. `npm run probe -- --replay FILE` puts the requests of a saved trace to
 * our own host and names each difference; exit code 1 if there is any.
 */

const HOW = `
探针：在真的 Excel 里试一遍加载项依靠的每一件事（约十分钟，${SCENARIOS.length} 项加样例台账）
The probe: tries everything the add-in counts on in a real Excel (about ten minutes)

  1. npx office-addin-dev-certs install        本机证书（certificate for localhost）
  2. npm run dev-server                        窗口不要关（keep it running）
  3. 把 src/probe/page/probe.xml 装进 Excel，方法同 docs/sideload.md
     （sideload src/probe/page/probe.xml as docs/sideload.md says; a deployed site has its own probe.xml）
  4. 新建空白工作簿，打开“条理探针”，点“开始”；结束后点“保存记录”
     （open it in a new, blank workbook, press Start, then save the record）
  5. npm run probe -- --replay 记录.json        与我们的宿主对比（compare with our host）
`;

const { values } = parseArgs({ options: { replay: { type: "string" } }, allowPositionals: true });

if (values.replay === undefined) console.log(HOW);
else {
  try {
    process.exitCode = await report(parseTrace(readFileSync(values.replay, "utf8")));
  } catch (error) {
    console.error(`${values.replay}: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 2;
  }
}

async function report(trace: Trace): Promise<number> {
  const { excel, at, findings } = trace;
  console.log(`Excel ${excel.version} · ${excel.platform} · ExcelApi ${excel.api} · ${excel.language} · ${at}`);
  const count = (verdict: Verdict): number => findings.filter((one) => one.verdict === verdict).length;
  console.log(`${count("holds")} hold, ${count("fails")} fail, ${count("noted")} noted, ${count("skipped")} skipped`);
  for (const { id, verdict, seen, error } of findings) {
    if (verdict === "fails") console.log(`fails  ${id}: ${error ?? JSON.stringify(seen)}`);
  }
  if (!excel.recorded) console.log("requests were not recorded in this Excel: nothing to replay");
  const differences = await replay(trace);
  for (const { scenario, request, asked, excel: theirs, host } of differences) {
    console.log(`differs  ${scenario}, request ${request}: ${asked}: Excel ${theirs}, our host ${host}`);
  }
  console.log(differences.length === 0 ? "our host answers alike" : `${differences.length} differences`);
  return differences.length === 0 && count("fails") === 0 ? 0 : 1;
}
