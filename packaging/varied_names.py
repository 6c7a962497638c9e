"""Invented names to put in the place of those of a labelled text, so that what is learned is how names stand in a
text, not which names there are."""

from __future__ import annotations

import random  # noqa: TID251 - reproducible by its seed, and no id of ours
import re
from collections.abc import Mapping
from typing import Any, Final

from desktop.readers.pasted.surnames import DOUBLE, LATIN, SINGLE


def _words(text: str) -> list[str]:
    return text.split()


NAMED: Final = ("payee_name", "payer_name")
_COMMON: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟"
    "谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_RARE: Final = sorted(SINGLE - set(_COMMON))
_TWO_SIGNS: Final = sorted(DOUBLE)
_GIVEN: Final = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀英霞平刚桂兰玉华红梅建国志文斌辉鹏飞宇浩然子轩梓涵雨欣怡佳俊凯晨曦思琪嘉诚"
    "天佑海燕春花秋菊德福长生永贵金宝银凤淑珍翠莲云龙凤仙小大晓东西南北立新民庆祥瑞祺安康宁远航泽恩铭皓博睿哲翰林森"
    "炎鑫淼垚晶莹莉萍蓉蕾薇冰雪月星辰光阳旭昊昌荣富贵仁义礼智信忠孝廉正元亨利贞乐宏伟振兴邦家树青松柏竹百川江河山峰"
    "岭岩石磐玲珑瑶琳琅珊瑚璐璇美善真诗词歌舞琴棋书画学勤业精恒守卫疆继先承祖耀宗广锁柱根栓"
)
_PLACES: Final = _words(
    "北京 上海 深圳 广州 杭州 义乌 苏州 常州 无锡 南京 徐州 济南 青岛 临沂 潍坊 菏泽 沧州 石家庄 "
    "唐山 保定 邢台 廊坊 郑州 洛阳 南阳 武汉 宜昌 长沙 株洲 南昌 赣州 福州 厦门 泉州 莆田 晋江 "
    "合肥 阜阳 成都 绵阳 重庆 贵阳 遵义 昆明 大理 南宁 柳州 海口 西安 咸阳 兰州 银川 西宁 乌鲁木齐 "
    "呼和浩特 包头 沈阳 大连 长春 吉林 哈尔滨 天津 太原 大同 佛山 东莞 中山 惠州 温州 宁波 嘉兴 "
)
_DISTRICTS: Final = _words(
    "高新区 城关区 朝阳区 西湖区 武侯区 江北区 雁塔区 市北区 滨海新区 经开区 天河区 白云区 历下区 "
    "金水区 牡丹区 任泽区 即墨区 城东镇 石佛镇 河西街道 "
)
_BRANDS: Final = _words(
    "鸿图 广聚 恒通 嘉禾 天源 宝丽 惠民 瑞丰 金穗 盛世 华鼎 聚鑫 众诚 启航 逐浪 星海 云帆 佳惠 "
    "福满 德隆 百顺 万佳 优品 诺言 韵达尔 翼航 腾远 海纳 博雅 智联 汇通 晟泽 明远 兴旺 顺达 安泰 "
    "康源 鑫源 永盛 长青 蓝天 绿野 红叶 青禾 小马 老李 阿强 李记 王记 一品 八方 六合 九州 乐购 "
    "极速 果然 时光 夕阳红 橙子 蜜语 易购 拼好 快修 家和 天赐 国泰 中金 富易 优鲜 黔醇 "
)
_FIRMS: Final = _words(
    "商贸有限公司 科技有限公司 网络科技有限公司 贸易有限公司 供应链管理有限公司 电子商务有限公司 "
    "信息技术有限公司 建材有限公司 机械租赁有限公司 橡塑厂 五金加工部 饰品厂 百货店 便利店 超市 商行 "
    "服饰商行 童装店 水产店 日用品店 服装店 玉器行 经营部 建材经营部 烟酒店 早餐店 火锅店 药房 诊所 "
    "数码店 手机专卖店 花店 养生馆 足浴店 汽修厂 洗车行 农机销售处 批发部 工作室 文化传媒有限公司 "
    "教育咨询有限公司 旅行社 投资管理有限公司 保证金专户 养老服务中心 电动车行 家电维修部 食品店 茶行 "
    "母婴店 票务代理 物流部 集团 专营店 旗舰店 直营店 "
)
_NICKNAMES: Final = _words(
    "夏天的风 一路向北 清风 远航 小苹果 静待花开 财源滚滚 小懒猫 云淡风轻 海阔天空 阳光 开心果 向日葵 "
    "蓝色妖姬 梦想起航 小鱼儿 大白兔 天天向上 苏苏 可可 木子 柠檬 十七 南风 晚安 平凡 胖虎 红姐 强哥 "
    "芳姐 琳达 露露 安娜 老K 龙哥 财务小王 金牌导师 客服07 派单员 项目部小田 接待员-小雅 团长 老刀 "
    "燕子 顺其自然 往事随风 大海 梅子 小七 王老师 李经理 张会计 陈姐 刘总 老赵 赵叔 阿豪 阿May "
    "Tony Cindy Amy Kevin老师 linda88 vip客服 豆豆妈 糖糖 雪儿 "
)
_MINORITY: Final = _words(
    "买买提江 阿不都 热合曼 古丽娜尔 阿依古丽 艾力 吐尔逊 阿里木江 木合塔尔 迪丽努尔 扎西 次仁 多吉 "
    "卓玛 央金 旺堆 达瓦 索朗 巴图 苏和 娜仁 其其格 乌云 格日勒 朝鲁 阿木古郎 嘎日迪 马合木提 努尔兰 "
    "叶尔肯 "
)
_LATIN_SURNAMES: Final = [name.upper() for name in sorted(LATIN)]
_LATIN_GIVEN: Final = _words(
    "WEI FANG NA MIN JING LI QIANG LEI JUN YANG YONG YAN JIE JUAN TAO MING CHAO XIUYING XIA PING GANG "
    "GUIYING XIAOLONG ZHENYU MINGZE YULAN GUILAN JIANGUO ZIHAN YUXUAN HAORAN MEILING CHANGQING DEFU "
    "XIAOMEI LIJUAN HONGMEI ZHIQIANG FULIN SONGBAI RUI PENG FEI CHENXI JIAHAO LIHUA SHUFEN "
)
_LATIN_PLACES: Final = _words(
    "SHENZHEN HUIYUAN GUANGZHOU TIANCHENG ZIBO HANGZHOU YIWU SUZHOU HENGTAI DINGXIN JINFENG SHANGHAI "
    "LVXING JILIN HARBIN TIANJIN OCEANLINK "
)
_LATIN_FIRMS: Final = (
    "TRADING CO LTD",
    "TRADING CO., LTD",
    "TECHNOLOGY CO., LTD.",
    "Trading Co., Ltd.",
    "Logistics",
    "ELECTRONICS LIMITED",
    "Technology Co Ltd",
    "Consulting Ltd",
    "IMPORT & EXPORT CO LTD",
    "Agri",
    "Ceramic",
    "NETWORK TECHNOLOGY CO LTD",
    "Ice Season Tours",
    "Mart",
    "Store",
)
_SHORT: Final = 3
_LONG: Final = 5


def varied(message: Mapping[str, Any], lot: random.Random) -> dict[str, Any] | None:
    """The labelled text with other names of the like kind; None where its names are not to be parted from the text."""
    names = sorted(names_of(message), key=lambda name: (-len(name), name))
    text = str(message["text"])
    if not names or any(one != other and one in other for one in names for other in names):
        return None
    other: dict[str, str] = {}
    for place, name in enumerate(names):
        if name not in text:
            return None
        mark = chr(0xE000 + place)
        text = text.replace(name, mark)
        other[name] = _like(name, lot)
    for place, name in enumerate(names):
        text = text.replace(chr(0xE000 + place), other[name])
    transfers = [
        {key: other.get(value, value) if key in NAMED else value for key, value in one.items()}
        for one in message["transfers"]
    ]
    return {**message, "text": text, "transfers": transfers}


def names_of(message: Mapping[str, Any]) -> set[str]:
    """The names of those who pay and are paid."""
    return {one[key] for one in message["transfers"] for key in NAMED if one.get(key)}


def _like(name: str, lot: random.Random) -> str:
    chance = lot.random()
    if name.isascii() and re.search("[A-Za-z]", name):
        return _like_latin(name, lot, chance)
    if "*" in name or "某" in name:
        return _masked(lot) if chance < 0.8 else _person(lot)
    if "·" in name:
        return _of_minority(lot) if chance < 0.5 else _person(lot)
    if len(name) <= _SHORT and name[0] in SINGLE:
        return _instead_of_person(lot, chance)
    if len(name) > _LONG:
        return _firm(lot) if chance < 0.85 else _person(lot)
    return lot.choice(_NICKNAMES) if chance < 0.6 else _person(lot) if chance < 0.8 else _firm(lot)


def _like_latin(name: str, lot: random.Random, chance: float) -> str:
    if " " in name or name.isupper():
        return _latin(lot, upper=name.isupper())
    return lot.choice(_NICKNAMES) if chance < 0.3 else _latin(lot, upper=False).split()[0]


def _instead_of_person(lot: random.Random, chance: float) -> str:
    if chance < 0.72:
        return _person(lot)
    if chance < 0.8:
        return _masked(lot)
    if chance < 0.85:
        return _of_minority(lot)
    return lot.choice(_NICKNAMES) if chance < 0.9 else _firm(lot)


def _person(lot: random.Random) -> str:
    chance = lot.random()
    surname = lot.choice(_COMMON if chance < 0.6 else _RARE if chance < 0.96 else _TWO_SIGNS)
    return surname + "".join(lot.choice(_GIVEN) for _ in range(2 if lot.random() < 0.7 else 1))


def _of_minority(lot: random.Random) -> str:
    first, second = lot.choice(_MINORITY), lot.choice(_MINORITY)
    return f"{first}·{second}" if lot.random() < 0.8 else first


def _masked(lot: random.Random) -> str:
    name = _person(lot)
    hidden = len(name) - 1
    shapes = (
        f"*{name[1:]}", f"*{name[1:]}", f"{name[0]}*{name[2:]}", f"{name[0]}*{name[2:]}", name[0] + "*" * hidden,
        "*" * hidden + name[-1], name[0] + "某" * hidden, f"{name[0]}某{name[-1]}",
    )  # fmt: skip
    return lot.choice(shapes)


def _firm(lot: random.Random) -> str:
    place = (
        lot.choice(_PLACES) + ("市" if lot.random() < 0.3 else "") if lot.random() < 0.85 else ""
    )
    district = lot.choice(_DISTRICTS) if lot.random() < 0.3 else ""
    bracket = f"({lot.choice(_PLACES)})" if lot.random() < 0.1 else ""
    return f"{place}{district}{lot.choice(_BRANDS)}{bracket}{lot.choice(_FIRMS)}"


def _latin(lot: random.Random, *, upper: bool) -> str:
    if lot.random() < 0.3:
        name = f"{lot.choice(_LATIN_PLACES)} {lot.choice(_LATIN_PLACES)} {lot.choice(_LATIN_FIRMS)}"
    else:
        name = f"{lot.choice(_LATIN_SURNAMES)} {lot.choice(_LATIN_GIVEN)}"
    return name.upper() if upper else name.title()
