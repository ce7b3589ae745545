"""Numbers that the promise of anonymity and the format of answers rest on, each written here and nowhere else. Pure."""

# The fewest people that any published figure rests on. A survey may ask for more, never for fewer.
MIN_GROUP_SIZE = 5
# The fewest answers that a share of people is published of.
MIN_SHARE_SIZE = 10
# The fewest counts that a band must hold, where counts are as many.
LEAST_COUNTS = 3
# The fewest respondents that every division needs before comments are shown by division.
MIN_COMMENT_SCOPE = 10
# The fewest people of a group that is shown as below or at its target while a wave is open.
MIN_TARGET_SIZE = 10
# The bounds of a target, in percent: outside, a target would say that nobody, or that everybody, has answered.
LOWEST_TARGET, HIGHEST_TARGET = 30, 90
# How many counterparts one respondent can rate in one wave.
RATINGS_PER_PERSON = 3
# The most departments that the answer page lists to choose from, and that its search for others shows.
LISTED_COUNTERPARTS, FOUND_COUNTERPARTS = 60, 20
# The byte of a question without an answer.
MISSING = 255
# How many rows go to the database in one statement: up to 32 columns each fit PostgreSQL's 65,535 parameters.
BATCH_SIZE = 2000
# Nobody is asked twice within so many days: four weeks, or what a survey asks about if that is longer. A month counts
# as four weeks and a quarter as twelve, so that February and daylight saving leave nobody out.
PERIOD_DAYS, LONGEST_PERIOD_DAYS = 28, 84
# A wave that opens late, after down time, counts for the day that it was planned for while it is so many days late.
LATE_DAYS = 7
# An uploaded file is stored in parts of so many bytes, and in so many of them at the most.
UPLOAD_PART_BYTES, MOST_UPLOAD_PARTS = 2**20, 50
