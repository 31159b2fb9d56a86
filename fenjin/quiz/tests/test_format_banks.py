"""Banks as people have them: written by hand, by Excel and WPS, by Moodle; what comes in, and what is told by name."""

import io
from pathlib import Path

import pytest
import xlsxwriter
from django.utils import translation

from fenjin.quiz.formats import Choice, look, read
from fenjin.quiz.formats.incoming import UnreadableBank
from fenjin.quiz.kinds import Accepted, Kind
from fenjin.quiz.tests.making import PNG

BANKS = Path(__file__).parent / "banks"


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def bank(name: str, form: str = ""):
    return read((BANKS / name).read_bytes(), form)


def short(reading):
    """Return kind, beginning of the question and what is right of each, so that tests read as tables."""
    found = []
    for one in reading.questions:
        content = one.content
        right = (
            [content.options[place].text for place in content.right]
            if content.options and content.right
            else list(content.right)
        )
        right = [
            f"{each.number}±{each.tolerance}" if each.number is not None else each.text for each in content.accepted
        ] or right
        found.append((content.kind.value, content.stem.text, right))
    return found


def told(reading):
    return {one.name for one in reading.unmapped}


def book(**sheets):
    """Return a workbook: name of a sheet → its rows; a cell that is bytes is a picture."""
    file = io.BytesIO()
    made = xlsxwriter.Workbook(file)
    for name, rows in sheets.items():
        sheet = made.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, bytes):
                    sheet.insert_image(row, column, "p.png", {"image_data": io.BytesIO(cell)})
                elif cell is not None:
                    sheet.write(row, column, cell)
    made.close()
    return file.getvalue()


# ── Plain text ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_paper_as_it_stands_in_a_text_file(encoding):
    reading = read((BANKS / "paper.txt").read_text("utf-8").encode(encoding))
    assert short(reading) == [
        ("single", "发生火灾时，应拨打的电话是（\u3000\u3000）。", ["119"]),
        ("single", "干粉灭火器不适用于扑救（ ）。", ["金属钠"]),
        ("single", "方针是( )", ["两者都是"]),
        ("multiple", "下列属于特种设备的有？", ["锅炉", "电梯"]),
        ("true_false", "电气火灾可以直接用水扑救。（ ）", [1]),
        ("true_false", "进入有限空间前应先通风、再检测、后作业。", [0]),
        ("fill", "人体安全电压一般不超过____伏。", ["36±0"]),
    ]
    assert {one.topic for one in reading.questions} == {"消防安全"}
    third = reading.questions[2]
    assert third.content.options[1].text == "预防为主\n综合治理"
    assert (third.explanation, third.source_words, third.source_link) == (
        "见《安全生产法》第三条。", "安全生产法第三条", "https://example.org/law",
    )  # fmt: skip
    assert reading.questions[3].difficulty == 2
    assert told(reading) == {"简答题", "several blanks", "text “××公司安全知识题库（2026版）”"}
    assert reading.faults == ()


def test_several_questions_in_one_paragraph():
    reading = read(
        "1.甲是（）A.一 B.二 C.三 答案：B 解析：因为二。2.乙是（）Ａ．一　Ｂ．二 答案：Ａ 3.丙对吗 答案：对".encode()
    )
    assert short(reading) == [
        ("single", "甲是（）", ["二"]),
        ("single", "乙是（）", ["一"]),
        ("true_false", "丙对吗", [0]),
    ]
    assert reading.questions[0].explanation == "因为二。"


def test_the_answers_stand_at_the_end():
    reading = read(
        "1. 甲\nA. 一\nB. 二\n\n2. 乙\nA. 一\nB. 二\n3. 温度为 1.5 度\nA. 一\nB. 二\n\n参考答案：\n1-2 BA\n3.B\n".encode()
    )
    assert short(reading) == [("single", "甲", ["二"]), ("single", "乙", ["一"]), ("single", "温度为 1.5 度", ["二"])]


def test_without_numbers_an_empty_line_parts_questions():
    reading = read("甲是什么\nA. 一\nB. 二\n答案：B\n\n乙是什么\nA) 一\nB) 二\n答案：A\n".encode())
    assert short(reading) == [("single", "甲是什么", ["二"]), ("single", "乙是什么", ["一"])]


def test_faults_of_a_text_name_question_line_and_cure():
    reading = read("1. 甲\nA. 一\nB. 二\n答案：D\n\n2. 乙\nA. 一\nB. 一\n答案：A\n\n3. 丙\nA. 一\nB. 二\n".encode())
    assert [(one.place, one.code) for one in reading.faults] == [
        ("question 1, line 1", "answer"),
        ("question 2, line 6", "equal_options"),
        ("question 3, line 11", "no_answer"),
    ]
    assert "Write their letters" in reading.faults[0].words
    assert reading.questions == ()


# ── Workbooks ───────────────────────────────────────────────────────────────────────────────────────────────

FREE = [
    ["2026年安全知识题库"],
    ["序号", "题目类型", "试题内容", "选项", "正确答案", "答案解析", "难易程度", "分值"],
    [1, "单选题", "火警电话", "A.110\nB.119\nC.120", "B", "记住119", "易", 2],
    [2, "多选题", "特种设备", "A、锅炉 B、电梯 C、汽车", "A,B", None, "难", 2],
    [3, "判断题", "电气火灾可用水扑救", None, "错误", None, 0.7, 2],
    [4, "判断题", "戴安全帽", "A.正确\nB.错误", "A", None, None, 2],
    [5, "填空题", "安全电压____伏", None, 36, None, None, 2],
    [6, "填空题", "灭火剂是____", None, "水|泡沫", None, None, 2],
    [7, "简答题", "谈谈安全", None, "略", None, None, 5],
    [8, "单选题", "比例是", "25%|50%", "50%", None, None, 2],
    [9, "单选题", "坏的", "A.一\nB.二", "C", None, None, 2],
]


def test_a_free_form_workbook_by_the_names_of_its_columns():
    reading = read(book(题库=FREE))
    assert short(reading) == [
        ("single", "火警电话", ["119"]),
        ("multiple", "特种设备", ["锅炉", "电梯"]),
        ("true_false", "电气火灾可用水扑救", [1]),
        ("true_false", "戴安全帽", [0]),
        ("fill", "安全电压____伏", ["36±0"]),
        ("fill", "灭火剂是____", ["水", "泡沫"]),
        ("single", "比例是", ["50%"]),
    ]
    assert [(one.place, one.code) for one in reading.faults] == [("题库, row 11", "answer")]
    assert told(reading) == {"column 分值", "简答题", "difficulty 0.7"}
    assert [one.difficulty for one in reading.questions[:3]] == [1, 3, None]


def test_options_in_columns_pictures_on_cells_and_kinds_by_sheet():
    rows = [
        ["题干", "A", "B", "C", "D", "答案", "备注"],
        ["这是什么", "泵", "阀", None, None, "B", PNG],
        ["看图", PNG, PNG + b"0", "都不是", None, "A"],
        ["缺一个", "甲", None, "丙", None, "A"],
    ]
    rows[1][0] = "这是什么"
    reading = read(book(单选题=rows, 判断题=[["题目", "答案"], ["对吗", "√"], ["错吗", "×"]]))
    assert short(reading)[-2:] == [("true_false", "对吗", [0]), ("true_false", "错吗", [1])]
    pictured = reading.questions[1]
    assert [one.picture for one in pictured.content.options] == [-1, -2, None]
    assert pictured.pictures[0].data == PNG
    assert told(reading) == {"picture image1.png"}  # beside the question, on no text
    assert [(one.place, one.code) for one in reading.faults] == [("单选题, row 4", "empty_option")]


def test_numbers_days_and_hundredths_come_as_the_sheet_shows_them():
    file = io.BytesIO()
    made = xlsxwriter.Workbook(file)
    sheet = made.add_worksheet("x")
    day, part = made.add_format({"num_format": "yyyy-mm-dd"}), made.add_format({"num_format": "0%"})
    raised = made.add_format({"font_script": 1})
    sheet.write_row(0, 0, ["题干", "选项A", "选项B", "选项C", "选项D", "答案"])
    sheet.write_rich_string(1, 0, "面积多少 m", raised, "2")
    sheet.write_number(1, 1, 0.1 + 0.2)
    sheet.write_number(1, 2, 44357, day)
    sheet.write_number(1, 3, 0.5, part)
    sheet.write_number(1, 4, 12)
    sheet.write_string(1, 5, "D")
    made.close()
    (one,) = read(file.getvalue()).questions
    assert one.content.stem.text == "面积多少 m²"
    assert [option.text for option in one.content.options] == ["0.3", "2021-06-10", "50%", "12"]


def test_a_merged_topic_counts_for_every_row_and_hidden_sheets_are_told():
    file = io.BytesIO()
    made = xlsxwriter.Workbook(file)
    sheet = made.add_worksheet("x")
    sheet.write_row(0, 0, ["知识点", "题干", "答案"])
    sheet.merge_range(1, 0, 2, 0, "消防")
    sheet.write_row(1, 1, ["甲吗", "对"])
    sheet.write_row(2, 1, ["乙吗", "错"])
    hidden = made.add_worksheet("旧题")
    hidden.write_row(0, 0, ["题干", "答案"])
    hidden.hide()
    made.close()
    reading = read(file.getvalue())
    assert [one.topic for one in reading.questions] == ["消防", "消防"]
    assert told(reading) == {"sheet 旧题"}


def test_somebody_says_what_columns_mean():
    data = book(x=[["Вопрос", "Ответ", "один", "два"], ["Кто?", "B", "я", "ты"]])
    with pytest.raises(UnreadableBank):
        read(data)
    columns, enough = look(data)
    assert not enough
    assert [(one.key, one.samples) for one in columns][:2] == [("Вопрос", ("Кто?",)), ("Ответ", ("B",))]
    said = Choice({"Вопрос": "stem", "Ответ": "answer", "один": "option_A", "два": "option_B"})
    assert short(read(data, choice=said)) == [("single", "Кто?", ["ты"])]


def test_a_formula_without_a_value_is_a_fault_and_not_an_empty_cell():
    file = io.BytesIO()
    made = xlsxwriter.Workbook(file)
    sheet = made.add_worksheet("x")
    sheet.write_row(0, 0, ["题干", "答案"])
    sheet.write_string(1, 0, "对吗")
    sheet.write_formula(1, 1, "=A9", value="#N/A")
    made.close()
    assert [one.code for one in read(file.getvalue()).faults] == ["formula"]


# ── Moodle XML, GIFT, Aiken ─────────────────────────────────────────────────────────────────────────────────


def test_moodle_as_it_is_exported():
    reading = bank("moodle.xml")
    assert short(reading) == [
        ("single", "下列说法不对的是？CO₂ 占 10⁻³", ["甲"]),
        ("multiple", "选两个", ["甲", "丙"]),
        ("fill", "多少伏", ["12.5±0.1"]),
        ("fill", "首都\n在哪里", ["北京"]),
        ("matching", "配对", ["火警", "急救"]),
        ("true_false", "地是平的", [1]),
        ("ordering", "先后", []),
    ]
    first = reading.questions[0]
    assert (first.topic, first.difficulty, first.tags) == ("消防/电气", 3, ("阀门",))
    assert (first.explanation, first.source_words) == ("阀门未关。", "操作规程 第五条")
    assert first.content.stem.picture == -1
    assert (first.pictures[0].name, first.pictures[0].data) == ("a b.png", b"\x89PNG\r\n\x1a\n")
    assert first.content.options[1].text == "压力 < 3"
    assert reading.questions[4].content.partners[2].text == "110"
    assert told(reading) == {
        "emphasis", "picture https://evil.example/x.png", "feedback on single answers", "points for half right answers",
        "hint", "points", "cloze", "essay", "unit “V”", "pattern “*京”", "answer “京”",
    }  # fmt: skip
    assert [(one.place, one.code) for one in reading.faults] == [("question 11 “没有对的”", "right")]


def test_gift_as_it_is_typed():
    reading = bank("bank.gift")
    assert short(reading) == [
        ("single", "谁?", ["甲"]),
        ("true_false", "地球是圆的", [0]),
        ("fill", "水的沸点", ["100±0.5"]),
        ("fill", "沸点的另一种写法", ["100±0.5"]),
        ("fill", "多数", ["5±0"]),
        ("matching", "匹配", ["中国", "日本"]),
        ("fill", "填空", ["四", "4"]),
        ("single", "首都是_____ 吗。", ["北京"]),
        ("multiple", "哪些", ["甲", "乙"]),
        ("single", "好", ["a"]),
    ]
    first = reading.questions[0]
    assert (first.topic, first.difficulty, first.tags, first.explanation) == ("电气", 2, ("消防",), "通用反馈")
    assert (first.source_words, first.source_link) == ("书", "https://a.example/x")
    assert first.content.options[1].text == "乙=2"
    assert len(first.pictures) == 1
    assert [one.code for one in reading.faults] == ["brace"]
    assert told(reading) == {
        "feedback on single answers", "points for half right answers", "answer “6:1”", "answer “肆”", "essay",
        "description",
    }  # fmt: skip


def test_aiken_with_its_faults():
    reading = bank("aiken.txt", "aiken")
    assert short(reading) == [("single", "What is the fire number?", ["119"])]
    assert [(one.place, one.code) for one in reading.faults] == [
        ("line 6", "answer"), ("line 11", "answer"), ("line 14", "no_answer"),
    ]  # fmt: skip


def test_words_that_are_accepted_in_a_cell():
    reading = read(book(x=[["题型", "题干", "答案"], ["填空", "多少", '12.5±0.5 | "12" | 十二']]))
    (one,) = reading.questions
    number = one.content.accepted[0].number
    assert one.content.kind is Kind.FILL
    assert one.content.accepted[1:] == (Accepted("12"), Accepted("十二"))
    assert str(number) == "12.5"
