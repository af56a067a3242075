"""Definitions that all actions of the study share."""

import csv
import gzip
from pathlib import Path

DATASET = Path("output/dataset.csv.gz")
MONTHS = [f"{year}-{month:02d}" for year in (2022, 2023) for month in range(1, 13)]

AGE_BANDS = ["18-34", "35-49", "50-64", "65+"]
SEXES = ["Female", "Male"]
SMOKING = ["Never", "Former", "Current", "Not recorded"]
DEPRIVATION = ["5 (least deprived)", "4", "3", "2", "1 (most deprived)"]
COVER = ["Good", "Poor"]


def age_band(age):
    return AGE_BANDS[(age >= 35) + (age >= 50) + (age >= 65)]


def load_codelist(name):
    with open(f"codelists/{name}.csv", newline="", encoding="utf-8") as file:
        return {row["code"]: row["term"] for row in csv.DictReader(file)}


def load_dataset():
    with gzip.open(DATASET, "rt", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def write_table(path, header, rows):
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    print(f"Wrote {len(rows)} rows to {path}")


def read_table(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def write_text(path, text):
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    print(f"Wrote {path}")
