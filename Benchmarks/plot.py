"""Lines on two logarithmic axes, as an SVG."""

import html
import math

WIDTH, HEIGHT = 440, 320
LEFT, TOP, RIGHT, BOTTOM = 70, 40, 20, 50
LEGEND = 130
COLORS = ["#1b6ca8", "#c8452e", "#3b8f4d", "#8a5bb0", "#b58900", "#444444"]


def svg(panels, across):
    """`panels` is a list of (what is up, {name: [(x, y), ...]}), drawn side by side."""
    whole = len(panels) * (LEFT + WIDTH + RIGHT) + LEGEND
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" '
        f'height="{TOP + HEIGHT + BOTTOM}" font-family="sans-serif" font-size="12">',
        '<rect width="100%" height="100%" fill="white"/>']
    for place, (up, series) in enumerate(panels):
        left = place * (LEFT + WIDTH + RIGHT) + LEFT
        parts += panel(left, up, across, series)
    parts += legend(whole - LEGEND, panels[0][1])
    return "\n".join([*parts, "</svg>\n"])


def panel(left, up, across, series):
    points = [point for line in series.values() for point in line]
    xs, ys = Axis([x for x, _ in points], WIDTH), Axis([y for _, y in points], HEIGHT)
    yield (f'<text x="{left}" y="{TOP - 14}" font-weight="bold">{html.escape(up)}</text>'
           f'<text x="{left + WIDTH / 2}" y="{TOP + HEIGHT + 40}" text-anchor="middle">'
           f'{html.escape(across)}</text>')
    for value in xs.ticks():
        x = left + xs.at(value)
        yield rule(x, TOP, x, TOP + HEIGHT)
        yield label(x, TOP + HEIGHT + 18, "middle", value)
    for value in ys.ticks():
        y = TOP + HEIGHT - ys.at(value)
        yield rule(left, y, left + WIDTH, y)
        yield label(left - 8, y + 4, "end", value)
    for color, line in zip(COLORS, series.values()):
        places = [(left + xs.at(x), TOP + HEIGHT - ys.at(y)) for x, y in line]
        joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        yield f'<polyline points="{joined}" fill="none" stroke="{color}" stroke-width="2"/>'
        for x, y in places:
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{color}"/>'


class Axis:
    """From the power of ten below the least value to the one above the greatest."""

    def __init__(self, values, length):
        self.low = math.floor(math.log10(min(values)))
        self.high = max(math.ceil(math.log10(max(values))), self.low + 1)
        self.length = length

    def at(self, value):
        return (math.log10(value) - self.low) / (self.high - self.low) * self.length

    def ticks(self):
        return [10.0**power for power in range(self.low, self.high + 1)]


def rule(x1, y1, x2, y2):
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#ddd"/>'


def label(x, y, anchor, value):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{value:,g}</text>'


def legend(left, series):
    for place, (color, name) in enumerate(zip(COLORS, series)):
        y = TOP + 20 * place
        yield (f'<rect x="{left}" y="{y}" width="12" height="12" fill="{color}"/>'
               f'<text x="{left + 18}" y="{y + 11}">{html.escape(name)}</text>')
