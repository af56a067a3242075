"""Exacerbations per 1,000 person-months, by calendar month and age band."""

from collections import Counter

from disclosure import cell, round_count
from study import AGE_BANDS, MONTHS, age_band, load_dataset, write_table


def main():
    events, followed = Counter(), Counter()
    for row in load_dataset():
        band = age_band(int(row["age"]))
        for month in MONTHS[: int(row["months_followed"])]:
            followed[month, band] += 1
        for month in filter(None, row["exacerbation_months"].split(";")):
            events[month, band] += 1

    table = []
    for month in MONTHS:
        for band in AGE_BANDS:
            numerator = round_count(events[month, band])
            denominator = round_count(followed[month, band])
            known = numerator is not None and denominator is not None
            rate = 1000 * numerator / denominator if known else None
            table.append([month, band, cell(numerator), cell(denominator), cell(rate, 2)])
    write_table(
        "output/tables/monthly_rates.csv",
        ["month", "age_band", "exacerbations", "person_months", "rate_per_1000"],
        table,
    )


if __name__ == "__main__":
    main()
