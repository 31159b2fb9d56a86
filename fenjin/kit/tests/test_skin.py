"""The tags of the skin: built files, components by object and by name, fields, and what is escaped."""

import dataclasses
import inspect
import re

import pytest
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.utils import translation

from fenjin.kit import components
from fenjin.kit.components import Button, Component, Notice, ShellFrame, StoryRow, Tab
from fenjin.kit.templatetags import skin
from fenjin.kit.widgets import FilePicker


def draw(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def kinds() -> list[type[Component]]:
    found = [thing for _, thing in inspect.getmembers(components, inspect.isclass)]
    return [thing for thing in found if issubclass(thing, Component) and thing is not Component]


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_every_component_has_its_template_and_is_frozen(kind):
    assert (settings.BASE_DIR / "templates" / kind.template).is_file()
    assert dataclasses.is_dataclass(kind)
    assert kind.__dataclass_params__.frozen


def test_a_component_is_drawn_from_an_object_and_from_its_name():
    by_object = draw("{% component thing %}", thing=Notice("Read it", tone="due"))
    assert by_object == draw('{% component "Notice" text="Read it" tone="due" %}')
    assert 'class="notice due"' in by_object


def test_nothing_is_drawn_for_none():
    assert draw("{% component thing %}", thing=None) == ""


def test_a_field_that_does_not_exist_is_an_error():
    with pytest.raises(TypeError):
        draw('{% component "Notice" words="Read it" %}')


def test_what_people_wrote_is_escaped():
    drawn = draw("{% component thing %}", thing=StoryRow("<b>安全</b>生产", "/x", meta=("<i>",)))
    assert "<b>" not in drawn
    assert "<i>" not in drawn


def test_a_closed_button_says_why():
    drawn = draw("{% component thing %}", thing=Button("Confirm", kind="primary", why_not="Read to the end"))
    assert "disabled" in drawn
    assert "Read to the end" in drawn


class WithFiles(forms.Form):
    """A file that is missing, and several that may be."""

    class Several(FilePicker):
        allow_multiple_selected = True

    roster = forms.FileField(widget=FilePicker({"accept": ".xlsx"}, icon="doc"))
    pictures = forms.FileField(required=False, widget=Several(choose="Choose pictures"))


def test_a_file_field_speaks_the_language_of_the_page():
    form = WithFiles({}, {})
    assert not form.is_valid()
    with translation.override("zh-hans"):
        one, several = str(form["roster"]), str(form["pictures"])
    assert '<label class="file-choose" id="id_roster_choose" for="id_roster"><span data-choose>选择文件<' in one
    assert 'data-again="换一个文件"' in one
    assert "松开即可放入" in one
    assert 'type="file" id="id_roster" name="roster"' in one
    for said in ('accept=".xlsx"', " required", 'aria-invalid="true"', "id_roster_chosen id_roster_error"):
        assert said in one, said
        assert said.replace("roster", "pictures") not in several, said
    assert " multiple" not in one
    assert " multiple" in several
    assert 'data-several="{count} 个文件"' in several
    assert "Choose pictures<" in several


def test_no_page_shows_a_file_field_of_the_browser():
    folders = [settings.BASE_DIR / "templates", settings.BASE_DIR / "fenjin"]
    having = {path.name for folder in folders for path in folder.rglob("*.html") if 'type="file"' in path.read_text()}
    assert having == {"file_pick.html"}


def test_a_missing_file_names_the_cure():
    with pytest.raises(LookupError, match="npm run build"):
        skin.asset("nothing.js")


def test_the_sprite_has_every_icon_that_templates_name():
    sprite = (settings.BASE_DIR / "frontend" / "icons.svg").read_text()
    known = set(re.findall(r'<symbol id="([\w-]+)"', sprite))
    folders = [settings.BASE_DIR / "templates", settings.BASE_DIR / "fenjin"]
    for path in (path for folder in folders for path in folder.rglob("*.html")):
        text = path.read_text()
        if "wagtailadmin_tags" not in text:
            assert set(re.findall(r'{% icon "([\w-]+)"', text)) <= known, path
    assert {name.removesuffix("-on") for name in known if name.endswith("-on")} == {
        "home",
        "learn",
        "star",
        "grid",
        "me",
    }


class SampleForm(forms.Form):
    number = forms.CharField(label="Staff number", max_length=20, help_text="As on your badge")
    secret = forms.CharField(label="Password", widget=forms.PasswordInput)
    unit = forms.ChoiceField(label="Unit", choices=[("1", "Crew"), ("2", "Control")], required=False)


def test_a_form_field_keeps_what_was_typed_and_says_the_error_in_words():
    form = SampleForm({"number": "", "secret": "hidden words", "unit": "2"})
    drawn = draw("{% field form.number %}{% field form.secret %}{% field form.unit %}", form=form)
    assert 'aria-describedby="id_number_help id_number_error"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert '<option value="2" selected>' in drawn
    assert "hidden words" not in drawn


def test_no_template_of_ours_carries_style_or_script():
    for path in (settings.BASE_DIR / "templates").rglob("*.html"):
        text = path.read_text()
        assert " style=" not in text, path
        assert "<script>" not in text, path


def framed(part: str, **frame: object) -> str:
    return Template(f'{{% framed "{part}" %}}').render(Context({"shell": ShellFrame(**frame)}))


def test_parts_of_the_frame_kept_for_one_reader_are_never_shown_to_one_who_sees_something_else():
    quiet = framed("topbar", space_name="华东", mark="东", inbox_url="/inbox/")
    assert 'class="dot"' not in quiet
    assert 'class="dot"' in framed("topbar", space_name="华东", mark="东", inbox_url="/inbox/", unread=True)
    assert framed("topbar", space_name="华东", mark="东", inbox_url="/inbox/") == quiet
    assert "西北" in framed("topbar", space_name="西北", mark="西", inbox_url="/inbox/")
    chinese = framed("foot", complaint_url="/complaint/")
    with translation.override("en"):
        assert framed("foot", complaint_url="/complaint/") != chinese
    tabs = (Tab("home", "首页", "/", "home"), Tab("me", "我的", "/me/", "me"))
    assert framed("tabs", tabs=tabs, active="home") != framed("tabs", tabs=tabs, active="me")
    assert framed("tabs", tabs=tabs[1:], active="me") != framed("tabs", tabs=tabs, active="me")
