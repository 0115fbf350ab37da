time=2026-11-25T18:20:04.829Z level=INFO msg=request method=GET path=/readyz status=200 took=6.339µs
time=2026-11-25T18:20:04.829Z level=INFO msg=request method=GET path=/readyz status=200 took=1.102µs
time=2026-11-25T18:20:12.537Z level=INFO msg=request method=GET path=/sandbox/v1/persons status=200 took=2.509451623s
time=2026-11-25T18:20:13.009Z level=INFO msg=request method=GET path=/sandbox/v1/persons status=200 took=362.788314ms
time=2026-11-25T18:20:13.115Z level=INFO msg=request method=GET path=/sandbox/v1/persons status=200 took=2.416777ms
