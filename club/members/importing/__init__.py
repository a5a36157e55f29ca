"""Member files: read in any of the ways clubs write them, good rows in, bad rows out with their reasons."""

from club.members.importing.act import import_file as import_file
from club.members.importing.report import ImportReport as ImportReport
from club.members.importing.report import Rejected as Rejected
