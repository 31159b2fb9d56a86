"""What the style page shows of a desk: the operators' screens in the studio."""

from typing import Any

from fenjin.kit.components import Avatar, Bar, Tag
from fenjin.shell.style_samples import say


def _branch(name: str, total: int, opened: int, confirmed: int, *, merged: bool = False) -> dict[str, Any]:
    label = say(f"{name}：{total} 人中 {confirmed} 人已确认", f"{name}: {confirmed} of {total} confirmed")
    return {"name": name, "merged": merged, "bar": Bar(confirmed, total, label, wider=opened)}


def desk() -> dict[str, Any]:
    """Return words and figures of the sample desk."""
    return {
        "title": say("冬季安全生产十条", "Ten winter safety rules"),
        "lead": say(
            "发给 2 家单位，请在 11 月 30 日前确认。", "Sent to two companies, to be confirmed by 30 November."
        ),
        "export": say("导出", "Export"),
        "act": say("提醒未确认的人", "Remind the open ones"),
        "steps": (say("选文件", "Choose"), say("看差异", "Compare"), say("导入", "Import")),
        "frozen": say("发送时的名单", "as addressed when sent"),
        "fresh": say("实时", "live"),
        "tree": say("各单位情况", "By unit"),
        "unit": say("单位", "Unit"),
        "people": say("人员", "People"),
        "name": say("姓名", "Name"),
        "number": say("工号", "Number"),
        "state": say("状态", "State"),
        "branches": (
            _branch(say("华东分公司", "East China Branch"), 640, 612, 530),
            _branch(say("检修一班", "Repair crew 1"), 52, 52, 51),
            _branch(say("西北油气田", "North-west fields"), 604, 528, 380),
            _branch(say("其他小单位", "Other small units"), 14, 12, 7, merged=True),
        ),
        "table": (
            {
                "avatar": Avatar("王海宁"),
                "post": say("检修一班", "Crew 1"),
                "unit": say("华东分公司", "East China"),
                "number": "QM000042",
                "tag": Tag(say("已领取", "claimed"), "qing"),
            },
            {
                "avatar": Avatar("李思远"),
                "post": say("调度中心", "Control"),
                "unit": say("华东分公司", "East China"),
                "number": "QM000043",
                "tag": Tag(say("有代码", "has a code"), "jin"),
            },
            {
                "avatar": Avatar("陈晓"),
                "post": say("客运三组", "Group 3"),
                "unit": say("西北油气田", "North-west"),
                "number": "QM000044",
                "tag": Tag(say("工号重复", "number twice"), "zhu"),
                "bad": True,
            },
        ),
        "audience": say("发给谁", "Audience"),
        "reach": say("人会收到", "people will receive it"),
        "warning": say("其中 6 人今天不在班。", "Six of them are off duty today."),
        "code_title": say("一次性代码", "One-time code"),
        "code_note": say("7 天内有效，只显示这一次。", "Valid for seven days, shown only once."),
        "trail_title": say("经过", "What happened"),
        "trail": (say("王编辑改正了第三条", "Editor Wang corrected rule three"), say("发送", "sent")),
        "kinds": (
            say("普通", "Ordinary"),
            say("看到就好", "Seeing it is enough"),
            say("请确认", "Please confirm"),
            say("读完按一下按钮", "A press of a button at the end"),
        ),
    }
