/** Characters that look like others, as far as names and 工号 are concerned. */

/** Cyrillic and Greek letters, and the Latin ones nobody can tell them from. */
const LETTERS: Readonly<Record<string, string>> = {
  ...pairs("АВЕЅЗІЈКМНОРСТУХаеѕіјорсухһԁ", "ABES3IJKMHOPCTYXaesijopcyxhd"),
  ...pairs("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαορν", "ABEZHIKMNOPTYXaopv"),
};
const FOREIGN = /[\p{Script=Cyrillic}\p{Script=Greek}]/u;
const EVERY_FOREIGN = /[\p{Script=Cyrillic}\p{Script=Greek}]/gu;

/**
 * A text whose Cyrillic and Greek letters all look like Latin ones, in these; any other as it is: `А01` with a Cyrillic А is
 * meant as A01, Иван is meant as it stands.
 */
export function latinLetters(text: string): string {
  if (!FOREIGN.test(text)) return text;
  const foreign = text.match(EVERY_FOREIGN)!;
  return foreign.every((letter) => letter in LETTERS)
    ? text.replace(EVERY_FOREIGN, (letter) => LETTERS[letter]!)
    : text;
}

/** Forms of one character that typefaces and input methods of other countries give; traditional characters are others. */
const FORMS = pairs(
  "曽黃呂吳呉戶戸內髙徳恵眞靜靑淸溫強產産悅峯羣黒冨寛﨑",
  "曾黄吕吴吴户户内高德惠真静青清温强产产悦峰群黑富宽崎",
);
const ANY_FORM = new RegExp(`[${Object.keys(FORMS).join("")}]`, "gu");

/** By one form of each character; for comparing only: whose name has another form is shown by it. */
export function oneForm(text: string): string {
  return text.replace(ANY_FORM, (character) => FORMS[character]!);
}

/**
 * Traditional characters of names with their simplified ones, and characters that clerks take for each other in names. They
 * may be one person's name in two hands and may be two names: nobody is made one by them, but somebody is asked.
 */
const MAY_BE_ONE: Readonly<Record<string, string>> = Object.fromEntries(
  [
    "張张 劉刘 陳陈 楊杨 趙赵 孫孙 馬马 羅罗 鄭郑 謝谢 韓韩 許许 鄧邓 馮冯 葉叶 蘇苏 盧卢 蔣蒋 賈贾 鍾钟 鐘钟 锺钟 譚谭 陸陆 鄒邹 閻阎 蕭萧 龍龙 萬万 錢钱",
    "湯汤 賴赖 龔龚 顧顾 蘭兰 莊庄 嚴严 華华 齊齐 聶聂 歐欧 陽阳 畢毕 麥麦 賀贺 龐庞 駱骆 紀纪 項项 藍蓝 閔闵 婁娄 鄔邬 喬乔 甯宁 寧宁 關关 車车 連连 單单",
    "鮑鲍 韋韦 衛卫 邊边 應应 簡简 饒饶 鞏巩 厲厉 闞阚 鄺邝 塗涂 偉伟 麗丽 傑杰 國国 軍军 藝艺 濤涛 紅红 艷艳 豔艳 鳳凤 輝辉 剛刚 鵬鹏 飛飞 雲云 義义 禮礼",
    "寶宝 貴贵 發发 財财 榮荣 興兴 東东 勝胜 學学 業业 貞贞 瓊琼 嬌娇 愛爱 蓮莲 鳴鸣 鋼钢 鐵铁 銀银 銘铭 錦锦 鋒锋 鋭锐 銳锐 穎颖 慶庆 賢贤 繼继 紹绍 維维",
    "緒绪 綱纲 純纯 綺绮 緣缘 曉晓 暉晖 曄晔 時时 書书 樂乐 權权 機机 棟栋 楨桢 樺桦 橋桥 歡欢 漢汉 澤泽 潔洁 濱滨 瀾澜 瑩莹 璽玺 瑪玛 環环 瑋玮 瑤瑶 畫画",
    "當当 眾众 禎祯 穩稳 競竞 筆笔 節节 聖圣 聰聪 聲声 葦苇 蒼苍 薈荟 號号 詩诗 誠诚 語语 誼谊 諾诺 謙谦 豐丰 賓宾 賦赋 贊赞 躍跃 軒轩 輪轮 遠远 達达 運运",
    "進进 選选 鄉乡 釗钊 鈞钧 鈴铃 鑒鉴 鎮镇 長长 開开 閣阁 際际 隨随 雙双 頌颂 順顺 領领 顏颜 願愿 風风 馳驰 駿骏 驊骅 驍骁 體体 鴻鸿 鶴鹤 齡龄 亞亚 億亿",
    "僑侨 儀仪 優优 兒儿 劍剑 勁劲 勵励 勳勋 勛勋 團团 園园 圓圆 堅坚 堯尧 奮奋 婭娅 實实 寬宽 將将 尋寻 導导 崗岗 嵐岚 島岛 師师 帥帅 彥彦 復复 憲宪 憶忆",
    "戰战 擇择 據据 揚扬 暢畅 歲岁 歷历 氣气 滿满 灣湾 煒炜 煥焕 燦灿 燁烨 爾尔 獻献 玨珏 現现 嫻娴 嬋婵 昇升 喆哲 堃坤",
  ].flatMap((line) => line.split(" ").map((pair) => Array.from(pair) as [string, string])),
);
const ANY_THAT_MAY = new RegExp(`[${Object.keys(MAY_BE_ONE).join("")}]`, "gu");

/** By what names are put beside each other that one person may bear; on a key in one form (`oneForm`). */
export function nearForm(key: string): string {
  return key.replace(ANY_THAT_MAY, (character) => MAY_BE_ONE[character]!);
}

function pairs(from: string, to: string): Record<string, string> {
  const targets = Array.from(to);
  return Object.fromEntries(Array.from(from).map((character, i) => [character, targets[i]!]));
}
