"""The words that rosters use for somebody's employment."""

from fenjin.people.models.persons import Status

_CHINESE = {
    Status.ON_DUTY: "在岗 在职 在岗人员 在职在岗 在编在岗 在编 正常 正式 试用 试用期 见习 见习期",
    Status.SECONDED: "借调 借调人员 借出 借用 借入 挂职 挂职锻炼 帮扶",
    Status.EARLY_RETIRED: "内退 内部退养 内部退休 退养 离岗 离岗退养 提前退休",
    Status.SICK_LEAVE: "长期病假 长病假 长病 病假 长期病休 病休",
    Status.POSTED_ABROAD: "外派 外派人员 派出 派驻 驻外 境外 海外",
    Status.LEFT: "离职 已离职 辞职 退休 已退休 离退休 离休 调出 解除合同 终止合同 辞退 开除 死亡 去世",
}
_ENGLISH = {
    Status.ON_DUTY: ("on duty", "active", "employed", "working", "probation"),
    Status.SECONDED: ("seconded", "secondment", "on loan"),
    Status.EARLY_RETIRED: ("early retired", "early retirement"),
    Status.SICK_LEAVE: ("long sick leave", "long-term sick leave", "sick leave"),
    Status.POSTED_ABROAD: ("posted", "posted elsewhere", "posted abroad", "abroad", "expatriate"),
    Status.LEFT: ("left", "resigned", "retired", "terminated", "deceased"),
}
STATUSES: dict[str, Status] = {word: status for status, words in _CHINESE.items() for word in words.split()} | {
    word: status for status, words in _ENGLISH.items() for word in words
}
