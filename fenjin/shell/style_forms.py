"""What the style page shows of forms, choices, rows and buttons."""

from dataclasses import replace

from fenjin.kit.components import Avatar, Button, Field, FilePick, Option, Row, Segmented
from fenjin.shell.style_samples import say


def fields() -> tuple[Field, ...]:
    """Return form fields: plain, with help, code, password, in error, optional, list, tick."""
    return (
        Field(
            say("工号", "Staff number"),
            "number",
            placeholder="QM000001",
            help=say("工牌正面的号码", "As on your badge"),
        ),
        Field(
            say("一次性代码", "One-time code"),
            "code",
            "code",
            value="7K4M-Q2",
            help=say("管理员给您的代码", "From your administrator"),
        ),
        Field(say("密码", "Password"), "password", "password", autocomplete="current-password"),
        Field(
            say("姓名", "Name"),
            "name",
            value=say("王海", "Wang Hai"),
            errors=(
                say("姓名和工号对不上，请看一眼工牌。", "Name and number do not match. Please look at your badge."),
            ),
        ),
        Field(say("补充说明", "Anything else"), "words", "textarea", required=False),
        Field(
            say("单位", "Unit"),
            "unit",
            "select",
            value="2",
            options=(Option("1", say("检修一班", "Repair crew 1")), Option("2", say("调度中心", "Control centre"))),
        ),
        Field(say("我已阅读隐私说明", "I have read the privacy notice"), "agreed", "tick"),
    )


def files() -> tuple[FilePick, ...]:
    """Return fields for files: empty, with a file over it, chosen, refused, for several; and a phone's button."""
    roster = say("花名册.xlsx", "roster.xlsx")
    photo = FilePick("file", "photo-empty", icon="camera", drop=False, choose=say("选一张照片", "Choose a photo"))
    return (
        FilePick("file", "file-empty", icon="doc"),
        FilePick("file", "file-over", icon="doc", over=True),
        FilePick("file", "file-chosen", icon="doc", choose=say("换一个", "Another file"), chosen=roster, size="340 KB"),
        FilePick("file", "file-bad", icon="doc", invalid=True),
        FilePick("file", "file-several", several=True, icon="camera"),
        photo,
        replace(photo, id="photo-chosen", chosen=say("集合点.jpg", "assembly-point.jpg"), size="1.2 MB"),
    )


def choices(theme: str, scale: int) -> tuple[Segmented, ...]:
    """Return the three choices of 我的."""
    return (
        Segmented(
            say("外观", "Appearance"),
            "theme",
            (
                Option("auto", say("自动", "Auto"), "screen"),
                Option("light", say("浅色", "Light"), "sun"),
                Option("dark", say("深色", "Dark"), "moon"),
            ),
            theme,
        ),
        Segmented(
            say("字号", "Type size"),
            "scale",
            (
                Option("1", say("标准", "Normal"), css="size-1"),
                Option("2", say("大", "Large"), css="size-2"),
                Option("3", say("特大", "Largest"), css="size-3"),
            ),
            str(scale),
        ),
        Segmented(
            say("语言", "Language"), "language", (Option("zh", "中文"), Option("en", "English")), say("zh", "en")
        ),
    )


def rows() -> tuple[Row, ...]:
    """Return list rows: with tile and value, with avatar, read-only."""
    return (
        Row(say("我的确认", "My confirmations"), "#", icon="shield", tone="qing", value=say("3 份", "3")),
        Row(say("登录的设备", "Signed-in devices"), "#", icon="device", tone="lan", value="2"),
        Row(
            say("谁看过我的资料", "Who saw my data"),
            "#",
            note=say("含管理员", "administrators too"),
            icon="eye",
            tone="zi",
        ),
        Row(say("王海宁", "Wang Haining"), "#", note=say("检修一班", "Repair crew 1"), avatar=Avatar("王海宁")),
        Row(say("工号", "Staff number"), value="QM000042"),
    )


def buttons() -> tuple[Button, ...]:
    """Return every kind of button."""
    return (
        Button(say("去读", "Read"), kind="primary"),
        Button(say("开始", "Start")),
        Button(say("再想想", "Not now"), kind="line"),
        Button(say("看说明", "Details"), "#", kind="plain"),
        Button(say("退出登录", "Sign out"), kind="danger", icon="out"),
        Button(say("小按钮", "Small"), small=True),
    )
