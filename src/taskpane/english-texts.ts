import en from "../locales/pane.en-US.json" with { type: "json" };

/** Apart, so that only who speaks English fetches it. */
export default en;
