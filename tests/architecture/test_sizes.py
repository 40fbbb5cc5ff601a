"""Files and functions that fit into a head. The limits are on the tail; most of the code is far below."""

from tests.architecture.code import ROOT, files_of_tests, length_of, modules, percentile

LONGEST_FILE, LONGEST_FUNCTION = 400, 50
USUAL_FILE, USUAL_FUNCTION = 300, 35


def test_no_file_is_longer_than_a_head_can_hold() -> None:
    too_long = {module.name: module.lines for module in modules() if module.lines > LONGEST_FILE}

    assert too_long == {}


def test_nineteen_files_in_twenty_are_shorter_still() -> None:
    assert percentile([module.lines for module in modules()], 0.95) <= USUAL_FILE


def test_no_function_is_longer_than_a_screen() -> None:
    too_long = {
        f"{module.name}:{function.lineno} {function.name}": length_of(function)
        for module in modules()
        for function in module.functions()
        if length_of(function) > LONGEST_FUNCTION
    }

    assert too_long == {}


def test_nineteen_functions_in_twenty_are_shorter_still() -> None:
    lengths = [length_of(function) for module in modules() for function in module.functions()]

    assert percentile(lengths, 0.95) <= USUAL_FUNCTION


def test_files_of_tests_keep_the_same_limit() -> None:
    lengths = {
        path.relative_to(ROOT).as_posix(): path.read_text("utf-8").count("\n") for path in files_of_tests()
    }

    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_FILE} == {}
