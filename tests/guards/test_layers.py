"""The direction of imports, stated once and checked on every run."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
APP = ROOT / "app"

# Lowest first: a storey imports from those before it. The whole house is listed; only
# what is built must stand in it. Siblings share a floor and never import each other.
STOREYS = [
    {"extensions"}, {"core"}, {"outbox"}, {"permissions"}, {"accounts"}, {"notifications"},
    {"moderation"}, {"care"}, {"tags"}, {"groups"}, {"boards"}, {"messages"},
    {"resources", "strategies", "meetings"}, {"toolkit"}, {"search"}, {"members"}, {"voice"},
    {"desk"}, {"pages"}, {"demo"},
]  # fmt: skip
GROUND = {"extensions", "core", "permissions"}

# Inside a feature: lowest first, and nothing else may live there. Each may be a folder.
FILES = ["limits", "models", "queries", "actions", "forms", "kinds", "tasks", "commands", "views"]
WRITERS = {"views", "tasks", "commands"}
ASKS_FLASK = {"views", "commands", "tasks", "kinds", "__init__", "extensions"}

LONGEST = {".py": 300, ".html": 80, ".css": 120, ".js": 80}  # lines (house.md)
LONGEST_FUNCTION, LONGEST_VIEW, MOST_PARAMETERS = 30, 15, 4

MODULES = sorted(APP.rglob("*.py"))
FEATURES = sorted({p.relative_to(APP).parts[0] for p in MODULES if p.parent != APP} - GROUND)


def floor_of(name):
    return next(floor for floor, names in enumerate(STOREYS) if name in names)


def file_of(path):
    """Return which of a feature's files a module is, or belongs to when the file is a folder."""
    return path.relative_to(APP).parts[1].removesuffix(".py")


def imports_of(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write imports in full"
            yield node.module.split("."), [alias.name for alias in node.names]
        elif isinstance(node, ast.Import):
            yield from (([*alias.name.split(".")], []) for alias in node.names)


def functions_of(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def each_module(test):
    return pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(APP)))(test)


@each_module
def test_imports_point_down(path):
    here = path.relative_to(APP)
    if here == Path("__init__.py"):
        return
    storey = here.parts[0].removesuffix(".py")
    for module, names in imports_of(path):
        assert module != ["app"] or names, f"{here} imports the app itself"
        if module[0] == "app":
            for target in [module[1]] if len(module) > 1 else names:
                below = floor_of(target) < floor_of(storey)
                assert below or target == storey, f"{here} looks up to {target}"


@pytest.mark.parametrize("feature", FEATURES)
def test_a_feature_holds_only_the_known_files(feature):
    found = {file_of(path) for path in (APP / feature).rglob("*.py")} - {"__init__"}
    assert found <= set(FILES)


@pytest.mark.parametrize("feature", FEATURES)
def test_files_of_a_feature_import_downwards(feature):
    for path in (APP / feature).rglob("*.py"):
        for module, names in imports_of(path):
            here = file_of(path)
            if module[:2] != ["app", feature] or here == "__init__":
                continue
            for target in module[2:3] or names:
                within = target == here and path.parent.name == here
                below = target in FILES and FILES.index(target) < FILES.index(here)
                assert within or below, f"{path} imports {target}"


def test_no_module_imports_in_a_circle():
    graph = {}
    for path in MODULES:
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        found = (([*module], names) for module, names in imports_of(path) if module[0] == "app")
        graph[name] = {
            full if (full := f"{'.'.join(module)}.{n}") in _names() else ".".join(module)
            for module, names in found
            for n in names or [""]
        } - {name}
    graph["app"] = set()  # the table of contents imports everything, and nothing imports it
    while leaves := {name for name, targets in graph.items() if not targets & graph.keys()}:
        for name in leaves:
            del graph[name]
    assert not graph, f"these import each other: {sorted(graph)}"


def _names():
    parts = (path.relative_to(ROOT).with_suffix("").parts for path in MODULES)
    return {".".join(each).removesuffix(".__init__") for each in parts}


@each_module
def test_imports_stand_at_the_top(path):
    for function in functions_of(path):
        inner = [n for n in ast.walk(function) if isinstance(n, ast.Import | ast.ImportFrom)]
        assert not inner, f"{path}: {function.name} hides an import"


@each_module
def test_only_views_tasks_and_commands_open_a_unit_of_writing(path):
    is_core = path.relative_to(APP).parts[0] == "core"
    opens = re.search(r"\bwith\b.*\bwriting\(", path.read_text()) and not is_core
    assert not opens or file_of(path) in WRITERS
    assert ".commit(" not in path.read_text() or path.name == "database.py"


@each_module
def test_only_views_and_core_know_about_requests(path):
    here = path.relative_to(APP).parts
    for module, _names in imports_of(path):
        if module[0] in {"flask", "flask_login"} and here[0] != "core":
            assert here[-1] == "__init__.py" or here[0] == "extensions.py" or (
                file_of(path) in ASKS_FLASK
            ), path  # fmt: skip


@each_module
def test_nothing_outgrows_its_reader(path):
    assert len(path.read_text().splitlines()) <= LONGEST[".py"], path
    is_view = len(path.relative_to(APP).parts) > 1 and file_of(path) == "views"
    for function in functions_of(path):
        body = function.end_lineno - function.lineno + 1
        longest = LONGEST_VIEW + 3 if is_view else LONGEST_FUNCTION
        assert body <= longest, f"{path}: {function.name} has {body} lines"
        count = len([a for a in function.args.args if a.arg not in {"self", "cls"}])
        named = [a.arg for a in function.args.kwonlyargs if a.arg != "actor"]
        assert count + len(named) <= MOST_PARAMETERS + 1, f"{path}: {function.name} takes too much"


@pytest.mark.parametrize(("folder", "ending"), [("templates", ".html"), ("static", ".css")])
def test_no_page_or_sheet_outgrows_its_reader(folder, ending):
    for path in (ROOT / folder).rglob(f"*{ending}"):
        assert len(path.read_text().splitlines()) <= LONGEST[ending], path


@each_module
def test_every_module_and_public_function_says_what_it_is(path):
    tree = ast.parse(path.read_text())
    assert ast.get_docstring(tree), f"{path} has no docstring"
