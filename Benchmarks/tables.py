"""Results of a row: medians, spreads, ratios and goals, as values for JSON and as a table."""

import dataclasses

import measuring


@dataclasses.dataclass(frozen=True)
class Goal:
    """`measure` of ours, over `against`'s if one is named, is to be at most `limit`. `against` is
    a contender, or "raw" for the bytes of the pages."""

    measure: str
    limit: float
    against: str = ""


MEMORY = Goal("peak_mebibytes", 64)


def row(name, work, contenders, goals=(), missing=(), raw=None):
    """A row of finished contenders, ours first."""
    results = [result(contender) for contender in contenders]
    return {
        "row": name, "work": work, "raw_bytes": raw, "results": results,
        "goals": [judged(goal, results, raw) for goal in goals], "missing": list(missing)}


def result(contender):
    totals = [sum_of(phases.values()) for phases in contender.rounds]
    names = list(dict.fromkeys(name for phases in contender.rounds for name in phases))
    return {
        "name": contender.name, "durability": contender.durability,
        "seconds": measuring.summary(total.seconds for total in totals),
        "cpu_seconds": measuring.summary(total.cpu for total in totals),
        "peak_mebibytes": max(total.peak for total in totals),
        "phases": {
            name: measuring.summary(
                phases[name].seconds for phases in contender.rounds if name in phases)
            for name in names},
        "sizes": contender.sizes, "extras": contender.extras}


def sum_of(usages):
    first, *rest = usages
    for usage in rest:
        first += usage
    return first


def judged(goal, results, raw):
    value = ours = measure(results[0], goal.measure)
    if goal.against == "raw":
        value = ours and raw and ours / raw
    elif goal.against:
        theirs = [found for found in results if found["name"] == goal.against]
        base = measure(theirs[0], goal.measure) if theirs else None
        value = ours / base if ours is not None and base else None
    return {
        "measure": goal.measure, "against": goal.against, "limit": goal.limit, "value": value,
        "reached": None if value is None else value <= goal.limit}


def measure(found, name):
    if name in ("seconds", "cpu_seconds"):
        return found[name]["median"]
    if name == "peak_mebibytes":
        return found[name]
    return {**found["sizes"], **found["extras"]}.get(name)


# Printing


def show(row):
    print(f"\n{row['row']}: {row['work']}")
    results = row["results"]
    columns = column_names(results)
    lines = [["", *columns]] + [[found["name"], *cells(found, results[0], columns)]
                                for found in results]
    print_columns(lines)
    for text, names in durabilities(results).items():
        print(f"  {', '.join(names)}: {text}")
    for text in row["missing"]:
        print(f"  left out: {text}")
    for goal in row["goals"]:
        print(f"  goal: {goal_text(goal)}")


def durabilities(results):
    """Who makes which promise: those that make the same one together."""
    found = {}
    for result in results:
        found.setdefault(result["durability"], []).append(result["name"])
    return found


def column_names(results):
    """Phases only where there are several; sizes and extras that anybody has."""
    phases = list(dict.fromkeys(name for found in results for name in found["phases"]))
    sizes = list(dict.fromkeys(name for found in results for name in found["sizes"]))
    extras = list(dict.fromkeys(name for found in results for name in found["extras"]))
    return [*(phases if len(phases) > 1 else []), "seconds", "spread", "cpu s", "peak MiB", *sizes,
            *extras, "time ratio", "cpu ratio", *([f"{sizes[0]} ratio"] if sizes else [])]


def cells(found, ours, columns):
    return [cell(found, ours, column) for column in columns]


def cell(found, ours, column):
    if column in found["phases"] and column != "seconds":
        return f"{found['phases'][column]['median']:.4f}"
    if column == "seconds":
        return f"{found['seconds']['median']:.4f}"
    if column == "spread":
        return f"{found['seconds']['least']:.4f}-{found['seconds']['most']:.4f}"
    if column == "cpu s":
        return f"{found['cpu_seconds']['median']:.3f}"
    if column == "peak MiB":
        peak = found["peak_mebibytes"]
        return f"{peak:.1f}" if peak > measuring.FLOOR else f"<{measuring.FLOOR}"
    if column.endswith(" ratio"):
        name = {"time ratio": "seconds", "cpu ratio": "cpu_seconds"}.get(
            column, column.removesuffix(" ratio"))
        mine, theirs = measure(ours, name), measure(found, name)
        return f"{mine / theirs:.3f}" if mine is not None and theirs else "-"
    value = measure(found, column)
    if value is None:
        return "-"
    return f"{value:,}" if isinstance(value, int) else f"{value:.4g}"


def print_columns(lines):
    widths = [max(len(line[at]) for line in lines) for at in range(len(lines[0]))]
    for line in lines:
        first, *rest = [text.ljust(width) if at == 0 else text.rjust(width)
                        for at, (text, width) in enumerate(zip(line, widths))]
        print("  " + "  ".join([first, *rest]).rstrip())


def goal_text(goal):
    unit = {"seconds": "time", "peak_mebibytes": "MiB at the peak"}.get(
        goal["measure"], goal["measure"])
    of = f"x {goal['against']}" if goal["against"] else ""
    wanted = f"{unit} at most {figure(goal['limit'])}{of}"
    if goal["value"] is None:
        return f"{wanted}; not compared here"
    return (f"{wanted}; measured {figure(goal['value'])}: "
            f"{'reached' if goal['reached'] else 'not reached'}")


def figure(value):
    return f"{value:,.0f}" if value >= 1_000 else f"{value:.3g}"


def show_goals(rows):
    print("\nGoals (ratios are ours / theirs)")
    for row in rows:
        for goal in row["goals"]:
            print(f"  {row['row']}: {goal_text(goal)}")
