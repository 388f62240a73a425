"""The fault campaign: the whole service under load while its parts are killed, stopped, filled and damaged.

`trolyso soak` runs it: `site` is the service on a home of its own, `people` are those who ask all the time,
`faults` what goes wrong, `campaign` the order of it, `report` the table.
"""
