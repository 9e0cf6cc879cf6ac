import type { Person, RawRow } from "../../../src/domain/complaint.js";
import { fen } from "../../../src/domain/money.js";
import { addDays, dayOf, isoDate, type Day } from "../../../src/domain/wall-time.js";

/** A small company over years: people come, go and change crews; complaints are opened, attributed, closed, continued. */

export interface Member {
  readonly no: string;
  readonly name: string;
  department: string;
  crew: string;
  points: number | undefined;
  readonly bonus: number;
  superior: string | undefined;
  readonly joinedOn: Day;
  leftOn: Day | undefined;
}

/** How 责任人 names somebody. */
export interface Named {
  readonly member: number;
  readonly style: "number" | "name" | "name-department" | "name-crew" | "unknown" | "outside" | "department";
}

export interface Complaint {
  id: string;
  readonly pack: PackId;
  readonly receivedOn: Day;
  loss: number;
  persons: readonly Named[];
  /** Per cent; empty: none written. */
  shares: readonly number[];
  crew: string | undefined;
  override: string | undefined;
  upheld: boolean | undefined;
  closedOn: Day | undefined;
  approvedOn: Day | undefined;
  follows: string | undefined;
  /** 违规行为 or 行政处分 of the packs that have it. */
  listed: string | undefined;
  /** 原因分析 */
  rootCause: string | undefined;
}

/** Texts of which no pack makes a department, so that who bears it is what people wrote. */
export const PACK_IDS = [
  "factory-claims",
  "franchise-retail",
  "branch-stores",
  "furniture-north",
  "hotel-supplies",
] as const;
export type PackId = (typeof PACK_IDS)[number];
const DESCRIPTION = "客户来电，详见附件";

export const NAMES = ["张三", "李四", "王五", "赵六", "张三"] as const;
export const DEPARTMENTS = ["制造部", "业务部", "储运部"] as const;
export const CREWS = ["一组", "二组", "三组"] as const;
export const OVERRIDES = [
  "制造部",
  "业务部",
  "储运部",
  "供应商",
  "建议改判业务部",
  "不是供应商",
  "制造部、业务部",
] as const;
export const LISTED: Readonly<Record<PackId, readonly string[]>> = {
  "factory-claims": [],
  "hotel-supplies": [],
  "franchise-retail": ["警告", "记小过", "大过", "建议警告", "警告（已撤销）", "警告、小过", "警告，拟撤销", "无"],
  "branch-stores": ["瞒报", "置之不理", "不理睬；漏报", "二次投诉", "未发现瞒报", "瞒报，免予处理", "—"],
  "furniture-north": ["未经审批发文", "擅自发文", "不存在未经审批发文", "待定"],
};
export const ROOT_CAUSES = [
  "装配时未按图纸",
  "供应商来料不良",
  "不是供应商的问题，是我方装配不当",
  "客户使用不当",
] as const;

export class World {
  today: Day = dayOf(2024, 1, 2);
  readonly members: Member[] = [];
  readonly complaints: Complaint[] = [];
  private given = 0;

  nextNumber(): string {
    this.given += 1;
    return `C${String(this.given).padStart(4, "0")}`;
  }

  get now(): string {
    return `${isoDate(this.today)}T18:00`;
  }

  people(): Person[] {
    return this.members.map((member) => ({
      employeeNo: member.no,
      name: member.name,
      department: member.department,
      crew: member.crew,
      monthlyBonus: fen(member.bonus),
      monthlyWage: fen(800_000),
      joinedOn: member.joinedOn,
      ...(member.points === undefined ? {} : { basePoints: member.points }),
      ...(member.superior === undefined ? {} : { superior: member.superior }),
      ...(member.leftOn === undefined ? {} : { leftOn: member.leftOn }),
    }));
  }

  rows(): RawRow["cells"][] {
    return this.complaints.map((complaint) => this.cells(complaint));
  }

  cells(complaint: Complaint): RawRow["cells"] {
    const { pack, listed } = complaint;
    const time = (day: Day | undefined): string | null => (day === undefined ? null : `${isoDate(day)} 10:00`);
    return {
      id: complaint.id,
      pack,
      receivedAt: `${isoDate(complaint.receivedOn)} 09:00`,
      description: DESCRIPTION,
      lossCaused: "是",
      loss: complaint.loss / 100,
      person: this.personText(complaint),
      crew: complaint.crew ?? null,
      departmentOverride: complaint.override ?? null,
      upheld: complaint.upheld === undefined ? null : complaint.upheld ? "是" : "否",
      closeAt: time(complaint.closedOn),
      approveAt: time(complaint.approvedOn),
      followsId: complaint.follows ?? null,
      rootCause: complaint.rootCause ?? null,
      ...(listed === undefined ? {} : pack === "franchise-retail" ? { sanction: listed } : { misconduct: listed }),
    };
  }

  member(index: number): Member {
    return this.members[index % this.members.length]!;
  }

  /** 责任人 as people write it. */
  private personText({ persons, shares }: Complaint): string | null {
    if (persons.length === 0) return null;
    return persons
      .map((named, i) => (shares.length === 0 ? this.nameText(named) : `${this.nameText(named)}:${shares[i] ?? 0}%`))
      .join("；");
  }

  nameText({ member: index, style }: Named): string {
    const member = this.member(index);
    switch (style) {
      case "number":
        return member.no;
      case "name":
        return member.name;
      case "name-department":
        return `${member.name}（${member.department}）`;
      case "name-crew":
        return `${member.name}（${member.crew}）`;
      case "unknown":
        return "钱不识";
      case "outside":
        return "物流公司";
      case "department":
        return "制造部";
    }
  }

  wait(days: number): void {
    this.today = addDays(this.today, days);
  }
}
