"""A small example, which is part of the package: two versions of a made-up standard, and a tracker."""
