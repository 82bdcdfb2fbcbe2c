"""Does a resource or a bundle keep the published definitions? A checker in plain Python.

It reads the snapshots kept in `avec/interop/definitions` and knows what those snapshots
use, nothing more: it is the guard of our own exports, not a general FHIR validator.
"""

from avec.interop.conformance.bundles import BundleReport, check_bundle
from avec.interop.conformance.definitions import Definitions, load_definitions
from avec.interop.conformance.problems import Problem
from avec.interop.conformance.resources import check_resource

__all__ = ["BundleReport", "Definitions", "Problem", "check_bundle", "check_resource", "load_definitions"]
