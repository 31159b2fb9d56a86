"""What people type at the doors, and what administrators type at their desks."""

from fenjin.people.forms.administrators import AcceptOfficeForm, OperatorForm
from fenjin.people.forms.claim import ClaimForm, NewPasswordForm
from fenjin.people.forms.factors import AddAppForm, FactorCodeForm
from fenjin.people.forms.lost import AccountTakenForm, FirstPasswordForm, LostPasswordForm, ResetPasswordForm
from fenjin.people.forms.people import PeopleFilterForm
from fenjin.people.forms.roster import RosterUploadForm
from fenjin.people.forms.sign_in import ConfirmIdentityForm, SignInForm

__all__ = [
    "AcceptOfficeForm",
    "AccountTakenForm",
    "AddAppForm",
    "ClaimForm",
    "ConfirmIdentityForm",
    "FactorCodeForm",
    "FirstPasswordForm",
    "LostPasswordForm",
    "NewPasswordForm",
    "OperatorForm",
    "PeopleFilterForm",
    "ResetPasswordForm",
    "RosterUploadForm",
    "SignInForm",
]
