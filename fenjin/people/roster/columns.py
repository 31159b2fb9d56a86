"""The columns a roster may have, under the names that people use for them."""

import enum


class Field(enum.StrEnum):
    """What we take from a roster. A column that is none of these is never stored."""

    NUMBER = "number"
    NAME = "name"
    LEVEL = "level"  # one column for each level of units, in order from the top
    TITLE = "title"
    MOBILE = "mobile"
    EMAIL = "email"
    STARTED_ON = "started_on"
    STATUS = "status"
    ZONE = "zone"
    SECOND_UNITS = "second_units"


NEEDED = frozenset({Field.NUMBER, Field.NAME, Field.LEVEL})

_NAMES: dict[Field, str] = {
    Field.NUMBER: "员工编号 工号 人员编号 职工编号 员工号 人员工号 staffnumber staffno employeenumber employeeid",
    Field.NAME: "姓名 员工姓名 人员姓名 name fullname",
    Field.TITLE: "岗位 职务 岗位名称 职位 title position",
    Field.MOBILE: "手机号码 手机 手机号 移动电话 联系电话 mobile phone",
    Field.EMAIL: "邮箱 电子邮箱 电子邮件 邮件 email mail",
    Field.STARTED_ON: "参加工作时间 参加工作日期 startdate",
    Field.STATUS: "人员状态 状态 在岗状态 用工状态 status",
    Field.ZONE: "所在时区 时区 timezone zone",
    Field.SECOND_UNITS: "兼职单位 兼任单位 secondunit",
}
_NUMERALS = "一二三四五六七八九十"
_LEVELS = [f"{numeral}级{kind}" for numeral in _NUMERALS for kind in ("单位", "部门", "组织")]
_KNOWN = (
    {name: field for field, names in _NAMES.items() for name in names.split()}
    | dict.fromkeys(_LEVELS, Field.LEVEL)
    | dict.fromkeys(("班组", "部门", "科室", "车间"), Field.LEVEL)
    | {f"level{number}": Field.LEVEL for number in range(1, 16)}
)


def recognise(header: tuple[str, ...]) -> dict[int, Field]:
    """Return which columns of a header we know; only levels may come more than once."""
    found: dict[int, Field] = {}
    for index, name in enumerate(header):
        field = _KNOWN.get(_plain(name))
        if field and (field is Field.LEVEL or field not in found.values()):
            found[index] = field
    return found


def _plain(name: str) -> str:
    """Return a header cell without spaces, line breaks, asterisks and remarks in brackets."""
    kept = name.casefold().replace("（", "(").split("(")[0]
    return "".join(character for character in kept if character.isalnum())
