"""Logistic regression: any exacerbation in 2023 on cover with a preventer in 2022."""

import math
from collections import Counter

from disclosure import cell, protect, round_count
from study import (
    AGE_BANDS, COVER, DEPRIVATION, SEXES, SMOKING, age_band, load_dataset, write_table, write_text,
)

# The first level of each variable is the one that others are compared with.
VARIABLES = [
    ("Preventer cover", COVER),
    ("Age band", AGE_BANDS),
    ("Sex", SEXES[::-1]),
    ("Smoking", SMOKING[:3]),
    ("Deprivation quintile", DEPRIVATION),
    ("Exacerbation in 2022", ["No", "Yes"]),
]


def covariates(row):
    return (
        "Good" if int(row["days_covered"]) >= 0.75 * 365 else "Poor",
        age_band(int(row["age"])),
        row["sex"],
        row["smoking"],
        row["deprivation_quintile"],
        "Yes" if "2022-" in row["exacerbation_months"] else "No",
    )


def design(values):
    """The intercept, and one indicator for each level but the first."""
    line = [1.0]
    for (_, levels), value in zip(VARIABLES, values):
        line += [1.0 if value == level else 0.0 for level in levels[1:]]
    return line


def invert(matrix):
    """Gauss-Jordan elimination with partial pivoting."""
    size = len(matrix)
    work = [row[:] + [float(i == j) for j in range(size)] for i, row in enumerate(matrix)]
    for column in range(size):
        pivot = max(range(column, size), key=lambda i: abs(work[i][column]))
        if abs(work[pivot][column]) < 1e-12:
            raise ValueError("The model cannot be fitted: two of its terms say the same thing.")
        work[column], work[pivot] = work[pivot], work[column]
        work[column] = [value / work[column][column] for value in work[column]]
        for i in range(size):
            if i != column and work[i][column]:
                factor = work[i][column]
                work[i] = [a - factor * b for a, b in zip(work[i], work[column])]
    return [row[size:] for row in work]


def fit(patterns):
    """Newton's method on grouped data; returns estimates, their covariance and the steps taken."""
    size = len(patterns[0][0])
    beta = [0.0] * size
    for step in range(1, 31):
        gradient = [0.0] * size
        information = [[0.0] * size for _ in range(size)]
        for x, cases, people in patterns:
            used = [i for i, value in enumerate(x) if value]
            p = 1 / (1 + math.exp(-sum(beta[i] for i in used)))
            for i in used:
                gradient[i] += cases - people * p
                for j in used:
                    information[i][j] += people * p * (1 - p)
        covariance = invert(information)
        change = [sum(c * g for c, g in zip(row, gradient)) for row in covariance]
        beta = [b + c for b, c in zip(beta, change)]
        if max(map(abs, change)) < 1e-8:
            return beta, covariance, step
    raise ValueError("The model did not converge in 30 steps.")


def main():
    people, cases = Counter(), Counter()
    for row in load_dataset():
        # Followed into 2023, and with a known smoking status.
        if int(row["months_followed"]) <= 12 or row["smoking"] == "Not recorded":
            continue
        values = covariates(row)
        people[values] += 1
        cases[values] += "2023-" in row["exacerbation_months"]

    patterns = [(design(values), cases[values], count) for values, count in sorted(people.items())]
    beta, covariance, steps = fit(patterns)

    table, term = [], 1
    for index, (label, levels) in enumerate(VARIABLES):
        totals, events = Counter(), Counter()
        for values, count in people.items():
            totals[values[index]] += count
            events[values[index]] += cases[values]
        shown_totals = protect([totals[level] for level in levels])
        shown_events = protect([events[level] for level in levels])
        for position, level in enumerate(levels):
            counts = [cell(shown_totals[position]), cell(shown_events[position])]
            if position == 0:
                table.append([label, level, *counts, "1.00", "", "", "reference"])
                continue
            error = math.sqrt(covariance[term][term])
            bounds = [math.exp(beta[term] + z * error) for z in (0, -1.96, 1.96)]
            p = math.erfc(abs(beta[term] / error) / math.sqrt(2))
            p_text = "<0.001" if p < 0.001 else f"{p:.3f}"
            table.append([label, level, *counts, *(f"{b:.2f}" for b in bounds), p_text])
            term += 1

    write_table(
        "output/model/odds_ratios.csv",
        ["characteristic", "level", "patients", "with_exacerbation",
         "odds_ratio", "ci_lower", "ci_upper", "p_value"],
        table,
    )
    total, total_cases = sum(people.values()), sum(cases.values())
    poor = next(line for line in table if line[1] == "Poor")
    write_text("output/model/model_summary.txt", "\n".join([
        "Logistic regression: any asthma exacerbation in 2023",
        "",
        f"Patients (to the nearest 5)           {round_count(total):>8,}",
        f"With an exacerbation (nearest 5)      {round_count(total_cases):>8,}",
        f"Terms, with the intercept             {len(beta):>8}",
        f"Newton steps to convergence           {steps:>8}",
        f"Poor against good cover, odds ratio   {poor[4]:>8}  (95 % CI {poor[5]} to {poor[6]})",
        "",
        "Patients without a recorded smoking status, or not followed into 2023, are left out.",
        "",
    ]))


if __name__ == "__main__":
    main()
