"""The bad-input campaign: hostile messages, requests and files against the whole service.

`trolyso hostile` runs it. `payloads`, `writing` and `messages` make texts, each from a seed; `talking`,
`platforms`, `surface`, `bodies` and `wire` make calls of them, `hand` chooses and sends; `judging`, `markup`
and `spreadsheets` say what is wrong with a response; `site` is the service on a home of its own, `campaign`
the run, `found` and `report` its result. `archives`, `files` and `damaging` are hostile documents, `reading`
has each read in a process of bounded memory and time.
"""
