"""What a made-up case is put together from: names, banks, places and the sentences of a story.

Every part has several forms, so that a search meets frequent and rare words as it does at a real desk.
"""

from __future__ import annotations

from random import Random  # noqa: TID251 - made-up data, the same for the same seed
from typing import Final

_SURNAMES: Final = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴"
    "夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文欧阳"
)
_GIVEN: Final = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂红梅玉华建国文志海燕春秋雪峰龙飞鹏宇浩然子涵轩梓萱怡佳俊凯瑞"
    "博思琪雨欣一诺晨曦嘉睿天佑若彤楠婷婉莹倩颖洁琳淑珍凤云莲荣爱香月莺媛瑶惠珠翠雅芝萍素真环锦黛青倩璇羽希宁欣飘"
    "育滢馥筠柔竹霭凝晓欢霄枫芸菲寒伊亚宜可姬舒影荔枝思丽"
)
BANKS: Final = (
    "中国工商银行", "中国农业银行", "中国银行", "中国建设银行", "交通银行", "招商银行", "中国邮政储蓄银行",
    "兴业银行", "上海浦东发展银行", "中国民生银行", "平安银行", "中信银行", "中国光大银行", "华夏银行", "广发银行",
    "兰州银行", "甘肃银行", "北京银行", "上海银行", "江苏银行", "南京银行", "宁波银行", "徽商银行", "浙商银行",
    "渤海银行", "恒丰银行", "重庆农村商业银行", "广州农村商业银行", "甘肃省农村信用社", "深圳前海微众银行",
)  # fmt: skip
BINS: Final = (
    "621700", "622848", "621785", "621660", "622262", "622588", "621098", "622909", "622521", "622622", "623058",
    "622690",
)  # fmt: skip
_STREETS: Final = (
    "张掖路", "庆阳路", "南昌路", "天水中路", "皋兰路", "白银路", "雁滩路", "东岗西路", "甘南路", "平凉路",
    "火车站西路", "定西路", "民主西路", "渭源路", "麦积山路", "段家滩路", "雁南路", "雁北路", "旧大路", "盐场路",
    "秦安路", "武都路", "酒泉路", "静宁路",
)  # fmt: skip
_ESTATES: Final = (
    "锦绣花园", "金色家园", "雁滩小区", "天庆嘉园", "格林小镇", "东方红广场家属院", "银滩雅苑", "黄河家园",
    "欣欣嘉园", "瑞德大厦", "和平里", "安宁庭院",
)  # fmt: skip
WORKPLACES: Final = (
    "兰州大学", "兰州铁路局", "城关区第二小学", "某建筑公司", "某医院", "个体经营", "退休", "外卖骑手", "某物业公司",
    "某商贸公司", "某中学", "无业", "",
)  # fmt: skip
_WHEN: Final = (
    "当日上午", "前一天晚上", "三天前", "上周末", "半个月前", "本月初", "昨天下午", "今天凌晨", "上个月底",
    "国庆假期", "下班路上", "午休时",
)  # fmt: skip
_MET: Final = (
    "在短视频平台刷到点赞返利的广告", "接到自称“{org}客服”的电话", "被拉进名为“{nick}”的微信群",
    "在{app}上认识网友“{nick}”", "收到一条含链接的短信", "收到自称“{org}”的视频通话", "在二手交易平台出售{goods}",
    "搜索{goods}退款时加了QQ", "通过{app}的私信联系到对方", "接到自称外地公安局民警{nick}的电话",
    "在游戏里看到低价出售{goods}的消息", "扫了快递包裹里的二维码", "听邻居介绍下载了{app}",
    "收到冒充领导“{nick}”的好友申请", "在婚恋网站结识自称军人的“{nick}”", "看到朋友圈{goods}的代购广告",
    "接到称{goods}质量有问题要三倍理赔的电话", "求职时被“{org}”人事联系",
)  # fmt: skip
_SAID: Final = (
    "对方称完成任务即可返还本金和佣金", "对方称其账户涉嫌洗钱须转入安全账户", "对方称百万保障到期不关闭将每月扣费",
    "对方以交保证金解冻为由", "对方发来{app}的下载链接并指导操作", "对方以内部消息带其投资{goods}",
    "对方称误开会员须验证流水", "对方要求打开屏幕共享", "对方称贷款银行卡号填错须解冻", "对方以借钱周转为由",
    "对方先小额返现{small}元取得信任", "对方声称可代办{goods}并收取手续费", "对方称缴纳个人所得税后方可提现",
    "对方让其到{place}附近取出现金交给上门的人", "对方要求购买{goods}礼品卡并报卡号", "对方称是其孙子出了事急需用钱",
)  # fmt: skip
_DID: Final = (
    "报案人遂通过{bank}手机银行转出", "报案人到{place}的柜台汇款", "报案人先后分{times}笔转账",
    "报案人向“{nick}”提供的账户转账", "报案人用支付宝扫码付款", "报案人从信用卡套现后转出",
    "报案人向亲友借款后继续转账", "报案人在{app}内充值", "报案人把验证码告诉对方，随后被扣款",
    "报案人在家人劝阻后仍转出", "报案人通过{place}的自动柜员机存款", "报案人按提示输入了支付密码",
)  # fmt: skip
_THEN: Final = (
    "后被对方拉黑", "后发现{app}无法提现", "后联系不上对方", "对方又以{goods}为由索要费用，遂发觉被骗",
    "经{place}民警提醒后发觉被骗", "家人得知后陪同前来报案", "银行工作人员发现异常后劝其报案", "对方仍在催促转账",
    "查询官方客服后得知被骗", "刷到反诈宣传后意识到被骗", "平台随后关闭，群聊解散",
)  # fmt: skip
_LEFT: Final = (
    "聊天记录已保存在手机中。", "转账截图{times}张在本人手机内。", "对方头像为一名穿{goods}广告衫的人。",
    "对方口音像南方人。", "手机已恢复出厂设置，记录不全。", "对方微信昵称“{nick}”，朋友圈三天可见。",
    "通话时长约{times}分钟，号码为境外。", "本人未向对方提供过密码。", "屏幕共享期间对方能看到短信。",
    "收件地址为{place}。",
)  # fmt: skip
_ORGS: Final = (
    "抖音", "京东金融", "支付宝", "银监会", "中国移动", "航空公司", "顺丰速运", "社保局", "学信网", "腾讯",
    "美团月付", "电商平台",
)  # fmt: skip
_APPS: Final = (
    "瞬信", "云聊", "密友", "火讯", "金鼎证券", "恒信通", "蝙蝠", "飞鸽", "全民任务", "汇盈宝", "亿联会议",
    "鑫融易贷",
)  # fmt: skip
_GOODS: Final = (
    "奶粉", "手机", "游戏账号", "黄金", "演唱会门票", "茶叶", "二手相机", "机票", "羽绒服", "虚拟币", "医保卡",
    "口罩", "驾驶证", "香烟", "冻货",
)  # fmt: skip
_RARE: Final = (0x4E00, 0x9FA5)


def name(draw: Random) -> str:
    """Of a person."""
    given = "".join(draw.choices(_GIVEN, k=draw.choice((1, 2, 2, 2))))
    return draw.choice(_SURNAMES) + given


def nickname(draw: Random) -> str:
    """As strangers call themselves; half of them in characters that stand in few other stories."""
    if draw.random() < 0.5:
        return "".join(chr(draw.randint(*_RARE)) for _ in range(draw.randint(2, 4)))
    return "".join(draw.choices(_GIVEN, k=2)) + str(draw.randint(1, 999))


def address(draw: Random) -> str:
    """Within the district."""
    estate = f"{draw.choice(_ESTATES)}{draw.randint(1, 30)}号楼{draw.randint(101, 3304)}室"
    return f"甘肃省兰州市城关区{draw.choice(_STREETS)}{draw.randint(1, 900)}号{estate}"


def digits(draw: Random, count: int) -> str:
    """So many, any."""
    return f"{draw.randrange(10**count):0{count}d}"


def telephone(draw: Random) -> str:
    """Of a mobile."""
    return draw.choice(("139", "138", "150", "187", "177", "199", "131")) + digits(draw, 8)


def story(draw: Random, bank: str) -> str:
    """About 150 characters."""
    facts = {
        "org": draw.choice(_ORGS),
        "app": draw.choice(_APPS),
        "goods": draw.choice(_GOODS),
        "nick": nickname(draw),
        "small": draw.randint(5, 300),
        "times": draw.randint(2, 40),
        "place": draw.choice(_STREETS) + draw.choice(("", "派出所", "网点", "地铁口")),
        "bank": bank,
    }
    parts = "，".join(draw.choice(some) for some in (_WHEN, _MET, _SAID, _DID, _THEN))
    left = "".join(draw.sample(_LEFT, 4))
    return ("报案人称" + parts + "。" + left).format(**facts)
