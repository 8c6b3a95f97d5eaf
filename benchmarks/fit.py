"""Fit the confidence of links to the project's reference, and compare the fit with that of the linker.

    python benchmarks/fit.py

If they differ, copy the printed values to src/curriculum/linking/confidence.py.
"""

from pathlib import Path

from curriculum.crosswalk.raw_folder import folder_to_scorers
from curriculum.evaluation.cross_validation import scored_pairs_to_fit
from curriculum.evaluation.reference_links import reference_to_scored_pairs
from curriculum.linking.confidence import FITTED, FITTED_WITHOUT_VECTORS
from curriculum.project import Project

RAW = Path(__file__).resolve().parents[1] / "data" / "raw"


def main() -> None:
    """Fit with and without word vectors."""
    every, without = (folder_to_scorers(RAW, with_vectors=with_vectors) for with_vectors in (True, False))
    for name, scorers, used in (("", every, FITTED), ("_WITHOUT_VECTORS", without, FITTED_WITHOUT_VECTORS)):
        reference, tables = Project(RAW).read_reference()
        scored = reference_to_scored_pairs(reference, tables, scorers)
        fit = scored_pairs_to_fit(scored, reference)
        result = "as the linker uses it" if fit == used else f"but the linker uses {used}"
        print(f"FITTED{name} = {fit}, {result}")


if __name__ == "__main__":
    main()
