"""Figure 1: the population by age and sex, as a PNG."""

from disclosure import REDACTED
from raster import Picture
from study import SEXES, read_table

WIDTH, ROW = 1600, 46
TOP, GAP, REACH = 190, 116, 610
INK, QUIET, GRID = "#1b1f24", "#505a66", "#dfe3e8"
COLOURS = {"Female": "#A8447F", "Male": "#0072B2"}


def main():
    counts = {(row["age"], row["sex"]): row["patients"] for row in read_table("output/tables/ages.csv")}
    ages = list(dict.fromkeys(age for age, _ in counts))
    known = [int(count) for count in counts.values() if count != REDACTED]
    step = 250
    top = step * -(-max(known) // step)

    bottom = TOP + ROW * len(ages)
    picture = Picture(WIDTH, bottom + 150)
    middle = WIDTH / 2
    edge = {"Female": middle - GAP / 2, "Male": middle + GAP / 2}
    sign = {"Female": -1, "Male": 1}

    picture.text(48, 58, "Age and sex of the study population", INK, bold=True)
    picture.text(48, 98, "Adults with asthma on 1 January 2022, in bands of five years (made-up data)", QUIET)
    picture.text(middle, 160, "Age", QUIET, "middle")
    for sex in SEXES:
        at = edge[sex] + sign[sex] * REACH / 2
        picture.rectangle(at - 66, 138, 24, 24, COLOURS[sex])
        picture.text(at - 30, 160, sex, INK)
        for tick in range(0, top + 1, step):
            x = edge[sex] + sign[sex] * REACH * tick / top
            picture.rectangle(x - 1, TOP, 2, bottom - TOP + 10, INK if tick == 0 else GRID)
            picture.text(x, bottom + 42, f"{tick:,}", QUIET, "middle")
    for index, age in enumerate(reversed(ages)):
        y = TOP + ROW * index
        picture.text(middle, y + 33, age, INK, "middle")
        for sex in SEXES:
            if counts[age, sex] == REDACTED:
                picture.text(edge[sex] + sign[sex] * 12, y + 33, "redacted", QUIET, "end" if sign[sex] < 0 else "start")
                continue
            length = REACH * int(counts[age, sex]) / top
            picture.rectangle(edge[sex] - (length if sign[sex] < 0 else 0), y + 5, length, ROW - 10, COLOURS[sex])
    picture.text(middle, bottom + 84, "Patients, to the nearest 5", QUIET, "middle")
    picture.text(48, bottom + 128, "Counts below 8 are redacted.", QUIET)
    picture.write("output/figures/ages.png")


if __name__ == "__main__":
    main()
