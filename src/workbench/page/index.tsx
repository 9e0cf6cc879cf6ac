import { createRoot } from "react-dom/client";
import gridStyles from "react-data-grid/lib/styles.css";
import { App } from "./app.js";
import { workOffline } from "./offline.js";
import pageStyles from "./page.css";

/** The workbench's start. `?lang=en` chooses the language, else the browser does. */

const asked = new URLSearchParams(location.search).get("lang") ?? navigator.language;
const styles = document.createElement("style");
styles.textContent = gridStyles + pageStyles;
document.head.append(styles);
void workOffline();
createRoot(document.getElementById("root")!).render(<App language={asked.startsWith("zh") ? "zh" : "en"} />);
