"""The form of an article: what stands where, and what is said beside it."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList, TabbedInterface

from fenjin.media.selectors.choosing import PictureChooser
from fenjin.newsroom.forms import ArticleForm


class SpacePanel(FieldPanel):
    """The choice of the sub-platform; there is none for an editor of one, nor for an article that is there."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return self.form is not None and "in_space" in self.form.fields and super().is_shown()


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
    MultiFieldPanel(
        [FieldPanel("tags"), FieldPanel("source", help_text=_("Who wrote or gave it, such as 安全监督部."))],
        heading=_("Tags and source"),
    ),
]
english = [
    HelpPanel(template="newsroom/studio/english_help.html"),
    FieldPanel("title_en"),
    FieldPanel("lead_en", widget=forms.Textarea(attrs={"rows": 2})),
    FieldPanel("body_en"),
]
article_form = TabbedInterface(
    [
        ObjectList(story, heading=_("Article")),
        ObjectList(english, heading=_("English")),
    ],
    base_form_class=ArticleForm,
)
