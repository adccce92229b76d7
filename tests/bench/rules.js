// SPDX-License-Identifier: Apache-2.0
// node rules.js closures|by-name|json FILE answers | uniform SECONDS | repeated SECONDS: fault
// rules as users of node write them. closures: a function for each condition, tried in turn; FILE
// is what `catchrule_rules SET javascript` printed. by-name: a Map from fault name to rules, made
// by hand for speed; FILE is that of `javascript-by-name`. json: the package json-rules-engine,
// found as NODE_PATH says, chooses the rule; FILE is that of `javascript-json`.
"use strict";
const path = require("path");

const [shape, file, what, limit] = process.argv.slice(2);
const { rules, inputs, default: defaults } = require(path.resolve(file));
rules.forEach((rule, number) => { rule.number = number; });

// Which steps run, a bit each.
function running(steps, v) {
    let bits = 0;
    for (let i = 0; i < steps.length; ++i) if (steps[i](v)) bits |= 1 << i;
    return bits;
}

function tryInTurn(v) {
    for (let i = rules.length - 1; i >= 0; --i) if (rules[i].when(v)) return rules[i];
    return null;
}

// Both lists in the order in which rules are tried: the last one of the file first.
function lookUp() {
    const byName = new Map();
    const others = [];
    const nothing = [];
    for (const rule of [...rules].reverse()) {
        for (const name of rule.names) {
            if (!byName.has(name)) byName.set(name, []);
            byName.get(name).push(rule);
        }
        if (rule.names.length === 0) others.push(rule);
    }
    return (v) => {
        const named = byName.get(v["fault.name"]) ?? nothing;
        for (let i = 0, k = 0; i < named.length || k < others.length;) {
            const first = k === others.length ||
                (i < named.length && named[i].number > others[k].number);
            const rule = first ? named[i++] : others[k++];
            if (rule.rest === undefined || rule.rest(v)) return rule;
        }
        return null;
    };
}

// A rule of higher priority comes first, and the first one that holds ends the run.
function jsonRules() {
    const { Engine } = require("json-rules-engine");
    const engine = new Engine([], { allowUndefinedFacts: true });
    engine.addOperator("matches", (fact, regex) => typeof fact === "string" && regex.test(fact));
    for (const rule of rules) {
        const event = { type: "rule", params: rule };
        engine.addRule({ conditions: rule.conditions, event, priority: rule.number + 1 });
    }
    engine.on("success", () => engine.stop());
    return async (v) => (await engine.run(v)).events[0]?.params ?? null;
}

const verdict = { rule: -1, steps: 0, defaults: 0 };

function settle(rule, v) {
    verdict.rule = rule === null ? -1 : rule.number;
    verdict.steps = rule === null ? 0 : running(rule.steps, v);
    verdict.defaults = running(defaults, v);
    return verdict;
}

// Processor time, which a busy neighbour stretches less than time on the wall.
function now() {
    const { user, system } = process.cpuUsage();
    return (user + system) * 1000;
}

function decideMany(choose, from, batch) {
    const rotate = what === "uniform";
    let sum = 0;
    for (let i = 0; i < batch; ++i) {
        const v = inputs[rotate ? (from + i) % inputs.length : 0];
        sum += settle(choose(v), v).rule;
    }
    return sum;
}

async function awaitMany(choose, from, batch) {
    const rotate = what === "uniform";
    let sum = 0;
    for (let i = 0; i < batch; ++i) {
        const v = inputs[rotate ? (from + i) % inputs.length : 0];
        sum += settle(await choose(v), v).rule;
    }
    return sum;
}

// The clock is asked once in `batch` decisions, and `batch` grows until that costs nothing.
async function nanoseconds(choose, seconds) {
    const started = now();
    let [count, batch, sum, elapsed] = [0, 1, 0, 0];
    do {
        sum += shape === "json" ? await awaitMany(choose, count, batch)
            : decideMany(choose, count, batch);
        count += batch;
        elapsed = now() - started;
        if (elapsed < seconds * 5e7) batch *= 2;
    } while (elapsed < seconds * 1e9);
    if (sum === 0.5) console.error(sum);
    return elapsed / count;
}

async function main() {
    const choose = { closures: () => tryInTurn, "by-name": lookUp, json: jsonRules }[shape]();
    if (what === "answers") {
        for (const v of inputs) {
            const { rule, steps, defaults: last } = settle(await choose(v), v);
            console.log(`${rule} ${steps} ${last}`);
        }
        return;
    }
    await nanoseconds(choose, Number(limit) / 4);
    console.log(await nanoseconds(choose, Number(limit)));
}

main();
