"""The form of an article: what stands where, and what is said beside it."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList, TabbedInterface

from fenjin.media.selectors.choosing import PictureChooser
from fenjin.newsroom.forms.article import ArticleForm
from fenjin.newsroom.forms.release import DayInput, TimeInput


class PanelIfAsked(FieldPanel):
    """A field that the form may leave out: then nothing is drawn."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return self.form is not None and self.field_name in self.form.fields and super().is_shown()


class SpacePanel(PanelIfAsked):
    """The choice of the sub-platform; there is none for an editor of one, nor for an article that is there."""


story = [
    SpacePanel("in_space", heading=_("Sub-platform")),
    FieldPanel(
        "title",
        widget=forms.TextInput(attrs={"class": "article-title"}),
        required_on_save=True,
        help_text=_("Up to 60 characters; two lines on a phone."),
    ),
    FieldPanel(
        "lead",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One or two sentences that say what it is about; they stand under the title and in lists."),
    ),
    FieldPanel(
        "cover",
        widget=PictureChooser,
        help_text=_("Shown twice as wide as high. Without one we draw a landscape."),
    ),
    FieldPanel("body"),
    FieldPanel("readers", widget=forms.RadioSelect(attrs={"class": "readers-choice"}), heading=_("Who may read it")),
    PanelIfAsked("column", widget=forms.Select, help_text=_("Readers find it there, above the list of news.")),
    MultiFieldPanel(
        [FieldPanel("tags"), FieldPanel("source", help_text=_("Who wrote or gave it, such as 安全监督部."))],
        heading=_("Tags and source"),
    ),
    FieldPanel(
        "secrecy_checked",
        heading=_("Secrets"),
        help_text=_("Tick: I have checked it: no state, company or personal secret stands in this text."),
    ),
]
english = [
    HelpPanel(template="newsroom/studio/english_help.html"),
    FieldPanel("title_en"),
    FieldPanel("lead_en", widget=forms.Textarea(attrs={"rows": 2})),
    FieldPanel("body_en"),
]
release = [
    PanelIfAsked(
        "in_name_of",
        widget=forms.Select,
        help_text=_("Leaders who have agreed to it. Readers see the name, and that an assistant wrote it."),
    ),
    FieldPanel(
        "go_live_at",
        widget=TimeInput,
        heading=_("Comes out on"),
        help_text=_("Empty: at once. With a time to come, “publish” plans it; what readers see now stays until then."),
    ),
    FieldPanel(
        "expire_at", widget=TimeInput, heading=_("Comes down on"), help_text=_("Then it is withdrawn by itself.")
    ),
    FieldPanel(
        "review_on",
        widget=DayInput,
        heading=_("Look at it again on"),
        help_text=_("You are reminded; after the day readers are told that it may be out of date."),
    ),
    PanelIfAsked(
        "correction",
        heading=_("What readers are told was corrected"),
        help_text=_(
            "One sentence under the title, such as: the deadline is 30 November, not 30 October. Empty: nothing."
        ),
    ),
    PanelIfAsked("correction_en", heading=_("The same in English")),
]
article_form = TabbedInterface(
    [
        ObjectList(story, heading=_("Article")),
        ObjectList(english, heading=_("English")),
        ObjectList(release, heading=_("Release settings")),
    ],
    base_form_class=ArticleForm,
)
