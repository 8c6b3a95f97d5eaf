"""Draw the packages and the imports between them, from the code.

    python benchmarks/architecture.py

It writes docs/architecture.svg and the table of docs/architecture.md. tests/test_door.py checks that both
show the packages and the imports of the code, in the order of tests/test_architecture.py. Counts of lines are
rounded, so that the files change only with the packages.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from curriculum.model.palette import BLUE, GREEN, GREY, ORANGE, PURPLE

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src" / "curriculum"
PICTURE = ROOT / "docs" / "architecture.svg"
PAGE = ROOT / "docs" / "architecture.md"


class Layer(NamedTuple):
    """Packages that follow each other in the order of imports, with a colour and a title."""

    title: str
    colour: str
    packages: tuple[str, ...]


# In the order of imports: a package imports only from packages before it.
LAYERS = (
    Layer(
        "Words and files", GREY, ("model", "errors", "files", "examples", "spreadsheets", "html", "tables")
    ),
    Layer("Reading documents", GREEN, ("documents", "parsing", "checks")),
    Layer("Linking versions", BLUE, ("linking", "decisions", "crosswalk")),
    Layer("Using the links", ORANGE, ("analysis", "evaluation", "review", "remapping", "report", "viz")),
    Layer("Entrances", PURPLE, ("library", "project", "page", "cli")),
)
ORDER = [name for layer in LAYERS for name in layer.packages]

CELL = 33
LEFT, TOP = 186, 58
BOX = 128
WIDTH, MARGIN = 1180, 20
INK, FAINT, LINE = "#1f2933", "#5f6b76", "#c3cad2"


class Package(NamedTuple):
    """A package, or a module beside the packages, and what it imports.

    Attributes
    ----------
    name
        Its name.
    purpose
        The first sentence of its docstring.
    n_modules, n_lines
        The number of its modules, and of their lines.
    imports
        The packages that its modules import, in the order of imports.
    """

    name: str
    purpose: str
    n_modules: int
    n_lines: int
    imports: tuple[str, ...]


def code_to_packages() -> list[Package]:
    """Return the packages of the code, in the order of imports.

    Raises
    ------
    ValueError
        If the code has other packages than `LAYERS`, or one imports a later one.
    """
    found = {path.stem for path in SRC.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    found -= {"__init__", "__main__"}
    if found != set(ORDER):
        raise ValueError(f"LAYERS and src/curriculum differ: {sorted(found ^ set(ORDER))}")
    packages = [name_to_package(name) for name in ORDER]
    for place, package in enumerate(packages):
        if later := set(package.imports) - set(ORDER[:place]):
            raise ValueError(f"{package.name} imports {sorted(later)}, which come after it")
    return packages


def name_to_package(name: str) -> Package:
    """Return a package of the code."""
    folder = SRC / name
    modules = sorted(folder.rglob("*.py")) if folder.is_dir() else [SRC / f"{name}.py"]
    texts = [path.read_text(encoding="utf-8") for path in modules]
    trees = [ast.parse(text) for text in texts]
    first = trees[modules.index(folder / "__init__.py")] if folder.is_dir() else trees[0]
    imported = {package for tree in trees for package in tree_to_imports(tree)} - {name}
    return Package(
        name,
        (ast.get_docstring(first) or "").split("\n")[0],
        sum(path.name != "__init__.py" for path in modules),
        sum(len(text.splitlines()) for text in texts),
        tuple(package for package in ORDER if package in imported),
    )


def tree_to_imports(tree: ast.AST) -> Iterator[str]:
    """Yield the packages that a module imports, at its top or in a function."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "curriculum":
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from second_part(node.module or "")
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield from second_part(alias.name)


def second_part(module: str) -> Iterator[str]:
    """Yield the package of a module of this project."""
    root, _, rest = module.partition(".")
    if root == "curriculum" and rest:
        yield rest.split(".")[0]


def count_to_text(n_lines: int) -> str:
    """Return a number of lines, rounded to one digit, or to 500 from 1,000 on."""
    if n_lines < 1000:
        digit = 10 if n_lines < 100 else 100
        return f"{max(1, round(n_lines / digit)) * digit}"
    return f"{round(n_lines / 500) * 500:,}"


def package_to_size(package: Package) -> str:
    """Return the size of a package in words."""
    modules = "1 module" if package.n_modules == 1 else f"{package.n_modules} modules"
    return f"{modules}, about {count_to_text(package.n_lines)} lines"


def text_element(x: float, y: float, text: str, size: int = 13, **attributes: str) -> str:
    """Return a text as an element of SVG."""
    given = {"fill": INK, **attributes}
    words = "".join(f" {name.replace('_', '-')}={quoteattr(value)}" for name, value in given.items())
    return f'<text x="{x:g}" y="{y:g}" font-size="{size}"{words}>{escape(text)}</text>'


def packages_to_svg(packages: list[Package]) -> str:
    """Return the picture: packages as stairs, with a dot in the column of each package that one imports."""
    places = {package.name: place for place, package in enumerate(packages)}
    height = TOP + CELL * len(packages) + 58
    title = "The packages of curriculum, in the order of imports"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" font-family="system-ui, \'Segoe UI\', Helvetica, Arial, sans-serif" role="img" '
        'aria-labelledby="title">',
        f'<title id="title">{title}</title>',
        f'<rect width="{WIDTH}" height="{height}" rx="10" fill="#ffffff"/>',
        text_element(MARGIN, 34, title, 18, font_weight="600"),
    ]
    for layer in LAYERS:
        parts += layer_to_svg(layer, places)
    # All lines first, so that no line is drawn over a dot.
    for package in packages:
        users = [places[user.name] for user in packages if package.name in user.imports]
        parts += lines_to_svg(package, places, max(users, default=0))
    for package in packages:
        parts += package_to_svg(package, places)
    parts += legend(height - 26)
    return "\n".join([*parts, "</svg>", ""])


def layer_to_svg(layer: Layer, places: dict[str, int]) -> Iterator[str]:
    """Yield the band of a layer and its title."""
    y = TOP + CELL * places[layer.packages[0]]
    depth = CELL * len(layer.packages)
    yield (
        f'<rect x="{MARGIN}" y="{y + 2}" width="{WIDTH - 2 * MARGIN}" height="{depth - 4}" rx="6" '
        f'fill="{layer.colour}" fill-opacity="0.09"/>'
    )
    yield f'<rect x="{MARGIN}" y="{y + 2}" width="5" height="{depth - 4}" rx="2" fill="{layer.colour}"/>'
    yield text_element(MARGIN + 14, y + 22, layer.title, 13, font_weight="600")


def lines_to_svg(package: Package, places: dict[str, int], last_user: int) -> Iterator[str]:
    """Yield the line from a package down to its last user, and the line to the packages that it imports."""
    place = places[package.name]
    x, y = LEFT + CELL * place, TOP + CELL * place
    lines = []
    if last_user > place:
        lines.append(f"M{x + CELL / 2:g} {y + CELL - 5}V{TOP + CELL * last_user + CELL / 2:g}")
    if package.imports:
        start = LEFT + CELL * places[package.imports[0]] + CELL / 2
        lines.append(f"M{start:g} {y + CELL / 2:g}H{x}")
    yield from (f'<path d="{line}" stroke="{LINE}" fill="none"/>' for line in lines)


def package_to_svg(package: Package, places: dict[str, int]) -> Iterator[str]:
    """Yield the box of a package, and a dot for each package that it imports."""
    colours = {name: layer.colour for layer in LAYERS for name in layer.packages}
    x, y = (start + CELL * places[package.name] for start in (LEFT, TOP))
    middle = y + CELL / 2
    yield (
        f'<g class="package" data-name="{package.name}" data-imports="{" ".join(package.imports)}">'
        f"<title>{escape(package.name)}: {escape(package.purpose)}</title>"
    )
    for name in package.imports:
        centre = LEFT + CELL * places[name] + CELL / 2
        circle = f'cx="{centre:g}" cy="{middle:g}" r="6" fill="{colours[name]}"'
        yield f'<circle {circle} stroke="#ffffff" stroke-width="1.5"/>'
    yield (
        f'<rect x="{x}" y="{y + 5}" width="{BOX}" height="{CELL - 10}" rx="5" fill="#ffffff" '
        f'stroke="{colours[package.name]}" stroke-width="2"/>'
    )
    yield text_element(x + BOX / 2, middle + 4.5, package.name, 13, font_weight="600", text_anchor="middle")
    yield text_element(x + BOX + 10, middle + 4.5, package_to_size(package), 12, fill=FAINT)
    yield "</g>"


def legend(y: float) -> Iterator[str]:
    """Yield the line that explains the dots."""
    yield f'<circle cx="{MARGIN + 8}" cy="{y - 4}" r="6" fill="{GREY}"/>'
    text = (
        "The package of this row imports the package at the top of this column. All dots are below the "
        "stairs: no package imports one that comes after it."
    )
    yield text_element(MARGIN + 22, y, text, 13, fill=FAINT)


def packages_to_table(packages: Iterable[Package]) -> str:
    """Return the facts of the picture as a table."""
    rows = ["| package | purpose | modules | lines | imports |", "|---|---|--:|--:|---|"]
    for package in packages:
        imports = ", ".join(f"`{name}`" for name in package.imports) or "none"
        size = f"{package.n_modules} | {count_to_text(package.n_lines)}"
        rows.append(f"| `{package.name}` | {package.purpose} | {size} | {imports} |")
    return "\n".join(rows)


def main() -> None:
    """Write the picture and the table."""
    packages = code_to_packages()
    PICTURE.write_text(packages_to_svg(packages), encoding="utf-8", newline="\n")
    page = PAGE.read_text(encoding="utf-8")
    table = f"<!-- packages -->\n\n{packages_to_table(packages)}\n\n<!-- end of packages -->"
    changed = re.sub(r"<!-- packages -->.*<!-- end of packages -->", lambda _: table, page, flags=re.DOTALL)
    PAGE.write_text(changed, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
