"""Table 1: who is in the study, by cover with a preventer inhaler."""

import json
from bisect import bisect_right
from collections import Counter

from disclosure import BASE, THRESHOLD, cell, protect, round_count
from study import (
    AGE_BANDS, COVER, DEPRIVATION, SEXES, SMOKING, age_band, load_dataset, write_table, write_text,
)

VARIABLES = [
    ("Age band", AGE_BANDS, lambda row: age_band(int(row["age"]))),
    ("Sex", SEXES, lambda row: row["sex"]),
    ("Smoking", SMOKING, lambda row: row["smoking"]),
    ("Deprivation quintile", DEPRIVATION, lambda row: row["deprivation"]),
    ("Exacerbation in 2022", ["No", "Yes"],
     lambda row: "Yes" if "2022-" in row["exacerbation_months"] else "No"),
]


def cover(row):
    return "Good" if int(row["days_covered"]) >= 0.75 * 365 else "Poor"


def describe(rows):
    groups = {"All": rows}
    for name in COVER:
        groups[name] = [row for row in rows if cover(row) == name]
    totals = {name: round_count(len(members)) for name, members in groups.items()}

    table = [["Patients", "All"] + [text for name in groups for text in (cell(totals[name]), "100.0")]]
    for label, levels, value_of in VARIABLES:
        columns = {}
        for name, members in groups.items():
            values = [value_of(row) for row in members]
            columns[name] = protect([values.count(level) for level in levels])
        # Where one group is redacted, "All" less the other group would give it away.
        for index in range(len(levels)):
            if any(columns[name][index] is None for name in COVER):
                for name in COVER:
                    columns[name][index] = None
        for index, level in enumerate(levels):
            line = [label, level]
            for name in groups:
                count = columns[name][index]
                percent = None if count is None else 100 * count / totals[name]
                line += [cell(count), cell(percent, 1)]
            table.append(line)
    return table, totals


def ages_by_sex(rows):
    """Counts for the picture of the population, in bands of five years."""
    starts = [18, *range(20, 90, 5)]
    names = [f"{a}-{b - 1}" for a, b in zip(starts, starts[1:])] + [f"{starts[-1]}+"]
    counts = Counter((names[bisect_right(starts, int(row["age"])) - 1], row["sex"]) for row in rows)
    return [[name, sex, cell(round_count(counts[name, sex]))] for name in names for sex in SEXES]


def main():
    rows = load_dataset()
    table, totals = describe(rows)
    write_table(
        "output/tables/table_1.csv",
        ["characteristic", "level", "all_count", "all_percent",
         "good_cover_count", "good_cover_percent", "poor_cover_count", "poor_cover_percent"],
        table,
    )
    write_table("output/tables/ages.csv", ["age", "sex", "patients"], ages_by_sex(rows))
    summary = {
        "patients": totals["All"],
        "patients_with_good_cover": totals["Good"],
        "patients_with_poor_cover": totals["Poor"],
        "median_age": sorted(int(row["age"]) for row in rows)[len(rows) // 2],
        "person_years": round_count(sum(int(row["months_followed"]) for row in rows) // 12),
        "disclosure_control": {"redacted_below": THRESHOLD, "rounded_to": BASE},
    }
    write_text("output/tables/population_summary.json", json.dumps(summary, indent=2) + "\n")


if __name__ == "__main__":
    main()
