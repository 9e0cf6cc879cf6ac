/** Words in 地区 that mean outside the mainland, for packs that give none of their own. */
export const ABROAD_WORDS: readonly string[] = (
  "国外 海外 境外 外国 出口 外贸 港澳台 香港 澳门 台湾 美国 加拿大 墨西哥 巴西 阿根廷 英国 法国 德国 意大利 西班牙 葡萄牙 荷兰 比利时 瑞士 瑞典 挪威 丹麦 芬兰 波兰 " +
  "俄罗斯 乌克兰 土耳其 以色列 沙特 阿联酋 迪拜 埃及 南非 尼日利亚 印度 巴基斯坦 孟加拉 泰国 越南 缅甸 柬埔寨 老挝 马来西亚 新加坡 印尼 印度尼西亚 菲律宾 日本 韩国 朝鲜 " +
  "澳大利亚 澳洲 新西兰 欧洲 欧盟 北美 南美 非洲 东南亚 中东 overseas abroad foreign export international usa u.s. united states uk europe japan korea"
).split(" ");
