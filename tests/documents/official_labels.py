"""Field names every official form must show, from the descriptions of the forms and the articles behind them."""

# ruff: noqa: E501 - one form a line, to be read against the printed form
from __future__ import annotations

from typing import Final

_STUB: Final = "存根 案件名称 案件编号 批准人 批准时间 办案人 办案单位 填发时间 填发人"
_NOTICE: Final = (
    f"{_STUB} 协助单位 户名 账号 金额 回执 经办人 （协助单位印） （公安局印） 之规定，我局办理的"
)
_REPORT: Final = "领导批示 审核意见 办案单位意见 承办人： 以上报告妥否，请批示。"
_REGISTER: Final = (
    "案件来源 110指令 工作中发现 报案 投案 移送 扭送 其他 姓名 性别 出生日期 身份证件种类 证件号码 工作单位 联系方式 现住址 "
    "移送单位 移送人 接报民警 接报时间 接报地点 简要案情或者报案记录 以及是否接收证据 一式两份，一份附卷，一份存根。"
)
_STATEMENT: Final = (
    "第1次 询问时间： 至 询问地点： 询问人（签名）： 工作单位： 记录人（签名）： 被询问人： 性别： 年龄： 出生日期： "
    "身份证件种类及号码： 人大代表： 现住址： 联系方式： 户籍所在地： 到达时间： 离开时间： 同步录音录像： 法定代理人、翻译人员 首页权利义务告知 "
    "应当如实提供证据 问： 答： 以上笔录我看过（或向我宣读过），和我说的相符。 被询问人（签名、捺指印）："
)
_RECORD: Final = "案件名称 起止时间 侦查人员 过程 见证人 备注 完整性校验值 签名："
_ITEMS: Final = "编号 名称 数量 特征 备注 持有人： 保管人： 办案民警： 签名： （印章） 一式三份"
_REQUEST: Final = f"{_STUB} 证据持有人 住址 调取证据 需调取你处下列有关证据 前提供 完整性校验值 拒绝盖章或者签名的，在此注明 此联附卷"
_TRANSFER: Final = (
    f"{_STUB} 移送原因 受移送单位 决定将该案移送 受移送单位接收人： 二十四小时以内移送"
)
_RETURN: Final = "冻结银行账户 冻结金额 返还金额 接收返还的银行账户 被害人 证件号码 三个工作日"

LABELS: Final[dict[str, str]] = {
    "stop_application": (
        "姓名或单位名称 证件种类 证件号码 联系电话 现住址 汇出账户户名 汇出账号 汇出行 收款人户名 收款人账号 （止付账户） 收款人开户行 "
        "汇出金额 （大写） （小写） 币种 汇出时间 汇出渠道 交易流水号 支付订单号 到账方式 疑似诈骗电话 短信内容 简要案情 本人承诺 "
        "申请人（签名、捺指印） 受理单位 受理时间 受理民警 附件 身份证件复印件"
    ),
    "acceptance_register": f"{_REGISTER} 受案单位名称和印章 受案意见 受案民警： 受案审批 受案部门负责人：",
    "acceptance_receipt": "报称的 一案我单位已受理（受案登记表文号为 查询案件进展情况 联系人、联系方式： （受案单位印章） 扭送人： 拒绝签收或者无法联系",
    "evidence_list": "编号 名称 数量 特征 备注 提交人： 保管人： 受案民警： （印章） 一式三份，一份附卷，一份交提交人，一份交保管人员",
    "victim_rights": "查询案件办理进展 保密 翻译人员 法定代理人 回避 核对询问笔录 复议 复核 第一百一十三条 拒绝回答 诬告 被告知人（签名、捺指印）：",
    "witness_rights": "作证的义务 保密 翻译人员 法定代理人 近亲属的安全 核对询问笔录 补助 拒绝回答 诬告 被告知人（签名、捺指印）：",
    "statement": _STATEMENT,
    "filing_report": _REPORT,
    "filing_decision": f"{_STUB} 犯罪嫌疑人 性别、出生日期 住址 单位及职业 立案侦查 立字〔",
    "not_filing_notice": f"{_STUB} 不立案原因 经审查认为 决定不予立案 七日内 申请复议 申请复核 人民检察院 三日以内送达 本通知书已收到",
    "transfer_notice": _TRANSFER,
    "evidence_request": f"{_REQUEST} 第五十四条 第六十二条 调证字〔",
    "evidence_request_list": f"{_ITEMS} 证据持有人：",
    "transfer_report": f"{_REPORT} 拟将该案移送 县级以上公安机关负责人批准 二十四小时以内移送",
    "query_report": f"{_REPORT} 拟查询",
    "query_notice": f"{_NOTICE} 查询内容 查询起止时间 反馈时限 查询结果 不能查询的原因",
    "freeze_report": f"{_REPORT} 拟冻结",
    "freeze_notice": f"{_NOTICE} 冻结数额 冻结期限（起止） 冻结范围 是否及于孳息 实际冻结金额 轮候冻结",
    "unfreeze_report": f"{_REPORT} 拟解除",
    "unfreeze_notice": f"{_NOTICE} 原冻结文书和日期 解除冻结的数额 解除原因 解除结果",
    "extraction_record": (
        f"{_RECORD} 提取地点 指挥人员、单位 电子数据来源 持有人（提供人） 提取对象 事由和目的 过程、方法及结果 "
        "不能扣押原始存储介质的原因 原始存储介质的存放地点"
    ),
    "extraction_list": "序号 名称 类别 文件格式 大小（字节） 来源、存储路径 提取时间、方法 完整性校验值（算法和值） 备注 见证人：",
    "online_extraction_record": f"{_RECORD} 访问方式、日期时间、工具、地址、路径 录像、拍照或者截屏",
    "remote_inspection_record": f"{_RECORD} 勘验地点 勘验对象 勘验条件 勘验过程、方法及结果",
    "seizure_list": f"{_ITEMS} 见证人： 封存编号",
    "data_examination_record": f"{_RECORD} 检查对象 检查前后封存状况 写保护设备、检查工具",
    "experiment_record": f"{_RECORD} 实验目的 实验条件 实验过程 实验结果",
    "data_freeze_notice": f"{_STUB} 协助单位 电子数据 账号、网址、标识 冻结方法 冻结期限 完整性校验值 回执",
    "data_unfreeze_notice": f"{_STUB} 协助单位 电子数据 原冻结文书和日期 解除原因 回执",
    "return_application": (
        "被害人姓名（名称） 性别 身份证号（组织机构代码） 住址 联系方式 接收返还的银行账户 申请人签名 受理（立案）公安机关 立案（受理）文号 "
        "涉案账户 被骗金额 办案民警（两名） 意见 冻结公安机关 冻结银行账户 冻结金额 （印章）"
    ),
    "return_report": f"{_REPORT} 银监发〔2016〕41号",
    "return_decision": f"{_STUB} {_RETURN} 冻结机构 决定返还 认定依据（资金流向）",
    "return_notice": f"{_RETURN} 回执 办理结果 返还决定书文号",
    "return_shares": "被害人： 办案单位： 拟返还本案被害人： 采用方法和理由： 制表人： 审核人： 内部附卷，不交当事人",
    "administrative_register": f"{_REGISTER} 案由 立案单位名称和印章 立案意见 立案审批 建议立案调查 行立字〔",
    "administrative_notice": "报称的 决定作为行政案件立案调查 查询案件进展情况 联系人、联系方式： 被告知人： 一式两份",
    "administrative_refusal": "报称的 决定不予立案 第六十一条 反映或者提出请求 行政复议 被告知人：",
    "administrative_evidence_list": "编号 名称 数量 特征 备注 提交人： 保管人： 一式三份",
    "administrative_rights": "查询案件办理进展 翻译人员 监护人 回避 核对询问笔录 保密 拒绝回答 谎报案情 被告知人（签名、捺指印）：",
    "administrative_witness_rights": "翻译人员 监护人 核对询问笔录 保密 拒绝回答 虚假证言 被告知人（签名、捺指印）：",
    "administrative_statement": _STATEMENT,
    "hold_decision": f"{_STUB} 保全措施 先行登记保存 第一百一十条 不得损毁或者转移 七日以内作出处理决定 持有人（签名、捺指印）：",
    "hold_list": _ITEMS,
    "administrative_evidence_request": f"{_REQUEST} 行调证字〔",
    "administrative_transfer_notice": _TRANSFER,
    "administrative_acceptance_register": f"{_REGISTER} 受案单位名称和印章 受案意见 受案审批 行受案字〔",
    "administrative_acceptance_receipt": "报称的 受案登记表文号为 查询案件进展情况 行受案字〔",
    "seizure_decision": f"{_STUB} 持有人 扣押的物品、文件 扣押原因 第一百四十一条 见证人 附：扣押清单。",
    "not_handled_notice": "不属于公安机关职责范围 第一百七十五条 第六十一条 被告知人： 联系人、联系方式： 自拟",
    "dissuasion_notice": "向你作了劝阻 不限制你的人身自由 被劝阻人： 自拟",
    "cooperation_letter": "请贵单位协助下列事项 协作单位接收人： 自拟",
    "case_transfer_list": "编号 名称 数量 特征 备注 案件名称： 受移送单位： 移送人： 保管人： 接收人： 一式三份 自拟",
    "objection_receipt": "反电信网络诈骗法 第三十二条 即时解除有关措施 异议人： 受理民警： 自拟",
    "objection_answer": "第三十二条 异议人： 告知民警： 自拟",
    "number_request": (
        "送： 案件名称 被害人 依据 处置要求： 关停 拦截 封堵 溯源 号码、网址（原样） 规范形式 种类 号码性质 显示异常 通话方向 首次通话时间 "
        "末次通话时间 通话时长、次数 是否呼叫转移接听 短信内容 被害人号码 被害人运营商 截图、话单校验值 紧急程度 机主查询 反馈 办结时间： "
        "机主（用户）： 代理商： 开户日期： 线路落地位置： 经办人： 备注： 不得申请关停"
    ),
    "fixing_note": "存储介质的品牌、型号、特征 介质所在位置 原因 打印、拍照、录像 完整性校验值 制作人： 原件持有人：",
    "copy_note": "复制的时间、地点 复制的经过 原件 制作人： 原件持有人： 不是法定文书",
    "enquiry_guidance": "咨询 请您这样做 96110",
    "contact_sheet": "案件名称 制作单位 持有人 拍摄设备、经过 缩略图只供对照 拍摄人： 持有人： 见证人： 不是法定文书",
    "sealing_record": "案件名称 办案单位 封存编号 封存物品、特征、所含证据 照片、原编号 民警： 持有人： 见证人： （印章） 不是法定文书",
    "custody_record": "序号 名称 大小（字节） 封存编号 完整性校验值 移交人： 接收人： （印章） 一式两份",
    "guidance": "请您现在就做 110 96110",
}
"""Form → its labels, by spaces. A form that is not here has no test, which the test for all forms forbids."""
