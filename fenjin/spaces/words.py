"""How the acts of spaces are called in the log, and what each role may do."""

from django.utils.translation import gettext_lazy as _

SPACE = _("Sub-platform")
ACTS = {
    "spaces.role_give": _("Role given"),
    "spaces.role_end": _("Role ended"),
    "spaces.hand_over": _("Things of a leaver handed over"),
    "spaces.open": _("Sub-platform opened"),
    "spaces.log_look": _("Log of a sub-platform read"),
    "spaces.change": _("Settings of a sub-platform changed"),
    "spaces.group_name": _("Group named after its top unit"),
}
DETAILS = {
    "name": _("Name"),
    "name_en": _("English name"),
    "seal": _("Character on the seal"),
    "hue": _("Colour"),
    "blend": _("News of the group and own news"),
    "sections": _("Parts of the home page"),
    "hidden_sections": _("Parts not shown"),
    "modules": _("Features"),
    "watermark": _("Watermark"),
    "contact_name": _("Who answers questions"),
    "contact_phone": _("Telephone"),
    "contact_hours": _("When"),
    "contact_name_en": _("Who answers, in English"),
    "contact_hours_en": _("When, in English"),
    "until": _("Until"),
}
# One sentence for each role, as the desk says it and docs/howto/roles.md explains it.
ROLE_WORDS = {
    "author": _("writes, and changes the own drafts; publishes nothing, sees no people"),
    "editor": _("changes all drafts and pictures, publishes where the release rule allows, sends messages"),
    "publisher": _("publishes, withdraws, schedules and sends; writes nothing new"),
    "campaign_manager": _("runs quizzes, surveys and offers, brings in pictures, reads their figures"),
    "moderator": _("looks after comments: shows, hides and explains"),
    "unit_administrator": _("issues codes and answers corrections for one branch; no content"),
    "duty_officer": _("follows emergencies on the duty desk: who is safe, who needs help; no content"),
    "auditor": _("reads the log and the figures of the sub-platform; changes nothing"),
}
COLOUR_STEP = _("Choose your colours, look at name and seal")
COLOUR_WHY = _("They stand on every page of your people, so that they know where they are.")
CONTACT_STEP = _("Say whom people call")
CONTACT_WHY = _("It stands at the foot of every page; until then the group's is shown.")
EDITORS_STEP = _("Name a second editor")
EDITORS_WHY = _("So that news go on when one of you is away.")
