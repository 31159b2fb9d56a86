"""How the log's own acts, the doors and the details of acts are called."""

from django.utils.translation import gettext_lazy as _

LOG = _("Audit log")
BACKUP = _("Backup")
ACTS = {
    "audit.look": _("Log looked at"),
    "audit.look_doors": _("Record of the doors looked at"),
    "audit.verify": _("Chain of the log verified"),
    "audit.export": _("Log exported"),
    "audit.export_fetch": _("Export of the log fetched"),
    "audit.head_keep": _("Head of the chain kept outside"),
    "platform.backup": _("Backup made"),
    "platform.restore": _("Everything restored from a backup"),
}
DOORS = {
    "door.sign_in": _("Sign in"),
    "door.confirm": _("Identity confirmed for the studio"),
    "door.claim": _("Account claimed with a code"),
    "door.outside": _("Sign in by another system"),
    "door.outside_back": _("Sign in by another system"),
    "door.factor": _("Second factor"),
    "door.help": _("Help asked for"),
    "door.lost": _("Forgotten password"),
}
DETAILS = {
    "office": _("Office"),
    "role": _("Role"),
    "space": _("Sub-platform"),
    "unit": _("Unit"),
    "units": _("Units"),
    "grant": _("Grant"),
    "code": _("Code number"),
    "session": _("Session"),
    "ended": _("Ended at"),
    "door": _("Door"),
    "links": _("Links"),
    "form": _("Form"),
    "filter": _("Filter"),
    "broken": _("Broken"),
    "lines": _("Number of lines"),
    "export": _("Export"),
    "reason": _("Reason"),
    "ends_on": _("Ends on"),
    "predecessor": _("Predecessor"),
    "by": _("By"),
    "to": _("To"),
    "kind": _("Kind"),
    "count": _("How many"),
    "version": _("Version"),
    "head_count": _("Head count"),
    "seal": _("Seal"),
    "backup": _("Backup"),
    "bytes": _("Bytes"),
    "rows": _("Rows"),
    "made_at": _("Made at"),
    "sessions_ended": _("Sessions ended"),
}
