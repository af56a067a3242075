"""Makes the study population: one row per patient, invented from a fixed seed."""

import csv
import gzip
import io
import math
import random

from study import DATASET, DEPRIVATION, MONTHS, load_codelist

SEED = 20220101
PATIENTS = 20_000
FIELDS = [
    "patient_id", "age", "sex", "smoking", "deprivation", "asthma_code", "asthma_year",
    "days_covered", "months_followed", "exacerbation_months", "exacerbation_code",
]


def make_patient(rng, asthma_codes, exacerbation_codes):
    age = 0
    while not 18 <= age <= 99:
        age = int(rng.gauss(51, 18))
    sex = "Female" if rng.random() < 0.57 else "Male"
    smoking = rng.choices(["Never", "Former", "Current"], [0.52, 0.30, 0.18])[0]
    if rng.random() < 0.0004:
        smoking = "Not recorded"
    deprivation = rng.choices(range(5), [0.18, 0.19, 0.20, 0.21, 0.22])[0]

    # Older patients collect their preventers more regularly, smokers less so.
    lean = 0.02 * (age - 50) - (0.35 if smoking == "Current" else 0) - 0.10 * deprivation
    cover = 1 / (1 + math.exp(-rng.gauss(1.75 + lean, 1.0)))

    followed = len(MONTHS) if rng.random() > 0.06 else rng.randrange(6, len(MONTHS))
    risk = (
        -4.75
        + (0.45 if cover < 0.75 else 0)
        + {"Never": 0, "Former": 0.12, "Current": 0.38, "Not recorded": 0}[smoking]
        + 0.07 * deprivation
        + (0.14 if sex == "Female" else 0)
        + (0 if age < 35 else 0.12 if age < 50 else 0.25 if age < 65 else 0.55)
        + rng.gauss(0, 0.65)
    )
    months = []
    for index in range(followed):
        season = 0.42 * math.cos(2 * math.pi * (index % 12 - 0.3) / 12)
        if rng.random() < 1 / (1 + math.exp(-(risk + season))):
            months.append(MONTHS[index])

    return {
        "age": age,
        "sex": sex,
        "smoking": smoking,
        "deprivation": DEPRIVATION[deprivation],
        "asthma_code": rng.choices(asthma_codes, [52, 10, 7, 13, 8, 7, 3])[0],
        "asthma_year": rng.randint(max(1950, 2021 - age), 2021),
        "days_covered": round(365 * cover),
        "months_followed": followed,
        "exacerbation_months": ";".join(months),
        "exacerbation_code": rng.choice(exacerbation_codes) if months else "",
    }


def main():
    rng = random.Random(SEED)
    asthma = list(load_codelist("asthma-diagnosis"))
    exacerbation = list(load_codelist("asthma-exacerbation"))

    text = io.StringIO()
    writer = csv.DictWriter(text, FIELDS, lineterminator="\n")
    writer.writeheader()
    for number in range(1, PATIENTS + 1):
        writer.writerow({"patient_id": number, **make_patient(rng, asthma, exacerbation)})

    DATASET.parent.mkdir(parents=True, exist_ok=True)
    # No time stamp inside the archive, so that a rerun gives the same bytes.
    DATASET.write_bytes(gzip.compress(text.getvalue().encode("utf-8"), mtime=0))
    print(f"Wrote {PATIENTS} patients to {DATASET}")


if __name__ == "__main__":
    main()
