"""The outcomes of calls: what each means to a campaign, and how patient it is with it."""
