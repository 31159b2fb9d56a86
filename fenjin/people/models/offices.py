"""Who held which office when, how an office changes hands, and forms kept while a factor is asked for."""

from django.db import models

from fenjin.people.models.accounts import Account, Administrator, Session


class OfficeTerm(models.Model):
    """One account's time in one office. The row stays when the office ends: it is the history."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="office_terms")
    office = models.CharField(max_length=10, choices=Administrator.Office)
    given_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()
    by_console = models.BooleanField(default=False)  # given on the server, past the other administrators
    ended_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=models.Q(ended_at__isnull=True), name="office_term_one_open"
            )
        ]
        indexes = [models.Index(fields=["office", "-given_at"], name="office_term_by_office")]

    def __str__(self) -> str:
        return f"{self.office}: account {self.account_id}"


class OfficeHandover(models.Model):
    """An office on its way to a new holder: named, seen by a second pair of eyes, accepted.

    `predecessor` is whose term ends at the beginning of `ends_on`; none: one more holder.
    """

    office = models.CharField(max_length=10, choices=Administrator.Office)
    successor = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="handovers")
    predecessor = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    ends_on = models.DateField(null=True)
    named_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)  # the old term has ended, or there was none
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["successor"],
                condition=models.Q(accepted_at__isnull=True, cancelled_at__isnull=True),
                name="office_handover_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(predecessor__isnull=True, ends_on__isnull=True)
                | models.Q(predecessor__isnull=False, ends_on__isnull=False),
                name="office_handover_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True) | ~models.Q(confirmed_by=models.F("named_by")),
                name="office_handover_four_eyes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office} to account {self.successor_id}"

    @property
    def needs_confirmation(self) -> bool:
        """Tell whether a second pair of eyes must look: who gives rights and who reads the log are not chosen alone."""
        return self.office in (Administrator.Office.SECURITY, Administrator.Office.AUDIT)


class KeptForm(models.Model):
    """What somebody sent when the studio asked for the factor again: given back after it, kept for an hour."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="+")
    path = models.TextField()
    fields = models.JSONField(default=list)  # pairs: name, value
    lost_files = models.BooleanField(default=False)
    kept_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["kept_at"], name="kept_form_by_time")]

    def __str__(self) -> str:
        return f"form for {self.path} of session {self.session_id}"
