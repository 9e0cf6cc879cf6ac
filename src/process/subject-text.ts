/** Who bears a penalty or is deducted, so that no namesake is meant: 张三（A01）. */
export function subjectText({
  subject,
  employeeNo,
}: {
  readonly subject: string;
  readonly employeeNo?: string | undefined;
}): string {
  return employeeNo === undefined ? subject : `${subject}（${employeeNo}）`;
}
