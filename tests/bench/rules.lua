-- SPDX-License-Identifier: Apache-2.0
-- luajit rules.lua closures|by-name FILE answers | uniform SECONDS | repeated SECONDS: fault rules
-- as users of OpenResty write them. closures: a function for each condition, tried in turn; FILE is
-- what `catchrule_rules SET lua` printed. by-name: a table from fault name to rules, made by hand
-- for speed; FILE is that of `lua-by-name`.
local shape, file, what, seconds = arg[1], arg[2], arg[3], tonumber(arg[4] or 1)
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

local function try_in_turn(v)
  for i = #rules, 1, -1 do
    if rules[i].when(v) then return rules[i] end
  end
end

-- Both lists in the order in which rules are tried: the last one of the file first.
local by_name, others = {}, {}
for i = #rules, 1, -1 do
  local rule = rules[i]
  rule.number = i
  if shape == "by-name" then
    for _, name in ipairs(rule.names) do
      by_name[name] = by_name[name] or {}
      table.insert(by_name[name], rule)
    end
    if #rule.names == 0 then table.insert(others, rule) end
  end
end

local nothing = {}
local function look_up(v)
  local named, i, k = by_name[v["fault.name"]] or nothing, 1, 1
  while true do
    local rule, other = named[i], others[k]
    if rule and (not other or rule.number > other.number) then
      i = i + 1
    elseif other then
      rule, k = other, k + 1
    else
      return nil
    end
    if not rule.rest or rule.rest(v) then return rule end
  end
end

local choose = shape == "by-name" and look_up or try_in_turn

local function decide(v)
  local rule = choose(v)
  local defaults = running(default, v)
  if not rule then return -1, 0, defaults end
  return rule.number - 1, running(rule.steps, v), defaults
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
