"""The bad-input campaign: hostile messages, requests and files against the whole service.

`trolyso hostile` runs it. `payloads`, `writing` and `messages` make texts, each from a seed; `talking`,
`surface`, `bodies` and `wire` make calls of them; `judging` and `markup` say what is wrong with an answer;
`site` is the service on a home of its own, `campaign` the run, `report` the table. `files` are hostile
documents, `reading` reads one in a process of bounded memory and time.
"""
