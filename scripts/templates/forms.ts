import { docx, paragraph } from "./docx.js";
import {
  fields,
  formPage,
  heading,
  letter,
  opinion,
  penaltyNotice,
  signatures,
  text,
  type Field,
} from "./form-layout.js";

/** The forms, reports and letters that the regulations name, as Word templates. Titles are the regulations' own. */

export interface FormTemplate {
  readonly name: string;
  /** Packs whose form it is; empty: any. */
  readonly packs: readonly string[];
  /** One document for each person or department with a penalty. */
  readonly each?: "subject";
  /** 事由 of the penalties that it is for; none: all. */
  readonly reasons?: readonly string[];
  /** The form by whose clause this one goes along. */
  readonly belongsTo?: string;
  readonly bytes: Uint8Array;
}

const WHO: readonly Field[] = ["客户名称", "联系电话", "投诉渠道"];
const WHAT: readonly Field[] = ["产品名称", "订单编号", "数量"];
const JUDGED: readonly Field[] = ["投诉类别", "投诉级别", "责任部门"];
const COPIES = ["抄送：{抄送}"];

const form = (name: string, packs: readonly string[], bytes: Uint8Array): FormTemplate => ({ name, packs, bytes });
const notice = (
  name: string,
  packs: readonly string[],
  bytes: Uint8Array,
  reasons?: readonly string[],
): FormTemplate => ({
  name,
  packs,
  each: "subject",
  ...(reasons ? { reasons } : {}),
  bytes,
});

const LEGAL =
  "本单据的扣款以扣款通知单所列本月上限为限，超出部分结转；对处理有异议的，可在收到之日起5个工作日内书面提出。";

export const FORMS: readonly FormTemplate[] = [
  form(
    "投诉受理单",
    ["general", "dealer-group"],
    formPage("投诉受理单", {
      parts: [
        fields("受理时间", "接待人", "投诉渠道"),
        fields("客户名称", "客户类型", "联系电话"),
        fields(...WHAT),
        text("投诉内容", 96),
        text("客户要求", 40),
        fields(...JUDGED),
        fields("承办岗位", "首次回复期限", "结案期限"),
        text("下一步", 36),
        opinion("受理人意见", 60),
        opinion("主管批示", 60),
      ],
      after: ["依据：《{制度名称}》{依据}", ...COPIES],
    }),
  ),
  form(
    "催办单",
    ["general", "claims-time-limits"],
    formPage("催办单", {
      before: [
        "{责任部门}：",
        "　　下列投诉至今未办结，期限已过。请于收到本单后当日说明进度、未结原因和预计办结时间，并抓紧办理。",
      ],
      parts: [
        fields("客户名称", "受理时间", "结案期限"),
        fields("投诉类别", "投诉级别", "当前状态"),
        fields("承办岗位", "责任人", "核决人"),
        text("投诉内容", 80),
        text("下一步", 36),
        opinion("延误原因（责任部门填）", 80),
        opinion("预计办结时间及措施", 80),
        signatures("催办人", "责任部门负责人", "收单时间"),
      ],
    }),
  ),
  form(
    "查办单",
    ["claims-time-limits"],
    formPage("查办单", {
      before: ["　　下列投诉已办结，但超过规定期限。请查明各环节耗用的时间和延误的原因，分清责任，提出处理意见。"],
      parts: [
        fields("客户名称", "受理时间", "结案期限"),
        fields("移交时间", "调查完成时间", "结案时间"),
        fields("责任部门", "承办岗位", "责任人"),
        text("投诉内容", 70),
        text("原因分析", 50),
        opinion("延误经过及环节", 84),
        opinion("延误责任", 60),
        opinion("处理意见", 60),
        signatures("查办人", "责任部门负责人", "批准"),
      ],
    }),
  ),
  notice(
    "奖罚通知单",
    ["factory-claims", "franchise-retail"],
    penaltyNotice("奖罚通知单", "经查，上列投诉由下列事由引起，依照所列条款处理如下：", LEGAL),
  ),
  notice(
    "处罚通知单",
    ["claims-time-limits"],
    penaltyNotice("处罚通知单", "上列投诉的责任已经查清，现按所列条款通知处理结果：", LEGAL),
  ),
  notice(
    "客户抱怨闭环处理处罚通知单",
    ["auto-sales"],
    penaltyNotice("客户抱怨闭环处理处罚通知单", "该件未能一次关闭，按所列条款对责任部门作如下处理：", LEGAL),
    ["一般抱怨未按期关闭", "中级抱怨未按期关闭", "强烈抱怨未按期关闭"],
  ),
  notice(
    "客户抱怨闭环处理罚款通知单",
    ["auto-sales"],
    penaltyNotice("客户抱怨闭环处理罚款通知单", "该件逾期满月仍未关闭，按升级后的标准加倍处理如下：", LEGAL),
    ["逾期满月未关闭"],
  ),
  form(
    "人事公布单",
    ["franchise-retail", "factory-claims"],
    formPage("人事公布单", {
      before: ["　　下列投诉的责任认定和处分已经核准，现予公布。"],
      parts: [
        fields("责任人", "责任部门", "行政处分"),
        fields("客户名称", "受理时间", "结案时间"),
        fields("投诉类别", "处罚合计", "核决人"),
        text("投诉内容", 70),
        text("原因分析", 60),
        text(["依据", "《{制度名称}》{依据}"], 50),
        text("纠正措施", 60),
        signatures("拟稿", "人事审核", "批准"),
      ],
      after: ["公布范围：　　　　　　　　　　公布日期："],
    }),
  ),
  form(
    "客户产品质量投诉处理备忘单",
    ["furniture-north"],
    formPage("客户产品质量投诉处理备忘单", {
      parts: [
        fields("客户名称", "联系电话", "地区"),
        fields("产品名称", "订单编号", "生产地"),
        fields("受理时间", "移交时间", "调查期限"),
        text("投诉内容", 70),
        text(["质量问题原因", "原因分析"], 60),
        text(["处理办法", "处理方式"], 40),
        fields("返修费用", ["工厂责任比例（%）", "工厂责任比例"], "返修交货日期"),
        fields("工厂承担", "客户承担", "回访期限"),
        text("纠正措施", 50),
        signatures("质量责任部门", "承办人", "批准"),
      ],
    }),
  ),
  form(
    "客户投诉转交处理联系单",
    ["furniture-north"],
    formPage("客户投诉转交处理联系单", {
      before: ["{责任部门}：", "　　兹有下列客户意见转交贵部门处理，请在期限内办理并将结果送回客服。"],
      parts: [
        fields(...WHO),
        fields("产品名称", "投诉类别", "承办岗位"),
        fields("受理时间", "移交时间", "结案期限"),
        text("投诉内容", 80),
        text("客户要求", 40),
        opinion("调查情况", 80),
        opinion("处理意见", 70),
        opinion("办理结果", 60),
        signatures("转交人", "接收人", "收回日期"),
      ],
    }),
  ),
  form(
    "客户抱怨处理表",
    ["factory-claims"],
    formPage("客户抱怨处理表", {
      parts: [
        fields("客户名称", "地区", "受理时间"),
        fields("产品名称", "料号", "订单编号"),
        fields("交运日期", "数量", "不良数量"),
        fields("单价", "损失金额", "索赔金额"),
        text("投诉内容", 64),
        text("客户要求", 34),
        fields("投诉类别", "投诉性质", "责任部门"),
        text(["质管部分析", "原因分析"], 56),
        text(["处理对策", "处理方式"], 36),
        text("纠正措施", 44),
        fields("核决人", "核决期限", "结案期限"),
        fields("核定退货量", "实退量", "退货入账量"),
        signatures("经办", "部门主管", "核决"),
      ],
      after: COPIES,
    }),
  ),
  form(
    "客户意见处理表",
    ["claims-time-limits"],
    formPage("客户意见处理表", {
      parts: [
        fields("客户名称", "地区", "受理时间"),
        fields("产品名称", "订单编号", "交运日期"),
        fields("数量", "不良数量", "损失金额"),
        text("投诉内容", 70),
        text("客户要求", 40),
        fields("投诉类别", "投诉性质", "责任部门"),
        text("原因分析", 60),
        text("处理方式", 40),
        text("纠正措施", 50),
        fields("上报期限", "核决人", "结案期限"),
        signatures("经办", "部门主管", "核决"),
      ],
      after: COPIES,
    }),
  ),
  form(
    "客户意见处理表",
    ["property-management"],
    formPage("客户意见处理表", {
      parts: [
        fields(["业主（住户）", "客户名称"], "联系电话", ["房号／地点", "地区"]),
        fields("受理时间", "接待人", "投诉渠道"),
        text(["意见内容", "投诉内容"], 90),
        fields(["意见类别", "投诉类别"], "投诉级别", "责任部门"),
        text("原因分析", 56),
        text(["处理经过与结果", "处理方式"], 56),
        fields("结案时间", "回访时间", "满意度"),
        opinion("业主意见", 60),
        signatures("经办", "服务中心负责人", "审核"),
      ],
    }),
  ),
  form(
    "客户投诉处理单",
    ["distribution-centre"],
    formPage("客户投诉处理单", {
      parts: [
        fields(...WHO),
        fields("产品名称", "订单编号", "交运日期"),
        fields("受理时间", "接待人", "责任部门"),
        text("投诉内容", 80),
        text("原因分析", 60),
        text(["处理方案", "处理方式"], 60),
        fields("约定期限", "结案期限", "补偿金额"),
        opinion("主管领导审核意见", 60),
        opinion("责任人承诺", 50),
        signatures("承办人", "责任人", "主管领导"),
      ],
      after: COPIES,
    }),
  ),
  form(
    "客户投诉记录单",
    ["distribution-centre"],
    formPage("客户投诉记录单", {
      parts: [
        fields("受理时间", "投诉渠道", "接待人"),
        fields("客户名称", "客户类型", "联系电话"),
        fields(...WHAT),
        text("投诉内容", 120),
        text("客户要求", 50),
        fields(...JUDGED),
        opinion("记录人核对", 50),
      ],
    }),
  ),
  form(
    "客户投诉记录卡",
    ["franchise-retail"],
    formPage("客户投诉记录卡", {
      parts: [
        fields(...WHO),
        fields(["门店／部门", "责任部门"], "接待人", "受理时间"),
        fields(...WHAT),
        text("投诉内容", 90),
        text("客户要求", 44),
        fields("投诉类别", "结案期限", "承办岗位"),
        text("处理方式", 44),
        fields("答复客户时间", "结案时间", "满意度"),
        opinion("门店意见", 56),
        opinion("营运督导意见", 56),
      ],
    }),
  ),
  form(
    "客户投诉记录表",
    ["hotel-supplies", "property-management"],
    formPage("客户投诉记录表", {
      parts: [
        fields("受理时间", "投诉渠道", "接待人"),
        fields(...WHO.slice(0, 2), "地区"),
        fields("产品名称", "订单编号", "数量"),
        text("投诉内容", 100),
        text("客户要求", 44),
        fields("投诉类别", "投诉子类", "投诉级别"),
        fields("责任部门", "承办岗位", "结案期限"),
        text("处理方式", 50),
        fields("结案时间", "回访时间", "满意度"),
        signatures("记录人", "承办人", "审核"),
      ],
    }),
  ),
  form(
    "客户抱怨处理书",
    ["auto-sales"],
    formPage("客户抱怨处理书", {
      parts: [
        fields(...WHO),
        fields(["车型", "产品名称"], "订单编号", "接待人"),
        fields("受理时间", "投诉级别", "投诉类别"),
        text("投诉内容", 80),
        text("客户要求", 40),
        fields("移交期限", "首次回复期限", "结案期限"),
        text("原因分析", 56),
        text(["处理措施", "处理方式"], 50),
        text("纠正措施", 50),
        fields("申请关闭时间", ["电话确认期限", "回访期限"], ["确认时间", "回访时间"]),
        signatures("承办部门", "客户关系部门", "总经理"),
      ],
    }),
  ),
  form(
    "客户质量投诉调查处理记录",
    ["property-management"],
    formPage("客户质量投诉调查处理记录", {
      parts: [
        fields(["业主（住户）", "客户名称"], "联系电话", ["房号／部位", "地区"]),
        fields("受理时间", "投诉类别", "投诉级别"),
        text("投诉内容", 70),
        opinion("现场查验情况", 90, "查验人：　　　　　　　业主：　　　　　　　日期："),
        text("原因分析", 56),
        text(["处理办法", "处理方式"], 50),
        text("纠正措施", 50),
        fields("责任部门", "结案期限", "结案时间"),
        opinion("复验结果", 60),
        signatures("调查人", "工程主管", "服务中心负责人"),
      ],
    }),
  ),
  form(
    "异常处理单",
    ["factory-claims", "claims-time-limits"],
    formPage("异常处理单", {
      before: ["　　本件未给客户造成损失，不按客诉处理，由责任单位查明改正。"],
      parts: [
        fields("客户名称", "受理时间", "责任部门"),
        fields("产品名称", "料号", "订单编号"),
        text(["异常情况", "投诉内容"], 80),
        text("原因分析", 64),
        text(["改正办法", "处理方式"], 50),
        text(["防止再发", "纠正措施"], 60),
        opinion("确认结果", 56),
        signatures("提出人", "责任单位", "质量管理部"),
      ],
    }),
  ),
  form("投诉调查报告", ["franchise-retail"], report("投诉调查报告")),
  form("调查报告", [], report("投诉调查报告")),
  form("8D报告", [], eightDisciplines()),
  form(
    "抱怨/投诉单",
    ["auto-service"],
    formPage("抱怨／投诉单", {
      parts: [
        fields(...WHO),
        fields(["车型／项目", "产品名称"], ["工单号", "订单编号"], "接待人"),
        fields("受理时间", "投诉级别", "投诉类别"),
        text("投诉内容", 84),
        text("客户要求", 44),
        fields("移交期限", "首次回复期限", "结案期限"),
        text("原因分析", 56),
        text("处理方式", 50),
        text("纠正措施", 56),
        fields("结案时间", "回访时间", "归档到期"),
        signatures("接待人", "责任主管", "服务总监"),
      ],
      after: COPIES,
    }),
  ),
  form(
    "抱怨/投诉解决方案",
    ["auto-service"],
    formPage("抱怨／投诉解决方案", {
      parts: [
        fields("客户名称", "联系电话", "受理时间"),
        fields(["车型／项目", "产品名称"], "投诉级别", "责任人"),
        text("投诉内容", 70),
        text("客户要求", 44),
        text("原因分析", 60),
        text(["解决方案", "处理方式"], 70),
        fields("补偿金额", "答复客户时间", "结案期限"),
        opinion("客户意见", 50, "客户确认：　　　　　　　　　日期："),
        signatures("责任主管", "服务总监", "客户关爱部"),
      ],
      after: COPIES,
    }),
  ),
  form(
    "纠正预防措施",
    ["auto-service"],
    formPage("纠正预防措施", {
      parts: [
        fields("客户名称", "受理时间", "投诉类别"),
        text("投诉内容", 60),
        text(["根本原因", "原因分析"], 80),
        text("纠正措施", 90),
        opinion("执行人、完成日期、检查办法", 70),
        signatures("责任主管", "服务总监", "客户关爱部"),
      ],
      after: COPIES,
    }),
  ),
  form(
    "有效性评估报告",
    ["auto-service"],
    formPage("有效性评估报告", {
      parts: [
        fields("客户名称", "受理时间", "结案时间"),
        text("纠正措施", 80),
        opinion("执行情况", 70),
        opinion("同类投诉有无再次发生", 60),
        opinion("评估结论", 60, "有效（　）　部分有效（　）　无效，重新制定（　）"),
        signatures("评估人", "服务总监", "总经理"),
      ],
      after: COPIES,
    }),
  ),
  form(
    "顾客抱怨及返修记录",
    ["auto-service"],
    formPage("顾客抱怨及返修记录", {
      parts: [
        fields(...WHO),
        fields(["车型／项目", "产品名称"], ["工单号", "订单编号"], "受理时间"),
        text(["抱怨内容", "投诉内容"], 80),
        text("原因分析", 60),
        fields("返修费用", "返修交货日期", "责任人"),
        opinion("返修结果", 90, "返修人：　　　　　　　检验：　　　　　　　日期："),
        text("纠正措施", 56),
        fields("回访期限", "回访时间", "满意度"),
        signatures("服务顾问", "技术主管", "服务经理"),
      ],
    }),
  ),
  form(
    "顾客投诉记录表",
    ["branch-stores"],
    formPage("顾客投诉记录表", {
      parts: [
        fields(["顾客", "客户名称"], "联系电话", "投诉渠道"),
        fields(["首接人", "接待人"], "受理时间", "移交期限"),
        fields(...WHAT),
        text("投诉内容", 96),
        text(["顾客要求", "客户要求"], 44),
        fields("投诉性质", "责任部门", "承办岗位"),
        opinion("门店当场处理情况", 70),
        opinion("顾客意见", 56),
        signatures("记录人", "店长", "分公司经理"),
      ],
    }),
  ),
  form(
    "顾客投诉处理表",
    ["branch-stores"],
    formPage("顾客投诉处理表", {
      parts: [
        fields(["顾客", "客户名称"], "联系电话", "地区"),
        fields("产品名称", "交运日期", "移交时间"),
        fields("调查期限", "结案期限", "责任部门"),
        text("投诉内容", 70),
        text(["调查结果", "原因分析"], 64),
        text(["处理意见", "处理方式"], 50),
        text("纠正措施", 50),
        fields("损失金额", "补偿金额", "核决人"),
        opinion("加工单位意见", 52),
        signatures("市场部", "责任单位", "批准"),
      ],
      after: COPIES,
    }),
  ),
  form(
    "成品退货单",
    ["factory-claims", "claims-time-limits"],
    formPage("成品退货单", {
      parts: [
        fields("客户名称", "地区", "受理时间"),
        fields("产品名称", "料号", "订单编号"),
        fields("交运日期", "数量", "不良数量"),
        fields("核定退货量", ["超量允收比率（%）", "超量允收比率"], "实退量"),
        fields("退货入账量", "单价", "核决人"),
        text(["退货原因", "投诉内容"], 70),
        text(["处理办法", "处理方式"], 44),
        [
          {
            height: 40,
            cells: [
              { text: "退货凭证", label: true },
              { text: "□ 原发票收回　　□ 注明退货数量的发票影本　　□ 销货退回证明单", span: 5 },
            ],
          },
        ],
        opinion("仓库验收", 56, "实收数量：　　　　　　　签名：　　　　　　　日期："),
        signatures("业务", "仓库", "会计"),
      ],
      after: COPIES,
    }),
  ),
  form(
    "销货折让证明单",
    ["factory-claims", "claims-time-limits"],
    formPage("销货折让证明单", {
      before: ["　　兹因下列货品发生投诉，经双方商定给予折让或赔款，特此证明。"],
      parts: [
        fields("客户名称", "订单编号", "交运日期"),
        fields("产品名称", "数量", "单价"),
        fields("不良数量", "损失金额", "索赔金额"),
        fields("补偿金额", ["金额大写", "补偿金额大写"], "核决人"),
        text(["折让原因", "投诉内容"], 70),
        text("处理方式", 50),
        opinion("客户签章", 80),
        signatures("业务", "主管", "会计"),
      ],
      after: COPIES,
    }),
  ),
  {
    ...form(
      "销货退回证明单",
      ["factory-claims", "claims-time-limits"],
      formPage("销货退回证明单", {
        before: ["　　兹证明下列货品已经退回，原销货按实退数量冲减。"],
        parts: [
          fields("客户名称", "订单编号", "交运日期"),
          fields("产品名称", "料号", "单价"),
          fields("核定退货量", "实退量", "退货入账量"),
          text(["退货原因", "投诉内容"], 70),
          opinion("客户签章", 90),
          signatures("业务", "仓库", "会计"),
        ],
      }),
    ),
    belongsTo: "成品退货单",
  },
  form(
    "质量致歉信",
    [],
    letter("致歉信", [
      "您于{受理日期}反映所购{产品名称}的质量问题，我们收到后即行核查。核查结果是：{原因分析}。这是我们把关不严，给您添了麻烦，谨此致歉。",
      "对这批货的处理办法是：{处理方式}。由此产生的费用由我方承担，您不必另行付款。",
      "同时我们已采取下列措施，免得同样的问题再次发生：{纠正措施}。",
      "如您对处理还有意见，请随时与我们联系。感谢您指出问题，也请给我们改正的机会。",
    ]),
  ),
  form(
    "延误致歉信",
    [],
    letter("致歉信", [
      "您的订单{订单编号}原定于{约定送达日期}送达，我们没有如期做到，打乱了您的安排，十分抱歉。",
      "延误的原因是：{原因分析}。这属于我们安排不周，与您无关。",
      "按照承诺，我们将向您返还{补偿金额}元，并{处理方式}。",
      "今后我们会在可能延误时提前告知，由您决定等候还是改期。再次请您谅解。",
    ]),
  ),
  form(
    "态度致歉信",
    [],
    letter("致歉信", [
      "{受理日期}您反映我方人员接待不当一事，我们听取了当事人的陈述，也核对了当时的记录，情况属实：{原因分析}。",
      "无论当时情形如何，让您受到冷落都是我们的不是。我们向您诚恳道歉。",
      "我们已作如下处理：{处理方式}；并且{纠正措施}。",
      "如果您愿意，我们希望当面致歉，并听听您对服务的意见。",
    ]),
  ),
  form(
    "错发致歉信",
    [],
    letter("致歉信", [
      "您的订单{订单编号}收到的货品与所订的{产品名称}不符，经查是我方配货有误：{原因分析}。给您带来不便，实在抱歉。",
      "处理办法如下：{处理方式}。错发的货品由我们安排取回，往返运费均由我方承担，请暂为保管，不必寄出。",
      "我们已对配货复核作了改进：{纠正措施}。",
      "正确的货品寄出后，我们会把单号告知您。感谢您的耐心。",
    ]),
  ),
  form(
    "异物致歉信",
    [],
    letter("致歉信", [
      "您于{受理日期}反映在{产品名称}中发现异物。食品入口，安全为先，出现这样的事没有可以推脱的理由，我们向您郑重道歉。",
      "我们封存了同批次产品并作了检查，结果是：{原因分析}。",
      "对您的处理：{处理方式}；补偿{补偿金额}元。如您因此感到不适，请及时就医并保留票据，合理费用由我方承担。",
      "我们已采取的措施是：{纠正措施}。",
    ]),
  ),
  form(
    "房屋缺陷致歉信",
    [],
    letter("致歉信", [
      "您于{受理日期}反映房屋存在缺陷：{投诉内容}。工程人员已到场查看，查明原因是：{原因分析}。影响了您的居住，我们深表歉意。",
      "修复办法为：{处理方式}。施工前我们会与您约定入户时间，完工后请您一同验收；保修责任按合同和规定履行，不另收费。",
      "对同类房屋，我们将一并检查：{纠正措施}。",
      "修复期间如有不便，请与客户服务中心联系，我们会尽快安排。",
    ]),
  ),
  form(
    "缺货致歉信",
    [],
    letter("致歉信", [
      "您订购的{产品名称}（订单{订单编号}）暂时缺货，没能按约供应，耽误了您使用，非常抱歉。",
      "缺货的原因是：{原因分析}。",
      "您可以选择等候到货、改换同价位的其他货品，或者取消订单全额退款；我们目前的安排是：{处理方式}。您的选择一经告知即予办理。",
      "我们已改进备货：{纠正措施}。谢谢您的体谅。",
    ]),
  ),
  form(
    "投诉不成立答复函",
    [],
    letter("关于投诉处理结果的答复", [
      "您于{受理日期}提出的投诉（{投诉内容}）已收悉。我们调阅了有关资料，并向有关人员作了了解。",
      "查明的情况是：{原因分析}。根据现有材料，我方在本件中没有违反约定或规定之处，因此投诉所述的责任不能认定。",
      "这不影响您就产品和服务继续向我们提出意见。如您持有新的材料，请交给我们，我们会重新核查；您也可以依法向有关部门反映或寻求其他途径解决。",
      "感谢您的关注与监督。",
    ]),
  ),
  form(
    "检讨书",
    [],
    docx([
      paragraph("检讨书", { align: "center", size: 20, bold: true, head: true, before: 24, after: 24 }),
      paragraph("{责任部门}负责人：", { size: 12, after: 6 }),
      ...[
        "{受理日期}，客户{客户名称}投诉：{投诉内容}（编号{投诉编号}）。本人对此负有责任，现检讨如下。",
        "一、事情经过（由本人如实填写）：",
        "\n",
        "二、原因：{原因分析}。",
        "三、造成的影响（由本人填写）：",
        "\n",
        "四、改正办法：{纠正措施}。本人保证照此执行，并愿接受检查。",
        "五、本件的处理办法：{处理方式}。本人已知悉；对事实或处理如有异议，将另行书面提出。",
      ].map((line) => paragraph(line, { size: 12, indent: true, after: 4 })),
      paragraph("检讨人（{责任人}）签名：　　　　　　　", { size: 12, align: "right", before: 24, after: 6 }),
      paragraph("　　　　年　　月　　日", { size: 12, align: "right" }),
    ]),
  ),
];

/** Eight disciplines, filled as far as the ledger knows; the rest is for the team. Hours and days are samples. */
function eightDisciplines(): Uint8Array {
  return formPage("8D报告", {
    parts: [
      fields("客户名称", "受理时间", "结案期限"),
      heading("D1 小组"),
      fields("责任部门", "责任班组", "责任人"),
      signatures("组长", "组员", "成立日期"),
      heading("D2 问题描述"),
      fields("产品名称", "料号", "订单编号"),
      fields("数量", "不良数量", "投诉级别"),
      text("投诉内容", 36),
      heading("D3 临时措施：在库、在途、在客户处（受理后24小时内，样例）"),
      opinion("处置的范围和数量", 32),
      heading("D4 根本原因（发生原因、流出原因）"),
      text("原因", 22),
      text("原因分析", 32),
      heading("D5 永久措施"),
      text("纠正措施", 32),
      heading("D6 实施与验证"),
      opinion("完成和数据", 30),
      heading("D7 防止再发生"),
      opinion("文件和培训", 30),
      heading("D8 总结，结案后30天（样例）确认效果"),
      fields("结案时间", "满意度", "处理方式"),
      opinion("有无再发", 30),
    ],
    after: COPIES,
  });
}

function report(title: string): Uint8Array {
  return formPage(title, {
    parts: [
      fields("客户名称", "受理时间", "投诉渠道"),
      fields("产品名称", "投诉类别", "投诉级别"),
      heading("一、投诉事项"),
      text("投诉内容", 56),
      text("客户要求", 32),
      heading("二、调查经过"),
      fields("首次回复时间", "调查完成时间", "答复客户时间"),
      opinion("走访与取证", 56),
      heading("三、原因与责任"),
      text("原因分析", 50),
      fields("责任部门", "责任班组", "责任人"),
      fields("损失金额", "处罚合计", "补偿金额"),
      heading("四、结论与措施"),
      text(["处理结论", "处理方式"], 40),
      text("纠正措施", 46),
      text(["依据", "《{制度名称}》{依据}"], 36),
      signatures("调查人", "部门负责人", "批准"),
    ],
  });
}
