import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * `npm run sideload`: puts the add-in into a real Excel on this computer, through Microsoft's own tool where it is
 * installed; otherwise says how it is done by hand.
 */

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const TOOL = join(
  ROOT,
  "node_modules",
  ".bin",
  process.platform === "win32" ? "office-addin-debugging.cmd" : "office-addin-debugging",
);
const CERTIFICATES = join(homedir(), ".office-addin-dev-certs", "localhost.crt");

const BY_HAND = `
把加载项装进本机的 Excel（Sideload into a real Excel）

先做两件事（once）:
  npx office-addin-dev-certs install     信任本机证书，Excel 只认 https（a certificate for localhost, Excel wants https）
  npm run dev-server                     在 https://localhost:3000 提供加载项，窗口不要关（serves the add-in, keep it running）

然后任选一种（then one of these）:
  · 自动（with Microsoft's tool）:        npm i --no-save office-addin-debugging && npm run sideload
  · Windows:  把 manifest.xml 放进一个共享文件夹；Excel › 文件 › 选项 › 信任中心 › 受信任的加载项目录，
              填这个文件夹的网络路径并勾选“显示在菜单中”；重启 Excel，插入 › 我的加载项 › 共享文件夹。
              (put manifest.xml into a network share, trust it in Trust Center › Trusted Add-in Catalogs,
              then Insert › My Add-ins › Shared Folder)
  · Mac:      把 manifest.xml 复制到 ~/Library/Containers/com.microsoft.Excel/Data/Documents/wef ，
              重启 Excel，插入 › 我的加载项。
              (copy manifest.xml into that folder, restart Excel, Insert › My Add-ins)
  · 网页版 (Excel on the web):  打开任一工作簿，开始 › 加载项 › 更多加载项 › 我的加载项 › 上传我的加载项，选 manifest.xml。
              (Home › Add-ins › More Add-ins › My Add-ins › Upload My Add-in)

没有 Excel 也能用：npm start 打开浏览器工作台。（Without Excel: npm start opens the workbench.）
单位统一部署见 docs/deployment.md ，装好后的核对步骤见 docs/smoke-list.md 。
`;

if (!existsSync(TOOL) || (process.platform !== "win32" && process.platform !== "darwin")) {
  console.log(BY_HAND);
} else if (!existsSync(CERTIFICATES)) {
  console.error("没有本机证书，请先运行 npx office-addin-dev-certs install （no certificate for localhost yet）");
  process.exitCode = 2;
} else {
  // The tool starts `npm run dev-server` itself, waits for it, registers the manifest and opens Excel.
  const { status } = spawnSync(TOOL, ["start", "manifest.xml", "desktop"], {
    cwd: ROOT,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) console.log(BY_HAND);
  process.exitCode = status ?? 2;
}
