"""Figure 2: the rate of exacerbations through two years, by age band."""

import math

from chart import GRID, INK, QUIET, SERIES, SHADE, Chart
from disclosure import REDACTED
from study import AGE_BANDS, MONTHS, read_table, write_text

WIDTH, HEIGHT = 960, 540
LEFT, RIGHT, TOP, BOTTOM = 76, 932, 132, 462
NAMES = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def main():
    rates = {}
    for row in read_table("output/tables/monthly_rates.csv"):
        if row["rate_per_1000"] != REDACTED:
            rates[row["age_band"], row["month"]] = float(row["rate_per_1000"])
    step = 5
    top = step * math.ceil(max(rates.values()) / step)

    def x(index):
        return LEFT + 14 + index * (RIGHT - LEFT - 28) / (len(MONTHS) - 1)

    def y(rate):
        return BOTTOM - rate * (BOTTOM - TOP) / top

    peaks = "; ".join(
        f"ages {band}: highest {max(known):.1f}, lowest {min(known):.1f}"
        for band in AGE_BANDS
        if (known := [rates[band, month] for month in MONTHS if (band, month) in rates])
    )
    chart = Chart(
        WIDTH, HEIGHT, "rates", "Asthma exacerbations by month and age band, 2022 to 2023",
        f"Line chart of exacerbations per 1,000 person-months. Rates rise each winter. {peaks}.")

    chart.text(LEFT - 52, 34, "Asthma exacerbations rise each winter, most at older ages", 21, weight=600)
    chart.text(LEFT - 52, 58, "Exacerbations per 1,000 person-months, adults with asthma, by age band (made-up data)", 14.5, QUIET)

    half = (x(1) - x(0)) / 2
    for first, last in ((0, 1), (11, 13), (23, 23)):
        start, end = max(LEFT, x(first) - half), min(RIGHT, x(last) + half)
        chart.add("rect", x=start, y=TOP, width=end - start, height=BOTTOM - TOP, fill=SHADE)
    chart.text(x(12), BOTTOM - 10, "winter", 13, QUIET, "middle")

    for tick in range(0, top + 1, step):
        chart.line(LEFT, y(tick), RIGHT, y(tick), INK if tick == 0 else GRID, 1.2 if tick == 0 else 1)
        chart.text(LEFT - 10, y(tick) + 5, str(tick), 13.5, QUIET, "end")
    middle = (TOP + BOTTOM) / 2
    chart.text(28.0, middle, "Rate per 1,000 person-months", 13.5, QUIET, "middle", rotate=-90)

    for index, month in enumerate(MONTHS):
        major = index % 3 == 0
        chart.line(x(index), BOTTOM, x(index), BOTTOM + (7 if major else 4), INK)
        if major:
            chart.text(x(index), BOTTOM + 24, NAMES[index % 12], 13.5, QUIET, "middle")
        if index % 12 == 0:
            chart.text(x(index), BOTTOM + 43, month[:4], 13.5, INK, "middle", 600)
    chart.text(RIGHT, BOTTOM + 43, "Month of exacerbation", 13.5, QUIET, "end")

    chart.text(LEFT, 99, "Age band", 13.5, QUIET)
    for position, (band, (colour, marker, dash)) in enumerate(zip(AGE_BANDS, SERIES)):
        at = LEFT + 82.0 + position * 122
        chart.line(at, 94, at + 40, 94, colour, 2.4, dash)
        chart.marker(marker, at + 20, 94, 4.6, colour)
        chart.text(at + 49, 99, band, 14)

        # A redacted month leaves a gap in the line.
        run = []
        for index, month in enumerate([*MONTHS, None]):
            if month and (band, month) in rates:
                run.append((x(index), y(rates[band, month])))
                continue
            if len(run) > 1:
                points = " ".join(f"{a:.1f},{b:.1f}" for a, b in run)
                chart.add("polyline", points=points, fill="none", stroke=colour, stroke_width=2.4,
                          stroke_dasharray=dash, stroke_linejoin="round")
            for a, b in run:
                chart.marker(marker, a, b, 4.2, colour)
            run = []

    chart.text(LEFT - 52, HEIGHT - 12,
               "Rates from counts rounded to the nearest 5; months with fewer than 8 events are left out.", 12.5, QUIET)
    write_text("output/figures/monthly_rates.svg", chart.svg())


if __name__ == "__main__":
    main()
