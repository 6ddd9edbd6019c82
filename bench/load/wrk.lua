-- Sends the requests of a file, one a line: method, path, headers and body, separated by tabs.
-- Tells what came of it as one line of JSON.
local ffi = require('ffi')
ffi.cdef('typedef struct { long sec, usec; } timeval; int gettimeofday(timeval *, void *);')
local clock = ffi.new('timeval')
local requests, at, threads = {}, 0, {}

local function now()
  ffi.C.gettimeofday(clock, nil)
  return tonumber(clock.sec) + tonumber(clock.usec) / 1e6
end

function setup(thread) table.insert(threads, thread) end

function init(args)
  wrong, answered = 0, 0
  once = args[2] == 'once'
  expected, text = tonumber(args[3]), args[4]
  for line in io.lines(args[1]) do
    local method, path, headers, body = line:match('^(.-)\t(.-)\t(.-)\t(.*)$')
    local fields = {}
    for name, value in headers:gmatch('([^\1]-)\2([^\1]*)\1') do fields[name] = value end
    table.insert(requests, wrk.format(method, path, fields, body ~= '' and body or nil))
  end
end

function request()
  at = at + 1
  begun = begun or now()
  if once and at > #requests then
    -- wrk itself goes on counting until the time is over.
    ended = ended or now()
    wrk.thread:stop()
    return requests[#requests]
  end
  return requests[(at - 1) % #requests + 1]
end

function response(status, _, body)
  answered = answered + 1
  local right = status == expected and body:find(text, 1, true)
  if not right and not (once and at > #requests) then wrong = wrong + 1 end
end

function done(summary, latency)
  local all, seconds = 0, summary.duration / 1e6
  for _, thread in ipairs(threads) do
    all = all + thread:get('wrong')
    if thread:get('ended') then seconds = thread:get('ended') - thread:get('begun') end
  end
  local errors = summary.errors
  print(string.format(
    '{"requests":%d,"seconds":%f,"p50":%f,"p99":%f,"wrong":%d,"lost":%d}',
    summary.requests, seconds, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    all, errors.connect + errors.read + errors.write + errors.timeout))
end
