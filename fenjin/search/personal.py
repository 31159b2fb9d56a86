"""What search keeps about a person: nothing. It says so, so that nobody has to guess."""

from django.utils.translation import gettext as _

from fenjin.people.register import Sheet, Subject


def collect(subject: Subject) -> list[Sheet]:
    """Return an empty sheet that says what is not kept."""
    return [
        Sheet(
            key="searches",
            title=_("What you searched for"),
            columns=(_("Words searched for"),),
            rows=(),
            source=_("not kept: nobody can see what you search for"),
            until=_("not kept"),
        )
    ]
