"""From a browser's description of itself to two plain words; the description is not kept."""

from django.utils.translation import gettext_lazy as _

_SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("OpenHarmony", "HarmonyOS"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)
_BROWSERS = (
    ("wxwork", "WeCom"),
    ("MicroMessenger", "WeChat"),
    ("DingTalk", "DingTalk"),
    ("Lark", "Feishu"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


def device_label(user_agent: str) -> str:
    """Return a label such as "Android, WeChat"; empty when the browser says nothing we know."""
    found = [next((name for sign, name in names if sign in user_agent), "") for names in (_SYSTEMS, _BROWSERS)]
    return ", ".join(filter(None, found))


# As people call them; the label itself is stored in plain English, whatever language its owner reads.
_WORDS = {
    "Android": _("Android phone"),
    "iPhone": _("iPhone"),
    "HarmonyOS": _("HarmonyOS phone"),
    "Windows": _("Windows computer"),
    "Mac": _("Mac computer"),
    "Linux": _("Linux computer"),
    "WeCom": _("WeCom"),
    "WeChat": _("WeChat"),
    "DingTalk": _("DingTalk"),
    "Feishu": _("Feishu"),
}


def device_words(label: str) -> str:
    """Return a label in the reader's language; words that have no other name stay as they are."""
    return (
        str(_(", ")).join(str(_WORDS.get(word, word)) for word in label.split(", "))
        if label
        else str(_("Unknown device"))
    )
