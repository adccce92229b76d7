// SPDX-License-Identifier: Apache-2.0
// node record.js FOLDER < verdicts.tsv: prints the table with its second column as the condition
// parser of the npm package apigeelint, installed in FOLDER/node_modules, says: valid or invalid.
"use strict";
const fs = require("fs");
const path = require("path");

const home = path.resolve(process.argv[2], "node_modules", "apigeelint");
const parser = require(path.join(home, "build", "ConditionParser.js"));
const { version } = JSON.parse(fs.readFileSync(path.join(home, "package.json")));
if (version !== "2.85.1") {
    console.error(`recorded with apigeelint 2.85.1, found ${version}`);
    process.exit(2);
}

const decoded = (field) =>
    field.replace(/<U\+([0-9A-F]{4,6})>/g, (_, code) => String.fromCodePoint(parseInt(code, 16)));

function verdict(expression) {
    try {
        parser.parse(expression.trim()); // as its rule CC007 does
        return "valid";
    } catch (e) {
        return "invalid";
    }
}

const lines = fs.readFileSync(0, "utf8").replace(/\n$/, "").split("\n");
for (const line of lines) {
    const [expression] = line.split("\t");
    const isCase = line !== "" && !line.startsWith("# ");
    console.log(isCase ? `${expression}\t${verdict(decoded(expression))}` : line);
}
