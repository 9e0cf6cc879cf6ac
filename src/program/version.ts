import manifest from "../../package.json";

/** The version of the program, as 处理日志 records it. */
export const PROGRAM_VERSION: string = `tiaoli ${manifest.version}`;
