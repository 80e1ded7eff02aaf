"""Records what SciPy and statsmodels say of 200 data sets; shared/statistics is held against it.

    python3 scripts/statistics-reference.py > shared/statistics/reference/scipy.json

Needs numpy, scipy and statsmodels. Not part of `npm test`, which reads what was recorded.
"""

import json
import math
import platform

import numpy
import scipy
import statsmodels
from scipy import stats
from statsmodels.stats.multitest import multipletests

DATA_SETS = 200
SEED = 2015
EXACT_PAIRS_BELOW = 50
# SciPy goes through all sign assignments of tied data one by one
TIED_PAIRS_MAX = 13


def differences_of(kind, rng):
    """Whole numbers, as all counts are."""
    if kind == "exact":  # no ties, no zeros
        count = rng.integers(1, EXACT_PAIRS_BELOW)
        sizes = rng.choice(numpy.arange(1, 4000), size=count, replace=False)
        return sizes * rng.choice([-1, 1], size=count, p=[0.35, 0.65])
    if kind == "tied":
        # Its permutation test wants two pairs that differ
        return numpy.append(rng.integers(-4, 7, size=rng.integers(0, TIED_PAIRS_MAX - 1)), [3, -3])
    count = rng.integers(70, 400)
    spread = int(rng.integers(2, 2000))
    return rng.integers(-spread, spread + 1, size=count) + int(rng.integers(0, max(2, spread // 5)))


def signed_rank_p(kind, differences):
    nonzero = differences[differences != 0]
    if kind == "exact":
        return stats.wilcoxon(nonzero, method="exact").pvalue
    if kind == "tied":
        return stats.wilcoxon(nonzero, method=stats.PermutationMethod(n_resamples=math.inf)).pvalue
    assert len(nonzero) >= EXACT_PAIRS_BELOW
    return stats.wilcoxon(nonzero, method="asymptotic", correction=True).pvalue


def positive_rank_sum(differences):
    nonzero = differences[differences != 0]
    # The statistic of the one-sided test is the sum of the positive ranks
    return stats.wilcoxon(nonzero, alternative="greater", method="asymptotic").statistic


def data_set(kind, rng):
    differences = differences_of(kind, rng)
    ecdf = stats.ecdf(differences).cdf
    seed = int(rng.integers(2**31))
    interval = stats.bootstrap(
        (differences,), numpy.mean, n_resamples=20_000, method="percentile", rng=numpy.random.default_rng(seed)
    ).confidence_interval
    ps = numpy.round(rng.random(int(rng.integers(1, 9))) ** 2, 6)
    return {
        "kind": kind,
        "differences": differences.tolist(),
        "p": signed_rank_p(kind, differences),
        "positiveRankSum": positive_rank_sum(differences),
        "mean": float(numpy.mean(differences)),
        "sd": float(numpy.std(differences, ddof=1)) if len(differences) > 1 else 0.0,
        "quantiles": numpy.quantile(differences, [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1]).tolist(),
        # Of the larger sets it would be most of the file
        "ecdf": [] if kind == "normal" else list(zip(ecdf.quantiles.tolist(), ecdf.probabilities.tolist())),
        "interval": [interval.low, interval.high],
        "ps": ps.tolist(),
        "holm": multipletests(ps, method="holm")[1].tolist(),
    }


def main():
    rng = numpy.random.default_rng(SEED)
    kinds = ["exact", "tied", "normal", "normal"]
    versions = {"python": platform.python_version(), "numpy": numpy.__version__}
    versions |= {"scipy": scipy.__version__, "statsmodels": statsmodels.__version__}
    sets = [data_set(kinds[index % len(kinds)], rng) for index in range(DATA_SETS)]
    lines = ",\n".join(json.dumps(each, separators=(",", ":"), default=float) for each in sets)
    print(f'{{"versions":{json.dumps(versions)},\n"dataSets":[\n{lines}\n]}}')


if __name__ == "__main__":
    main()
