"""Figure 3: a forest plot of the adjusted odds ratios."""

import math

from chart import GRID, INK, QUIET, SERIES, SHADE, Chart
from study import read_table, write_text

WIDTH, ROW = 960, 27
LEFT, RIGHT, TOP = 300, 744, 118
TICKS = [0.75, 1, 1.5, 2, 3]


def main():
    rows = read_table("output/model/odds_ratios.csv")
    groups = {}
    for row in rows:
        groups.setdefault(row["characteristic"], []).append(row)

    bottom = TOP + ROW * (len(rows) + len(groups)) + 10
    bounds = [float(row[key]) for row in rows for key in ("ci_lower", "ci_upper") if row[key]]
    low, high = math.log(min(0.75, *bounds)), math.log(max(3, *bounds))

    def x(ratio):
        return LEFT + (math.log(ratio) - low) * (RIGHT - LEFT) / (high - low)

    poor = next(row for row in rows if row["level"] == "Poor")
    chart = Chart(
        WIDTH, bottom + 84, "odds", "Adjusted odds ratios of an exacerbation in 2023",
        f"Forest plot on a logarithmic axis. Poor against good preventer cover: odds ratio "
        f"{poor['odds_ratio']}, 95 % confidence interval {poor['ci_lower']} to {poor['ci_upper']}.")
    chart.text(24, 34, "Poor preventer cover goes with higher odds of an exacerbation", 21, weight=600)
    chart.text(24, 58, "Odds ratio of any exacerbation in 2023, adjusted for all terms shown (made-up data)", 14.5, QUIET)
    chart.text(728 + 208, 98, "Odds ratio (95 % CI)", 13.5, QUIET, "end")
    chart.text(24, 98, "Characteristic", 13.5, QUIET)

    at = TOP
    for index, members in enumerate(groups.values()):
        height = ROW * (len(members) + 1)
        if index % 2 == 0:
            chart.add("rect", x=16, y=at - 2, width=WIDTH - 32, height=height, fill=SHADE)
        at += height
    for tick in TICKS:
        chart.line(x(tick), TOP - 2, x(tick), bottom, INK if tick == 1 else GRID, 1.2 if tick == 1 else 1)
        chart.line(x(tick), bottom, x(tick), bottom + 6, INK)
        chart.text(x(tick), bottom + 23, f"{tick:g}", 13.5, QUIET, "middle")
    chart.line(LEFT, bottom, RIGHT, bottom, INK, 1.2)
    chart.text(x(1) - 10, bottom + 46, "← lower odds", 13, QUIET, "end")
    chart.text(x(1) + 10, bottom + 46, "higher odds →   (logarithmic axis)", 13, QUIET)

    colour = SERIES[0][0]
    at = TOP
    for name, members in groups.items():
        chart.text(24, at + 18, name, 14, weight=600)
        at += ROW
        for row in members:
            middle = at + ROW / 2 - 1
            ratio = float(row["odds_ratio"])
            chart.text(44, middle + 5, row["level"], 14)
            if row["ci_lower"]:
                chart.line(x(float(row["ci_lower"])), middle, x(float(row["ci_upper"])), middle, colour, 2.4)
                chart.marker("square", x(ratio), middle, 5.4, colour)
                estimate = f"{row['odds_ratio']} ({row['ci_lower']} to {row['ci_upper']})"
            else:
                chart.add("circle", cx=x(1), cy=middle, r=4.6, fill="#ffffff", stroke=INK, stroke_width=1.6)
                estimate = "1 (reference)"
            chart.text(936, middle + 5, estimate, 13.5, INK if row["ci_lower"] else QUIET, "end")
            at += ROW

    chart.text(24, bottom + 74, "Squares are estimates, lines their 95 % confidence intervals, open circles the reference levels.", 12.5, QUIET)
    write_text("output/figures/odds_ratios.svg", chart.svg())


if __name__ == "__main__":
    main()
