-- Look-ups for wrk: $IDS random persons of the file $PERSONS in each.
local count = tonumber(os.getenv("IDS"))
local ids = {}
for id in io.lines(os.getenv("PERSONS")) do ids[#ids + 1] = id end
math.randomseed(1)

wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer " .. os.getenv("TOKEN")

-- Made beforehand, so that wrk has nothing to do but send them.
local requests, next = {}, 0
function init()
  for r = 1, count == 1 and 20000 or 300 do
    local some = {}
    for i = 1, count do some[i] = ids[math.random(#ids)] end
    requests[r] = wrk.format(nil, nil, nil, '{"personidentifikatorer":["' .. table.concat(some, '","') .. '"]}')
  end
end

function request()
  next = next % #requests + 1
  return requests[next]
end

function done(summary, latency)
  local bad = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  io.write(string.format("RESULT %d %.0f %d %d\n", summary.requests, summary.requests / summary.duration * 1e6, latency:percentile(99), bad))
end
