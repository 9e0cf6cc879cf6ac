/**
 * Works without a network from the second opening on: a service worker puts the site by (`service-worker.js`). Only the
 * built site has one; the page says so by a meta element, so that a developer never meets yesterday's files.
 */
export async function workOffline(): Promise<void> {
  const script = document.querySelector<HTMLMetaElement>('meta[name="service-worker"]')?.content ?? "";
  if (script === "" || !("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register(script);
    const { active } = await navigator.serviceWorker.ready;
    // Office.js has come by now, in the pane's frame, mostly before the worker listened.
    await paneLoaded();
    active?.postMessage(loadedUrls());
  } catch {
    // Without it the workbench works as ever, only not offline: private windows and some policies allow none.
  }
}

const PATIENCE = 20_000;
const LOOK_AGAIN = 500;

async function paneLoaded(): Promise<void> {
  const until = performance.now() + PATIENCE;
  const isThere = (): boolean =>
    frames().some(({ document: inside }) => inside.querySelector('[role="tablist"]') !== null);
  while (!isThere() && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
}

/** The windows of this page's frames; the pane's is of this origin. */
function frames(): Window[] {
  return [...document.querySelectorAll("iframe")].flatMap(({ contentWindow }) => contentWindow ?? []);
}

function loadedUrls(): string[] {
  return [window, ...frames()].flatMap((one) => one.performance.getEntriesByType("resource").map(({ name }) => name));
}
