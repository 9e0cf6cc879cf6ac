import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";

/** The site as an administrator serves it: under a path of a host, with the headers that docs/deployment.md shows for nginx. */

const PAGE = join(import.meta.dirname, "..", "..", "..", "docs", "deployment.md");
export const CDN = "https://appsforoffice.microsoft.com";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".png": "image/png",
};

export interface Served {
  readonly folder: string;
  /** Path of the host under which the folder lies, e.g. `/tools/tiaoli`. */
  readonly under: string;
  readonly headers?: (path: string) => Readonly<Record<string, string>>;
  /** What stands for Microsoft's CDN in pages and the service worker. */
  readonly cdn?: string;
}

export class SiteServers {
  private readonly servers: Server[] = [];
  /** Paths that were asked for and aren't there. */
  readonly missing: string[] = [];

  /** Serves a folder and nothing else; returns the origin. */
  async serve({ folder, under, headers = () => ({}), cdn = CDN }: Served): Promise<string> {
    const server = createServer(({ url = "/" }, response) => {
      const { pathname } = new URL(url, "http://localhost");
      const file = join(folder, pathname.slice(under.length));
      if (!pathname.startsWith(`${under}/`) || extname(file) === "" || !existsSync(file)) {
        if (pathname !== "/favicon.ico") this.missing.push(pathname);
        response.writeHead(404).end();
        return;
      }
      const bytes = readFileSync(file);
      const isOurs = file.endsWith(".html") || file.endsWith("service-worker.js");
      const type = TYPES[extname(file)] ?? "application/octet-stream";
      response.writeHead(200, { ...headers(pathname), "content-type": type });
      response.end(isOurs ? bytes.toString("utf8").replaceAll(CDN, cdn) : bytes);
    });
    this.servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
    return `http://localhost:${(server.address() as AddressInfo).port}`;
  }

  async down(): Promise<void> {
    for (const server of this.servers.splice(0)) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }
}

/** The nginx example of the deployment page, block by block. */
export function nginxBlocks(): readonly string[] {
  return [...readFileSync(PAGE, "utf8").matchAll(/```nginx\n([\s\S]*?)```/g)].map(([, block]) => block!);
}

/** The headers that the example gives a file: those every file gets, and its Cache-Control. */
export function documentedHeaders(path: string): Readonly<Record<string, string>> {
  const text = nginxBlocks().join("\n");
  const given = [...text.matchAll(/add_header (\S+) (?:"([^"]*)"|(\S+)) always;/g)].map(
    ([, name, quoted, bare]): [string, string] => [name!, quoted ?? bare!],
  );
  const headers: Record<string, string> = Object.fromEntries(given);
  const map = /map \$uri \$tiaoli_cache \{([^}]*)\}/.exec(text.replaceAll(/\{(\d+,\d*)\}/g, "<$1>"))?.[1] ?? "";
  const lines = [...map.matchAll(/^\s*(\S+)\s+"([^"]*)";/gm)].map(([, key, value]) => [key!, value!] as const);
  const rule = lines.find(([key]) => key.startsWith("~") && new RegExp(nginxPattern(key)).test(path));
  const cache = rule ?? lines.find(([key]) => key === "default");
  return { ...headers, "Cache-Control": cache?.[1] ?? "" };
}

const nginxPattern = (key: string): string => key.slice(1).replaceAll(/<(\d+,\d*)>/g, "{$1}");
