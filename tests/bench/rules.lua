-- SPDX-License-Identifier: Apache-2.0
-- luajit rules.lua FILE answers | FILE uniform|repeated SECONDS: fault rules as closures, the way
-- users of OpenResty write them. FILE is what `catchrule_rules SET lua` printed.
local file, what, seconds = arg[1], arg[2], tonumber(arg[3] or 1)
local set = dofile(file)
local rules, inputs, default = set.rules, set.inputs, set.default

-- Which steps run, a bit each.
local function running(steps, v)
  local bits, bit = 0, 1
  for i = 1, #steps do
    if steps[i](v) then bits = bits + bit end
    bit = bit * 2
  end
  return bits
end

local function decide(v)
  local rule, steps = -1, 0
  for i = #rules, 1, -1 do
    if rules[i].when(v) then
      rule, steps = i - 1, running(rules[i].steps, v)
      break
    end
  end
  return rule, steps, running(default, v)
end

if what == "answers" then
  for _, v in ipairs(inputs) do print(table.concat({decide(v)}, " ")) end
  return
end

-- Processor time, which a busy neighbour stretches less than time on the wall. The clock is asked
-- once in `batch` decisions, and `batch` grows until that costs nothing.
local function nanoseconds(limit)
  local rotate, count, batch, sum = what == "uniform", 0, 1, 0
  local started, elapsed = os.clock(), 0
  repeat
    for i = 0, batch - 1 do
      local rule, steps = decide(inputs[rotate and (count + i) % #inputs + 1 or 1])
      sum = sum + rule + steps
    end
    count = count + batch
    elapsed = os.clock() - started
    if elapsed < limit / 20 then batch = batch * 2 end
  until elapsed >= limit
  return elapsed / count * 1e9
end

nanoseconds(seconds / 4)
print(nanoseconds(seconds))
