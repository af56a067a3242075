"""The report: one HTML file with everything in it, and no script."""

import base64
import json
from html import escape
from pathlib import Path

from disclosure import REDACTED
from study import read_table, write_text

STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #f5f7fa; color: #1b1f24;
  font: 17px/1.6 system-ui, "Segoe UI", "Helvetica Neue", Arial, "Liberation Sans", sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 2.5rem 2rem 4rem; background: #fff; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.35rem; margin: 2.75rem 0 .5rem; padding-top: 1rem; border-top: 1px solid #dfe3e8; }
p, ul { max-width: 44rem; }
.lead { font-size: 1.1rem; color: #404a56; margin-top: 0; }
.notice { border-left: 4px solid #0072B2; background: #eef5fb; padding: .6rem 1rem; max-width: none; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 1rem; margin: 1.5rem 0; }
dl div { border: 1px solid #dfe3e8; border-radius: .5rem; padding: .8rem 1rem; display: flex; flex-direction: column-reverse; justify-content: flex-end; }
dt { font-size: .88rem; color: #505a66; line-height: 1.35; }
dd { margin: 0; font-size: 1.6rem; font-weight: 600; line-height: 1.3; font-variant-numeric: tabular-nums; }
figure { margin: 1.5rem 0; }
figure svg, figure img { display: block; width: 100%; height: auto; border: 1px solid #dfe3e8; border-radius: .5rem; }
figcaption, caption { font-size: .92rem; color: #505a66; text-align: left; }
caption { padding-bottom: .5rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; line-height: 1.4; font-variant-numeric: tabular-nums; }
th, td { padding: .38rem .6rem; text-align: right; border-bottom: 1px solid #e8ebef; white-space: nowrap; }
thead th { border-bottom: 2px solid #8b95a1; vertical-align: bottom; }
th:first-child, th.level { text-align: left; font-weight: 400; }
thead th, thead th:first-child, tbody th.group { font-weight: 600; }
tr.group th { text-align: left; padding-top: .8rem; }
th.level { padding-left: 1.4rem !important; }
.redacted { color: #505a66; font-style: italic; }
"""


MONTH_NAMES = ("January February March April May June July August September October November December").split()


def number(text):
    if text == REDACTED:
        return '<span class="redacted">redacted</span>'
    return f"{int(text):,}" if text.isdigit() else escape(text)


def table(caption, header, rows, cells_of):
    """A table whose rows are grouped by characteristic."""
    lines = ['<div class="scroll" tabindex="0" role="region" aria-label="%s"><table>' % escape(caption, quote=True),
             f"<caption>{escape(caption)}</caption>", "<thead><tr>"]
    lines += [f'<th scope="col">{escape(name)}</th>' for name in header]
    lines.append("</tr></thead>")
    group = None
    for row in rows:
        if row["characteristic"] != group:
            if group is not None:
                lines.append("</tbody>")
            group = row["characteristic"]
            lines.append(f'<tbody><tr class="group"><th scope="rowgroup" class="group" colspan="{len(header)}">{escape(group)}</th></tr>')
        cells = "".join(f"<td>{text}</td>" for text in cells_of(row))
        lines.append(f'<tr><th scope="row" class="level">{escape(row["level"])}</th>{cells}</tr>')
    return "\n".join([*lines, "</tbody></table></div>"])


def with_percent(row, group):
    count, percent = row[f"{group}_count"], row[f"{group}_percent"]
    return number(count) if count == REDACTED else f"{number(count)} ({percent} %)"


def estimate(row):
    if not row["ci_lower"]:
        return "1 (reference)"
    return f"{row['odds_ratio']} ({row['ci_lower']} to {row['ci_upper']})"


def main():
    population = read_table("output/tables/population.csv")
    rates = [row for row in read_table("output/tables/monthly_rates.csv") if row["rate_per_1000"] != REDACTED]
    model = read_table("output/model/odds_ratios.csv")
    summary = json.loads(Path("output/tables/population_summary.json").read_text(encoding="utf-8"))
    figures = {name: Path(f"output/figures/{name}.svg").read_text(encoding="utf-8")
               for name in ("monthly_rates", "odds_ratios")}
    ages = base64.b64encode(Path("output/figures/ages.png").read_bytes()).decode("ascii")
    poor = next(row for row in model if row["level"] == "Poor")
    highest = max(rates, key=lambda row: float(row["rate_per_1000"]))
    year, month = highest["month"].split("-")
    share = 100 * summary["patients_with_poor_cover"] / summary["patients"]

    tiles = [
        ("patients with asthma", f"{summary['patients']:,}"),
        ("person-years of follow-up", f"{summary['person_years']:,}"),
        ("with poor preventer cover", f"{share:.0f} %"),
        ("odds ratio, poor against good cover", poor["odds_ratio"]),
    ]
    parts = [
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        "<title>Preventer inhalers and asthma exacerbations in adults</title>",
        f"<style>{STYLE}</style>\n</head>\n<body>\n<main>",
        "<h1>Preventer inhalers and asthma exacerbations in adults</h1>",
        '<p class="lead">A cohort study of adults with asthma, January 2022 to December 2023.</p>',
        '<p class="notice"><strong>Made-up data.</strong> The patients of this study were invented by a program. '
        "Its results say nothing about real people or medicines.</p>",
        "<dl>" + "".join(f"<div><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>" for label, value in tiles) + "</dl>",
        "<h2>Summary</h2>",
        f"<p>Patients whose preventer inhaler covered fewer than three days in four in 2022 had higher odds of an "
        f"exacerbation in 2023 than patients with good cover (adjusted odds ratio {poor['odds_ratio']}, 95 % confidence "
        f"interval {poor['ci_lower']} to {poor['ci_upper']}). Rates rose each winter in every age band; the highest was "
        f"{float(highest['rate_per_1000']):.1f} per 1,000 person-months, at ages {escape(highest['age_band'])} in {MONTH_NAMES[int(month) - 1]} {year}.</p>",
        "<h2>Who is in the study</h2>",
        table("Table 1. Patients by preventer cover, with percentages of each column",
              ["Characteristic", "All", "Good cover", "Poor cover"], population,
              lambda row: [with_percent(row, "all"), with_percent(row, "good_cover"), with_percent(row, "poor_cover")]),
        f'<figure><img src="data:image/png;base64,{ages}" alt="Bar chart of patients by age band and sex; '
        'the numbers are in output/tables/ages.csv."><figcaption>Figure 1. The population by age and sex. '
        "The numbers are in <code>output/tables/ages.csv</code>.</figcaption></figure>",
        "<h2>Exacerbations through the year</h2>",
        f"<figure>{figures['monthly_rates']}<figcaption>Figure 2. Exacerbations per 1,000 person-months. "
        "The numbers are in <code>output/tables/monthly_rates.csv</code>.</figcaption></figure>",
        "<h2>Preventer cover and exacerbations</h2>",
        f"<figure>{figures['odds_ratios']}<figcaption>Figure 3. Adjusted odds ratios with 95 % confidence intervals; "
        "the numbers are in table 2.</figcaption></figure>",
        table("Table 2. Any exacerbation in 2023: logistic regression with all terms together",
              ["Characteristic", "Patients", "With exacerbation", "Odds ratio (95 % CI)", "p"], model,
              lambda row: [number(row["patients"]), number(row["with_exacerbation"]), estimate(row), escape(row["p_value"].replace("reference", "–"))]),
        "<h2>Methods</h2>",
        "<ul><li>Adults with a code for asthma before 2022, followed until deregistration or the end of 2023.</li>"
        "<li>Cover is the share of days in 2022 for which an inhaled corticosteroid had been issued; 75 % or more is good.</li>"
        "<li>The model leaves out patients who were not followed into 2023 and those without a recorded smoking status.</li>"
        f"<li>Disclosure control: counts below {summary['disclosure_control']['redacted_below']} are redacted, with further "
        "cells where those could be worked out from them; other counts are rounded to the nearest "
        f"{summary['disclosure_control']['rounded_to']}, and rates and percentages use the rounded counts.</li></ul>",
        "</main>\n</body>\n</html>\n",
    ]
    write_text("output/report.html", "\n".join(parts))


if __name__ == "__main__":
    main()
