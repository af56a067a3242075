"""Small helpers to draw charts as SVG, with attributes only: no style sheet and no script."""

from xml.sax.saxutils import escape, quoteattr

FONT = "system-ui, 'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif"
INK, QUIET, GRID, SHADE, PAPER = "#1b1f24", "#505a66", "#dfe3e8", "#f2f5f9", "#ffffff"
# Okabe and Ito's colours, told apart by people with any form of colour blindness;
# each series has its own marker and dash as well.
SERIES = [
    ("#0072B2", "circle", None),
    ("#D55E00", "square", "9 4"),
    ("#007A5E", "triangle", "3 3"),
    ("#A8447F", "diamond", "12 3 3 3"),
]


class Chart:
    """Collects shapes, and writes them with a title and a description for screen readers."""

    def __init__(self, width, height, name, title, description):
        self.width, self.height, self.name = width, height, name
        self.title, self.description = title, description
        self.parts = []

    def add(self, tag, text=None, **attributes):
        pairs = "".join(
            f" {key.rstrip('_').replace('_', '-')}={quoteattr(number(value))}"
            for key, value in attributes.items() if value is not None
        )
        self.parts.append(f"<{tag}{pairs}/>" if text is None else f"<{tag}{pairs}>{escape(text)}</{tag}>")

    def text(self, x, y, text, size=14, fill=INK, anchor="start", weight=None, rotate=None):
        turn = None if rotate is None else f"rotate({rotate} {number(x)} {number(y)})"
        self.add("text", text, x=x, y=y, font_size=size, fill=fill, text_anchor=anchor,
                 font_weight=weight, transform=turn)

    def line(self, x1, y1, x2, y2, stroke=GRID, width=1, dash=None):
        self.add("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, stroke_width=width,
                 stroke_dasharray=dash)

    def marker(self, kind, x, y, size, fill):
        common = {"fill": fill, "stroke": PAPER, "stroke_width": 1.2}
        if kind == "circle":
            self.add("circle", cx=x, cy=y, r=size, **common)
        elif kind == "square":
            self.add("rect", x=x - size * 0.9, y=y - size * 0.9, width=size * 1.8, height=size * 1.8, **common)
        else:
            shape = {
                "triangle": [(0, -1.25), (1.15, 0.85), (-1.15, 0.85)],
                "diamond": [(0, -1.35), (1.35, 0), (0, 1.35), (-1.35, 0)],
            }[kind]
            points = " ".join(f"{number(x + a * size)},{number(y + b * size)}" for a, b in shape)
            self.add("polygon", points=points, **common)

    def svg(self):
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}"'
            f' width="{self.width}" height="{self.height}" role="img"'
            f' aria-labelledby="{self.name}-title {self.name}-description"'
            f" font-family={quoteattr(FONT)}>"
        )
        return "\n".join([
            head,
            f'<title id="{self.name}-title">{escape(self.title)}</title>',
            f'<desc id="{self.name}-description">{escape(self.description)}</desc>',
            f'<rect width="{self.width}" height="{self.height}" fill="{PAPER}"/>',
            *self.parts,
            "</svg>",
            "",
        ])


def number(value):
    """Coordinates with two digits at most, so that files are short and always the same."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
