from .circle import EndMandateForm, MandateForm, RelativeForm, key_of, kinds_explained
from .identity import AdmissionForm, IdentityForm
from .stays import DepartureForm, ReturnForm, StayForm, dates_in_words
from .team import EndPlaceForm, PlaceForm

__all__ = [
    "AdmissionForm",
    "DepartureForm",
    "EndMandateForm",
    "EndPlaceForm",
    "IdentityForm",
    "MandateForm",
    "PlaceForm",
    "RelativeForm",
    "ReturnForm",
    "StayForm",
    "dates_in_words",
    "key_of",
    "kinds_explained",
]
