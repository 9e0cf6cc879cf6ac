import apiSets from "./api-sets.json";

/** API sets of a host by name with their version, e.g. `{ExcelApi: "1.17"}`. */
export type ApiSets = Readonly<Record<string, string>>;

/** What a current Excel on the web declares, as far as the sets matter here. */
export const CURRENT_API_SETS: ApiSets = {
  ExcelApi: "1.17",
  RichApiRuntime: "1.4",
  DialogApi: "1.2",
  CustomXmlParts: "1.1",
  DelayForCellEdit: "1.1",
};

/** By class and member, the set and version that brought it: `1.13` is of ExcelApi; what is missing here has been there from 1.1 on. */
const SINCE: Readonly<Record<string, Readonly<Record<string, string>> | undefined>> = apiSets;

/** Compares versions part by part: 1.9 is older than 1.13. */
export function isAtLeast(version: string, wanted: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = wanted.split(".").map(Number);
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

export function isSetSupported(sets: ApiSets, name: string, version = "1.1"): boolean {
  const declared = Object.entries(sets).find(([set]) => set.toLowerCase() === name.toLowerCase())?.[1];
  return declared !== undefined && isAtLeast(declared, version);
}

/** Whether a host with these sets has a member of a class. */
export function hasMember(sets: ApiSets, type: string, member: string): boolean {
  const since = SINCE[type]?.[member];
  if (since === undefined) return true;
  const [name, version] = since.includes(" ") ? (since.split(" ") as [string, string]) : ["ExcelApi", since];
  return isSetSupported(sets, name, version);
}
