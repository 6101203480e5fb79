"""Dates are read in every form in which schools write them, as exactly as they are written, and never guessed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator_tui.imports.dates import Period, read_date, read_period, read_times
from coordinator_tui.imports.grid import GENERAL, Cell, text_cell
from coordinator_tui.imports.messages import BadValue
from coordinator_tui.imports.xlsx import value_text

DAYS = st.dates(date(1930, 1, 1), date(2029, 12, 31))
CHINESE = "〇一二三四五六七八九"


def text(value: str) -> Cell:
    return text_cell(value, 3, 0)


def stored(value: float | datetime | date | time, number_format: str = GENERAL) -> Cell:
    return Cell(value, value_text(value, number_format), number_format, 3, 0)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2021/9/1", "2021-09-01"),
        ("2021-09-01", "2021-09-01"),
        ("2021.9.1", "2021-09-01"),
        ("2021年9月1日", "2021-09-01"),
        ("2021年9月1号", "2021-09-01"),
        ("2021 年 9 月", "2021-09"),
        ("1985.03", "1985-03"),
        ("1985.3", "1985-03"),
        ("1985.10", "1985-10"),
        ("1985.12", "1985-12"),
        ("198503", "1985-03"),
        ("19850301", "1985-03-01"),
        ("850301", "1985-03-01"),
        ("85.3", "1985-03"),
        ("85年3月", "1985-03"),
        ("05.9", "2005-09"),
        ("一九八五年三月", "1985-03"),
        ("一九八五年十月二十一日", "1985-10-21"),
        ("二○二一年十二月三十一日", "2021-12-31"),
        ("二〇二一年九月", "2021-09"),
        ("1985", "1985"),
        ("1985年", "1985"),
        ("２０２１／９／１", "2021-09-01"),
        ("2021-09-01 00:00:00", "2021-09-01"),
        ("2021-09-01T08:00:00", "2021-09-01"),
        ("2021/9/1 15:30-17:00", "2021-09-01"),
        ("21-09-01 星期三", "2021-09-01"),
        ("2026年9月9日（星期三）", "2026-09-09"),
        ("2026年9月9日 下午3:30", "2026-09-09"),
        ("1985年10月生", "1985-10"),
        ("1985。3", "1985-03"),
        ("1985-1", "1985-01"),
        ("1985年1月", "1985-01"),
        ("1985.1.15", "1985-01-15"),
        ("Oct-85", "1985-10"),
        ("1 Oct 1985", "1985-10-01"),
        ("October 1985", "1985-10"),
        ("13/9/2021", "2021-09-13"),
        ("31321", "1985-10-01"),
    ],
)
def test_a_date_as_text(written: str, meant: str) -> None:
    assert read_date(text(written)) == meant


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("2021.13", "no day 2021-13"),
        ("2021.2.30", "no day 2021-2-30"),
        ("1850.3", "year 1850"),
        ("三月", "not a date"),
        ("语文", "not a date"),
        ("9月9日", "no year"),
        ("1/9/2021", "two ways"),
        ("2021.9-2022.7", "not a date"),
    ],
)
def test_what_is_no_date_is_refused_with_a_reason(written: str, reason: str) -> None:
    with pytest.raises(BadValue) as bad:
        read_date(text(written))

    assert reason in str(bad.value.reason)


@pytest.mark.parametrize("cell", [text("1985.1"), text("１９８５．１"), text("85.1"), stored(1985.1), stored(85.1)])
def test_a_month_that_excel_may_have_cut_is_never_guessed(cell: Cell) -> None:
    with pytest.raises(BadValue) as bad:
        read_date(cell)

    assert "January or October 1985" in str(bad.value.reason)


def test_a_number_shown_with_two_places_is_october() -> None:
    assert read_date(stored(1985.1, "0.00")) == "1985-10"
    assert read_date(stored(1985.1, "0.00_ ")) == "1985-10"


def test_the_rest_of_the_row_may_settle_the_month() -> None:
    assert read_date(stored(1985.1), month=lambda year: 10 if year == 1985 else None) == "1985-10"
    assert read_date(stored(1985.1), month=lambda _year: 1) == "1985-01"
    with pytest.raises(BadValue):
        read_date(stored(1985.1), month=lambda _year: 7)


@pytest.mark.parametrize(
    ("value", "number_format", "meant"),
    [
        (31321, GENERAL, "1985-10-01"),
        (31321.0, GENERAL, "1985-10-01"),
        (45123.6458, GENERAL, "2023-07-16"),
        (1985, GENERAL, "1985"),
        (198503, GENERAL, "1985-03"),
        (19850301, GENERAL, "1985-03-01"),
        (1985.03, GENERAL, "1985-03"),
        (1985.0300000000002, GENERAL, "1985-03"),
        (1985.11, GENERAL, "1985-11"),
        (85.3, GENERAL, "1985-03"),
        (datetime(1985, 10, 1), 'yyyy"年"m"月"', "1985-10"),
        (datetime(1985, 10, 1), "mmm-yy", "1985-10"),
        (datetime(1985, 10, 1), "yyyy/m/d", "1985-10-01"),
        (datetime(1985, 10, 15), 'yyyy"年"m"月"', "1985-10-15"),
        (datetime(1985, 1, 1), "yyyy", "1985"),
        (date(1985, 10, 1), "yyyy\\-mm\\-dd", "1985-10-01"),
    ],
)
def test_a_date_as_a_sheet_stores_it(value: float | datetime, number_format: str, meant: str) -> None:
    assert read_date(stored(value, number_format)) == meant


def test_workbooks_that_count_from_1904() -> None:
    assert read_date(stored(31321 - 1462), offset=1462) == "1985-10-01"


@pytest.mark.parametrize("value", [9999, 80001, 5, -3, time(8, 30), True])
def test_numbers_that_are_no_dates_are_refused(value: float | time) -> None:
    with pytest.raises(BadValue):
        read_date(stored(value))


def test_a_day_without_a_year_belongs_to_the_term() -> None:
    assert read_date(text("9月9日"), not_before=date(2026, 8, 31)) == "2026-09-09"
    assert read_date(text("1月9日"), not_before=date(2026, 8, 31)) == "2027-01-09"
    assert read_date(text("9.9"), not_before=date(2026, 8, 31)) == "2026-09-09"
    assert read_date(text("2月29日"), not_before=date(2026, 8, 31)) == "2028-02-29"


@pytest.mark.parametrize(
    ("written", "period"),
    [
        ("2021.9-2022.7", Period("2021-09", "2022-07", single=False)),
        ("2021.9—至今", Period("2021-09", None, single=False)),
        ("2021.9至今", Period("2021-09", None, single=False)),
        ("2021年9月至2022年7月", Period("2021-09", "2022-07", single=False)),
        ("2021-09-01-2022-07-01", Period("2021-09-01", "2022-07-01", single=False)),
        ("2020.9~2021.6", Period("2020-09", "2021-06", single=False)),
        ("2021-09", Period("2021-09", None, single=True)),
        ("2021.9", Period("2021-09", None, single=True)),
    ],
)
def test_times_from_one_date_to_another(written: str, period: Period) -> None:
    assert read_period(text(written)) == period


@pytest.mark.parametrize(
    ("written", "times"),
    [
        ("15:30-17:00", ["15:30", "17:00"]),
        ("15：30", ["15:30"]),
        ("下午3点半-5点", ["15:30", "17:00"]),
        ("下午3:30—5:00", ["15:30", "17:00"]),
        ("3:30pm", ["15:30"]),
        ("上午10点", ["10:00"]),
        ("第三节", []),
    ],
)
def test_times_of_day(written: str, times: list[str]) -> None:
    assert read_times(text(written)) == times


def test_times_of_day_as_a_sheet_stores_them() -> None:
    assert read_times(stored(time(15, 30))) == ["15:30"]
    assert read_times(stored(0.645833333)) == ["15:30"]
    with pytest.raises(BadValue):
        read_times(text("25:00"))


def chinese_number(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else CHINESE[tens]) + "十" if tens else ""
    return head + (CHINESE[ones] if ones or not tens else "")


FORMS = (
    lambda d: f"{d.year}-{d.month}-{d.day}",
    lambda d: f"{d.year}/{d.month:02d}/{d.day:02d}",
    lambda d: f"{d.year}.{d.month}.{d.day}",
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: f"{d:%Y%m%d}",
    lambda d: f"{d.year % 100:02d}-{d.month:02d}-{d.day:02d}",
    lambda d: f"{d.year % 100:02d}.{d.month}.{d.day}",
    lambda d: "".join(CHINESE[int(c)] for c in str(d.year)) + f"年{chinese_number(d.month)}月{chinese_number(d.day)}日",
    lambda d: f"{d.year}－{d.month}－{d.day}".translate({ord("0") + n: 0xFF10 + n for n in range(10)}),
    lambda d: str((d - date(1899, 12, 30)).days),
)


@given(DAYS, st.sampled_from(FORMS))
def test_every_form_of_a_day_means_that_day(day: date, form: object) -> None:
    assert callable(form)
    assert read_date(text(form(day))) == day.isoformat()


@given(DAYS, st.sampled_from(["{0}.{1:02d}", "{0}-{1}", "{0}年{1}月", "{0}/{1}", "{0}{1:02d}"]))
def test_every_form_of_a_month_keeps_to_the_month(day: date, form: str) -> None:
    assert read_date(text(form.format(day.year, day.month))) == f"{day:%Y-%m}"


@given(DAYS)
def test_a_month_typed_as_a_number_is_right_or_asked_about(day: date) -> None:
    number = float(f"{day.year}.{day.month}")
    try:
        read = read_date(stored(number))
    except BadValue:
        assert day.month in {1, 10}
    else:
        assert read == f"{day:%Y-%m}"


@given(st.integers(10000, 80000))
def test_a_serial_is_the_day_that_excel_means(serial: int) -> None:
    assert read_date(stored(serial)) == (date(1899, 12, 30) + timedelta(days=serial)).isoformat()


@given(st.text(max_size=20))
def test_any_text_is_a_date_or_refused(written: str) -> None:
    try:
        found = read_date(text(written))
    except BadValue:
        return
    assert 1900 <= int(found[:4]) <= 2100
