"""The glossary, the one answer to a question, and what is opened most."""

import pytest
from django.test import Client
from django.utils.safestring import SafeString

from fenjin.kit.errors import NotFound
from fenjin.kit.scope import Reason, every_space, use_scope
from fenjin.newsroom import selectors, services
from fenjin.newsroom.home.news import forget_editions
from fenjin.newsroom.models import Answer
from fenjin.newsroom.page.glossary import Glossary, explain
from fenjin.newsroom.testing import make_answer, make_article, make_term, part
from fenjin.people.testing import make_account, make_person, make_unit, sign_in
from fenjin.search.selectors import search
from fenjin.spaces.access import employee_scope
from fenjin.spaces.testing import make_space, with_rights

pytestmark = pytest.mark.django_db


@pytest.fixture
def company():
    """A company with its own space below the group, and a person in it."""
    unit = make_unit("华东分公司", make_unit("启明集团"))
    space = make_space("华东", unit=unit)
    unit.refresh_from_db()
    return space, with_rights(make_account(make_person(unit=unit)))


@pytest.fixture
def phone(company):
    client = Client()
    sign_in(client, company[1])
    return client


def text(response):
    return response.content.decode().replace("<wbr>", "")


def glossary(*words, language="zh-CN"):
    with every_space(Reason.TEST):
        return Glossary.of([make_term(word=word, aliases=list(aliases)) for word, *aliases in words], language)


def marked(html, known):
    return explain(SafeString(html), known)[0]


def test_the_first_use_of_a_word_is_marked_and_the_longest_word_wins():
    known = glossary(("动火",), ("动火作业", "动火作业票"))
    html = marked("<p>动火作业之前，动火作业与动火分开，动火一次。</p>", known)
    assert html.count("<a ") == 2
    assert ">动火作业</a>之前，动火作业与<a" in html


def test_words_in_links_headings_and_attributes_are_left_alone():
    known = glossary(("法兰",))
    for html in (
        '<p><a href="/x">法兰</a></p>',
        "<h2>法兰</h2>",
        '<figure><img alt="法兰 > 法兰"></figure>',
        '<p title="法兰">x</p>',
        "<blockquote><cite>法兰</cite></blockquote>",
    ):
        assert marked(html, known) == html
    assert "</a>松了" in marked("<ul><li>法兰松了</li></ul>", known)


def test_what_a_word_means_cannot_become_markup(phone):
    make_term(word="a<b", meaning="<script>x</script>")
    make_article(title="词", body=[part("text", "<p>a&lt;b</p>")])
    article = make_article(title="词", body=[part("text", "<p>a&lt;b</p>")])
    page = text(phone.get(f"/news/{article.pk}/"))
    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page
    assert ">a&lt;b</a>" in page


def test_an_article_explains_its_words_below_and_follows_a_change(company, phone):
    article = make_article(body=[part("text", "<p>先办动火票。</p>")])
    assert "term-" not in text(phone.get(f"/news/{article.pk}/"))
    term = make_term(word="动火票", meaning="准许用火的单子。")
    forget_editions()  # what two seconds do
    page = text(phone.get(f"/news/{article.pk}/"))
    assert f'href="#term-{term.pk}"' in page
    assert "准许用火的单子。" in page
    with every_space(Reason.TEST):
        services.put_term_away(actor=None, term=term)
    forget_editions()
    assert "准许用火的单子。" not in text(phone.get(f"/news/{article.pk}/"))


def test_the_own_space_explains_before_the_group_and_a_foreign_one_never(company, phone):
    space, _reader = company
    make_term(word="值长", meaning="集团的说法")
    make_term(space_id=space.pk, word="值长", meaning="本公司的说法")
    make_term(space_id=make_space("西南").pk, word="值班", meaning="别家的说法")
    article = make_article(body=[part("text", "<p>值长在值班。</p>")])
    page = text(phone.get(f"/news/{article.pk}/"))
    assert "本公司的说法" in page
    assert "集团的说法" not in page
    assert "别家的说法" not in page


def test_english_words_end_where_words_end():
    with every_space(Reason.TEST):
        term = make_term(word="法兰", word_en="flange", meaning_en="a rim")
        known = Glossary.of([term], "en")
    assert marked("<p>A flange and flanges.</p>", known).count("<a ") == 1
    assert "<a " not in marked("<p>flanges</p>", known)


# ---- answers -------------------------------------------------------------------------------------------


def test_a_question_has_one_answer_however_it_is_typed(company):
    make_answer(question="夜班几点算一次？", wordings=["几点以后算夜班"])
    for again in ("夜班几点算一次", " 夜班 几点算一次?? ", "几点以后算夜班？"):
        with pytest.raises(services.AnsweredAlready) as caught:
            make_answer(question=again)
        assert "夜班几点算一次" in str(caught.value)
    make_answer(space_id=company[0].pk, question="夜班几点算一次？")  # another space has its own


def test_an_old_answer_points_to_the_one_in_force(company, phone):
    old = make_answer(question="体检能改约几次？", text="一次。")
    with every_space(Reason.TEST):
        new = services.replace_answer(
            actor=None, old=old, question="体检能改约几次？", text="两次。", owner="人力资源部"
        )
        old.refresh_from_db()
        with pytest.raises(services.WasReplaced):
            services.replace_answer(actor=None, old=old, question="再改", text="三次。", owner="人力资源部")
        with pytest.raises(services.WasReplaced):
            services.write_answer(actor=None, space_id=1, answer=old, text="三次。")
        assert Answer.objects.filter(replaced_by__isnull=True).count() == 1
    page = text(phone.get(f"/news/answers/{old.pk}/"))
    assert f"/news/answers/{new.pk}/" in page
    assert "不再有效" in page
    listed = text(phone.get("/news/answers/"))
    assert f"/news/answers/{new.pk}/" in listed
    assert f"/news/answers/{old.pk}/" not in listed


def test_answers_are_found_by_search_until_they_are_replaced(company):
    _space, reader = company
    old = make_answer(question="加氢站什么时候开门？", text="八点。")

    def found():
        with use_scope(employee_scope(reader.membership)):
            hits = search(person_id=reader.person_id, text="加氢站").rows
        return [hit.url for hit in hits]

    assert found() == [f"/news/answers/{old.pk}/"]
    with every_space(Reason.TEST):
        new = services.replace_answer(actor=None, old=old, question="加氢站几点开门？", text="七点。", owner="站长")
    assert found() == [f"/news/answers/{new.pk}/"]
    with every_space(Reason.TEST):
        assert services.reindex_answers() == 1
    assert found() == [f"/news/answers/{new.pk}/"]


def test_a_foreign_answer_is_404(company, phone):
    foreign = make_answer(space_id=make_space("西南").pk, question="别家的问题？")
    assert phone.get(f"/news/answers/{foreign.pk}/").status_code == 404
    assert "别家的问题" not in text(phone.get("/news/answers/"))
    with every_space(Reason.TEST), pytest.raises(NotFound):
        services.write_answer(
            actor=None,
            space_id=foreign.space_id,
            question="引用别家的文章？",
            text="不行。",
            owner="x",
            article_id=make_article().pk,
        )


def test_an_answer_names_its_article_only_to_those_who_may_read_it(company, phone):
    hidden = make_article(title="只给收件人看的", recipients_only=True)
    answer = make_answer(question="写在哪里？", article_id=hidden.pk)
    page = text(phone.get(f"/news/answers/{answer.pk}/"))
    assert "只给收件人看的" not in page


# ---- what is opened most --------------------------------------------------------------------------------


def most(reader):
    services.write_opens()
    with use_scope(employee_scope(reader.membership)):
        return [article.title for article in selectors.list_most_opened(reader.membership)]


def test_what_is_opened_most_is_told_by_space_and_without_names(company):
    space, reader = company
    often, seldom, rare = (make_article(title=title) for title in ("常看", "少看", "偶尔"))
    for article, times in ((often, 9), (seldom, 6), (rare, 4)):
        for _time in range(times):
            services.note_open(space_id=1, article_id=article.pk, reader_space_id=space.pk)
    for _time in range(20):
        services.note_open(space_id=1, article_id=rare.pk, reader_space_id=1)
    assert most(reader) == ["常看", "少看"], "four opens could point to somebody; those elsewhere are not ours"


def test_opening_a_page_counts_and_a_withdrawn_or_foreign_one_is_not_listed(company, phone):
    space, reader = company
    article = make_article(title="看过的", space_id=space.pk)
    foreign = make_article(title="别家的", space_id=make_space("西南").pk)
    for _time in range(5):
        phone.get(f"/news/{article.pk}/")
        services.note_open(space_id=foreign.space_id, article_id=foreign.pk, reader_space_id=space.pk)
    assert most(reader) == ["看过的"]
    with every_space(Reason.TEST):
        services.withdraw_article(actor=None, article=article)
    assert most(reader) == []
