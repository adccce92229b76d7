// SPDX-License-Identifier: Apache-2.0
// node rules.js FILE answers | FILE uniform|repeated SECONDS: fault rules as closures. FILE is what
// `catchrule_rules SET javascript` printed.
"use strict";
const path = require("path");

const [file, what, limit] = process.argv.slice(2);
const { rules, inputs, default: defaults } = require(path.resolve(file));

// Which steps run, a bit each.
function running(steps, v) {
    let bits = 0;
    for (let i = 0; i < steps.length; ++i) if (steps[i](v)) bits |= 1 << i;
    return bits;
}

const verdict = { rule: -1, steps: 0, defaults: 0 };

function decide(v) {
    verdict.rule = -1;
    verdict.steps = 0;
    for (let i = rules.length - 1; i >= 0; --i) {
        if (!rules[i].when(v)) continue;
        verdict.rule = i;
        verdict.steps = running(rules[i].steps, v);
        break;
    }
    verdict.defaults = running(defaults, v);
    return verdict;
}

// Processor time, which a busy neighbour stretches less than time on the wall.
function now() {
    const { user, system } = process.cpuUsage();
    return (user + system) * 1000;
}

// The clock is asked once in `batch` decisions, and `batch` grows until that costs nothing.
function nanoseconds(seconds) {
    const rotate = what === "uniform";
    const started = now();
    let [count, batch, sum, elapsed] = [0, 1, 0, 0];
    do {
        for (let i = 0; i < batch; ++i) {
            sum += decide(inputs[rotate ? (count + i) % inputs.length : 0]).rule;
        }
        count += batch;
        elapsed = now() - started;
        if (elapsed < seconds * 5e7) batch *= 2;
    } while (elapsed < seconds * 1e9);
    if (sum === 0.5) console.error(sum);
    return elapsed / count;
}

if (what === "answers") {
    for (const v of inputs) {
        const { rule, steps, defaults: last } = decide(v);
        console.log(`${rule} ${steps} ${last}`);
    }
} else {
    nanoseconds(Number(limit) / 4);
    console.log(nanoseconds(Number(limit)));
}
