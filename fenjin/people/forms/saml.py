"""SAML 2.0 in the form of a sign-in service: pasted metadata fills three fields, or they are typed one by one."""

from typing import Any, Final

from django import forms

from fenjin.people.outside import saml_setup
from fenjin.people.outside.common import OutsideFailed

_FIELDS: Final = ("entity_id", "sso_url", "certificates")


def clean_saml(form: forms.Form) -> None:
    """Leave checked values in the three fields, and a cure at each that has none; the pasted metadata is not kept."""
    data = form.cleaned_data
    pasted = data.pop("option_metadata", "").strip()
    if pasted:
        try:
            found = saml_setup.read_metadata(pasted)
        except OutsideFailed as failed:
            form.add_error("option_metadata", failed.cure)
            return
        data.update({f"option_{name}": value for name, value in found.items()})
        return
    checks: dict[str, Any] = {
        "entity_id": saml_setup.check_entity,
        "sso_url": saml_setup.check_address,
        "certificates": lambda text: saml_setup.as_text(saml_setup.read_certificates(text)),
    }
    for name in _FIELDS:
        if f"option_{name}" in data:
            try:
                data[f"option_{name}"] = checks[name](data[f"option_{name}"])
            except OutsideFailed as failed:
                form.add_error(f"option_{name}", failed.cure)
