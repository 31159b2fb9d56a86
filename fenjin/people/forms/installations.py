"""How another system's sign-in is reached: one form, with the fields of its protocol."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fenjin.people.forms.saml import clean_saml
from fenjin.people.models import Installation


def _text(
    label: Any, help_text: Any = "", *, required: bool = True, initial: str = "", large: int = 0
) -> forms.CharField:
    widget = forms.Textarea if large else forms.TextInput
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        initial=initial,
        max_length=large or 400,
        widget=widget(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


# What each protocol is asked; the names are those of Setup.options.
OPTIONS: dict[str, dict[str, Any]] = {
    "oidc": {
        "issuer": lambda: _text(_("Issuer"), _("Its address, without /.well-known: https://login.example.com")),
        "client_id": lambda: _text(_("Client ID")),
        "user_claim": lambda: _text(
            _("Claim with the user id"), _("Often sub; where it holds staff numbers, say which claim."), initial="sub"
        ),
        "corp_claim": lambda: _text(
            _("Claim with the tenant"), _("Only when one issuer serves several companies."), required=False
        ),
        "scope": lambda: _text(_("Scopes"), initial="openid profile"),
    },
    "cas": {
        "server": lambda: _text(_("Address of the CAS server"), _("Without /login: https://cas.example.com/cas")),
        "user_attribute": lambda: _text(
            _("Attribute with the user id"), _("Empty: the CAS user name."), required=False
        ),
    },
}
OPTIONS["saml"] = {
    "metadata": lambda: _text(
        _("Metadata of the other system (XML)"),
        _("Paste it whole: it fills the next three fields. Without it, fill them by hand."),
        required=False,
        large=400_000,
    ),
    "entity_id": lambda: _text(_("Entity ID over there"), required=False),
    "sso_url": lambda: _text(
        _("Sign-in address over there"), _("The one for HTTP-Redirect: https://login.example.com/saml"), required=False
    ),
    "certificates": lambda: _text(
        _("Certificates that sign over there"),
        _("One, or the old and the new while they change. Only answers signed by them are believed."),
        required=False,
        large=40_000,
    ),
    "user_attribute": lambda: _text(
        _("Attribute with the user id"), _("Empty: the NameID, if it stays the same."), required=False
    ),
}
OPTIONS["ldap"] = {
    "server": lambda: _text(
        _("Address of the directory"), _("ldaps://ldap.example.com; ldap:// goes over to TLS first.")
    ),
    "base_dn": lambda: _text(_("Where people stand (base DN)"), "ou=people,dc=example,dc=com"),
    "bind_dn": lambda: _text(_("Reader (bind DN)"), _("Empty: the directory lets anybody search."), required=False),
    "user_attribute": lambda: _text(_("Attribute that people type"), _("uid, or sAMAccountName."), initial="uid"),
    "id_attribute": lambda: _text(
        _("Attribute with the user id"), _("Empty: the one that people type."), required=False
    ),
}
# Which protocols have a secret, and what it is called.
SECRETS: dict[str, Any] = {"oidc": _("Client secret"), "ldap": _("Password of the reader")}


class InstallationForm(forms.Form):
    """Name, the protocol's own options, its secret, and how its people are matched."""

    name = forms.CharField(label=_("Name on the button"), max_length=40)
    match = forms.ChoiceField(
        label=_("Whose account is it?"),
        choices=Installation.Match.choices,
        help_text=_("Staff numbers only if nobody over there can choose or change the own user id. Names never count."),
    )
    numbering = forms.TypedChoiceField(
        label=_("Staff numbers of"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Only for matching by number."),
    )

    def __init__(
        self, *arguments: Any, kind: str, numberings: Iterable[tuple[int, str]], kept: bool, **keywords: Any
    ) -> None:
        super().__init__(*arguments, **keywords)
        self.kind = kind
        for name, make in OPTIONS[kind].items():
            self.fields[f"option_{name}"] = make()
        if kind in SECRETS:
            self.fields["secret"] = forms.CharField(
                label=SECRETS[kind],
                required=False,
                strip=False,
                max_length=400,
                help_text=_("One is kept and never shown. Type a new one to replace it.") if kept else "",
                widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
            )
        self.fields["numbering"].choices = [("", "–"), *numberings]  # type: ignore[attr-defined]
        first, last = ["name"], ["match", "numbering"]
        self.order_fields([*first, *(name for name in self.fields if name not in (*first, *last)), *last])

    def clean_option_issuer(self) -> str:
        """Take away the slash with which addresses are often copied."""
        return str(self.cleaned_data["option_issuer"]).rstrip("/")

    def clean(self) -> dict[str, Any]:
        """Check what only together makes sense."""
        if self.kind == Installation.Kind.SAML:
            clean_saml(self)
        return self.cleaned_data

    def options(self) -> dict[str, str]:
        """Return what the protocol is told."""
        found = {name: self.cleaned_data.get(f"option_{name}", "") for name in OPTIONS[self.kind]}
        return {name: value for name, value in found.items() if name != "metadata"}
