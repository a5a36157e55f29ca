"""The ground floor: settings, database, accounts, jobs, languages, calendar. Imports none of the packages above."""
