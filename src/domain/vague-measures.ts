import { matchText } from "./match-key.js";

/**
 * Tells corrective measures that say nothing (加强检查, 加强培训, 提高意识 …) from those that do.
 * Source: S3 fourth text, item 五.4: no adjectives in place of measures.
 *
 * A text is vague if it can be put together from the words below alone and at least one of them is an empty measure. Any
 * other word, who, when, how often, a device, a document, a figure, makes it concrete; so does a word we don't know, since
 * reproaching a good measure is worse than passing a bad one.
 */

/** Empty on their own. */
const EMPTY_MEASURES = words(`
  引以为戒 引以为鉴 下不为例 举一反三 吸取教训 汲取教训 接受教训 总结经验 总结教训 吸取经验教训 总结经验教训 认真反省 深刻反省 深刻反思 深刻检讨 认真检讨
  严格把关 严把质量关 把好质量关 严把关 做好把关 从严把关 严格要求 严格管理 严格控制 严格执行 严格检查 严格遵守 严加管理 严加控制 严加防范 严防死守
  高度重视 引起重视 加以重视 给予重视 认真对待 认真负责 认真工作 认真检查 认真整改 认真落实 认真执行 仔细检查 全面检查 加以改进 加以改善 加以注意 及时改进 立即改进 立即整改 及时整改
  限期整改 尽快整改 尽快改进 马上整改 积极整改 积极改进 努力改进 努力做好 持续改进 持续改善 不断改进 不断完善 改进工作 改进服务 改善服务 做好服务 做好工作 做好沟通 做好检查 做好培训
  注意 多注意 多加注意 加倍注意 注意检查 小心 多加小心 警惕 提高警惕 重视 注意细节 注重细节 用心服务 用心工作
  批评教育 进行批评教育 进行教育 加以教育 进行培训 进行整改 进行检查 组织培训 组织学习 开会强调 再次强调 强调 提醒 多沟通 多检查 多培训 加强 整改 改进 改善
  培训 教育 学习 检查 监督 管理 沟通 宣导 反省 反思 自查 以客户为中心 客户至上 顾客至上 服务第一 质量第一 责任到人 严肃对待 严肃认真 警钟长鸣 亡羊补牢
  杜绝 避免 防止 预防 防范 争取 保证 确保 尽量避免 坚决杜绝 知错就改 保证质量 确保质量 保证服务 提质增效 加大力度 狠抓落实 落到实处 落实到位 执行到位 管理到位 培训到位 检查到位 监督到位
`);

/** Empty together with an object of the next list: 加强…检查, 提高…意识. */
const EMPTY_VERBS = words(`
  加强 强化 增强 提高 提升 提升了 加大 加深 加紧 抓好 抓紧 狠抓 严抓 紧抓 做好 搞好 注重 重视 关注 注意 完善 健全 规范 落实 改进 改善 优化 深化 细化 督促 监督 严格 端正 树立 保证 确保 杜绝 避免 防止 减少 降低 进行 开展 组织 严把 把好 把控 控制 保持 提倡 改正 纠正 整顿 重申 强调 更加注重 多加 加以 转变 严格按照 严格按 按照 遵守 遵照 灌输 宣导 加快 贯彻
`);

const EMPTY_OBJECTS = words(`
  检查 检验 检测 抽查 抽检 巡查 巡检 自检 互检 把关 质检 品检 品控 质量 品质 质量关 质量意识 品质意识 服务意识 责任意识 安全意识 意识 责任心 责任感 责任 培训 教育 学习 训练 管理 管控 管理力度 监管 监督 监控 控制 督导 督查 考核
  沟通 协调 配合 交流 服务 服务质量 服务水平 服务态度 态度 工作态度 水平 技能 能力 素质 业务能力 业务水平 业务素质 专业技能 专业水平 技术水平 操作技能 操作 执行 执行力 纪律 制度 制度执行 流程 规范 标准 要求 细节 效率 工作效率 力度 强度 重视 防范 预防 整改 落实 改进
  错误 失误 差错 问题 情况 事件 现象 事情 投诉 客诉 类似问题 类似情况 类似事件 类似错误 同类问题 同类错误 此类问题 此类事件 此类情况 此类现象 这种情况 这类问题 再次发生 再发生 再次出现 再出现 重复发生 重犯 再犯 发生 出现 思想 思想教育 作风 观念
  客户满意度 顾客满意度 满意度 客户满意 工作质量 产品质量 工作 业务 各项工作 各环节 各个环节 环节 过程 全过程 生产过程 售后服务 售前服务 理念 服务理念 合格率 良品率 巡视 安全 安全教育 卫生 礼仪 职业道德 工作纪律 规章制度 操作规程 公司制度 管理制度 要领 现场 现场管理 日常管理 内部管理 人员管理 员工管理 质量管理 过程控制 过程管理 质量控制
`);

/** Words that add nothing: who in general, how much, and joints. */
const FILLERS = words(`
  和 与 及 以及 并 并且 且 而且 同时 另外 此外 还要 还 也 又 或 或者 的 地 得 了 着 过 是 等 等等 之 其 该 此 对 对于 对待 在 于 从 从而 把 将 让 使 向 给 为 为了 以 以便 由 到 到位 上 中 里 下 方面 各方面 有关 相关
  要 应 应当 应该 须 必须 务必 需 需要 会 能 可以 一定 定 坚决 绝不 决不 不 不再 不要 不得 不能 勿 切勿 切实 认真 严格 全面 全力 大力 努力 积极 主动 尽快 尽量 尽力 及时 立即 马上 随时 时刻 持续 继续 不断 经常 进一步 更 更加 更好 更多 再 再次 多 加 加以 有效 有力 充分 真正 深入 彻底 高度 从严 严 好 强 高
  以后 今后 后续 将来 往后 接下来 下次 下一步 日后 日常 平时 平常 工作中 在工作中
  我 我们 我司 我部 我部门 本部门 本公司 本单位 公司 部门 各部门 各单位 各岗位 各级 全体 全员 全体员工 全体人员 员工 职工 人员 相关人员 有关人员 相关部门 有关部门 相关责任人 责任人 当事人 工作人员 服务人员 操作人员 管理人员 一线员工 大家 产品 商品 客户 顾客 用户 业主 消费者 售后 售前 生产 销售 客服 内部 自身 自己 每个人 人人
  类似 同类 同样 这种 这类 此类 此种 该类 一切 所有 任何 各种 各项 各类 再度 措施 纠正措施 预防措施 整改措施 对策 改善对策 作出 采取 采取措施 力争 做到 达到 实行 实施 以此为戒 引起 予以 给予 加倍 落实
`);

const ENGLISH_EMPTY = words(`
  strengthen strengthened strengthening improve improved improving enhance enhanced enhancing reinforce reinforced reinforcing raise raised raising increase increased increasing boost
  strict strictly stricter careful carefully attention avoid prevent ensure learn emphasize emphasise stress remind tighten better improvement
  training education inspection inspections check checks checking supervision monitoring communication management lesson lessons warning
`);

const ENGLISH_FILLERS = words(`
  the a an and or of on in for to with from by at as be is are will shall should must we our us it its this that these those such all any more most much further future next time again continue continuously continually constantly always
  staff employee employees personnel worker workers team teams people everyone company department departments
  awareness quality control controls service services skill skills responsibility sense work working process processes level efficiency discipline attitude
  problem problems issue issues mistake mistakes error errors complaint complaints similar same happening occurring recurrence happen happens occur occurs measure measures effort efforts pay paying take taking make making do doing conduct carry out not never no sure greater other up experience customer satisfaction internal daily relevant
`);

function words(list: string): readonly string[] {
  return list.split(/\s+/).filter((word) => word !== "");
}

const VERBS = new Set(EMPTY_VERBS);
const OBJECTS = new Set(EMPTY_OBJECTS);
const MEASURES = new Set(EMPTY_MEASURES);
const FILL = new Set(FILLERS);
const LONGEST = Math.max(...[EMPTY_MEASURES, EMPTY_VERBS, EMPTY_OBJECTS, FILLERS].flat().map((word) => word.length));
const ENGLISH_EMPTY_WORDS = new Set(ENGLISH_EMPTY);
const ENGLISH_FILLER_WORDS = new Set(ENGLISH_FILLERS);

/** Numbering of points is no figure: ① ⑴ ㈠, (1), （一）, and 1. 1、 一、 at the start of a clause. */
const ENCLOSED_NUMBER = /[①-⒛㈠-㈩]|[(（](?:\d{1,2}|[一二三四五六七八九十]{1,2})[)）]/g;
const POINT = /(^|[\s;；。,，])(?:\d{1,2}\s?[.、)](?!\d)|[一二三四五六七八九十]{1,2}[、.)])/g;
const SPACED_OUT = /(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu;

/** Longer texts say something, whatever it is; the bound keeps the search short on pasted documents. */
const LONGEST_TEXT = 400;

/** True if the text of 纠正措施 consists of empty words only. A blank text is not vague but missing: false. */
export function isVagueMeasure(text: string): boolean {
  if (text.length > LONGEST_TEXT) return false;
  const plain = matchText(text.replace(ENCLOSED_NUMBER, " ")).replace(POINT, "$1 ").replace(SPACED_OUT, "");
  const runs = plain.match(/[a-z']+|[^\sa-z'\p{P}\p{S}]+/gu) ?? [];
  let empty = false;
  for (const run of runs) {
    const found = /^[a-z']/.test(run) ? englishWord(run) : chineseRun(run);
    if (found === "concrete") return false;
    if (found === "empty") empty = true;
  }
  return empty;
}

type Finding = "empty" | "filler" | "concrete";

function englishWord(word: string): Finding {
  if (ENGLISH_EMPTY_WORDS.has(word)) return "empty";
  return ENGLISH_FILLER_WORDS.has(word) ? "filler" : "concrete";
}

/** How far a split of the run has come towards an empty measure; a verb and an object may have fillers between them. */
const NOTHING = 1;
const VERB = 2;
const OBJECT = 4;
const EMPTY = 8;

/** Tries every way to cut the run into known words: `states[i]` holds what the first i characters can amount to. */
function chineseRun(run: string): Finding {
  const states = new Array<number>(run.length + 1).fill(0);
  states[0] = NOTHING;
  for (let from = 0; from < run.length; from++) {
    const before = states[from]!;
    if (before === 0) continue;
    for (let to = from + 1; to <= Math.min(run.length, from + LONGEST); to++) {
      const word = run.slice(from, to);
      let after = 0;
      if (FILL.has(word)) after |= before;
      if (MEASURES.has(word)) after |= EMPTY;
      if (VERBS.has(word)) after |= before & (OBJECT | EMPTY) ? EMPTY : VERB;
      if (OBJECTS.has(word)) after |= before & (VERB | EMPTY) ? EMPTY : OBJECT;
      states[to]! |= after;
    }
  }
  const end = states[run.length]!;
  if (end === 0) return "concrete";
  return end & EMPTY ? "empty" : "filler";
}
