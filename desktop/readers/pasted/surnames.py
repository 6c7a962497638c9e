"""Family names: what tells a person's name from two other characters."""

from __future__ import annotations

from typing import Final

SINGLE: Final = frozenset(
    "傅代逄逢翦仰滑咸操晨揣撒税隗丘谯赖颉郗郦隽贡洪肇乜缑竺牧戢昌终暨步广殳沃蔚越夔巢蒯钭冒水麴红"
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹"
    "孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单"
    "季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬"
    "师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门"
    "云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阎阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利于呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由"
)
DOUBLE: Final = frozenset(
    [
        "欧阳",
        "上官",
        "司马",
        "诸葛",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "司徒",
        "夏侯",
        "轩辕",
        "宇文",
        "长孙",
        "端木",
        "南宫",
        "呼延",
        "独孤",
        "完颜",
        "拓跋",
        "淳于",
        "申屠",
        "闻人",
        "澹台",
        "濮阳",
        "太史",
        "第五",
    ]
)

LATIN: Final = frozenset((
    "bai", "bao", "bian", "cai", "cao", "chai", "chen", "cheng", "chu", "cui", "dai", "deng", "ding", "dong",
    "dou", "du", "fan", "fang", "fei", "feng", "fu", "gai", "gan", "gao", "ge", "geng", "gong", "gu", "guan",
    "guo", "han", "hao", "he", "hong", "hou", "hu", "huang", "huo", "ji", "jia", "jiang", "jiao", "jin",
    "jing", "kang", "kong", "lan", "lei", "li", "liang", "liao", "lin", "ling", "liu", "long", "lou", "lu",
    "luo", "ma", "mao", "mei", "meng", "mo", "mu", "ni", "ning", "niu", "ouyang", "pan", "pang", "pei",
    "peng", "ping", "qi", "qian", "qiao", "qin", "qiu", "qu", "ren", "ruan", "shang", "shao", "shen", "shi",
    "shu", "song", "su", "sun", "tan", "tang", "tao", "tian", "tong", "tu", "wan", "wang", "wei", "wen", "wu",
    "xi", "xiao", "xie", "xing", "xiong", "xu", "yan", "yang", "yao", "ye", "yi", "yin", "yu", "yuan", "yue",
    "zeng", "zhan", "zhang", "zhao", "zheng", "zhong", "zhou", "zhu", "zhuang", "zong", "zou", "zuo",
))  # fmt: skip
"""As they stand in letters."""


def is_person(name: str) -> bool:
    """Whether two to four characters begin like a person's name."""
    return name[:2] in DOUBLE if len(name) == 4 else 2 <= len(name) <= 3 and name[:1] in SINGLE
