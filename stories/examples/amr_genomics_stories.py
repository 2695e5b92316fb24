"""The stories of the AMR-genomics example. All of them, and everybody in them, are invented."""

from stories.examples.amr_genomics_stories_bench import BENCH
from stories.examples.amr_genomics_stories_others import OTHERS
from stories.examples.amr_genomics_stories_people import PEOPLE
from stories.examples.amr_genomics_stories_runs import RUNS
from stories.examples.amr_genomics_stories_unread import UNREAD
from stories.examples.amr_genomics_stories_wards import WARDS

STORIES = BENCH + RUNS + OTHERS + WARDS + PEOPLE + UNREAD
