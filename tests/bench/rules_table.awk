# SPDX-License-Identifier: Apache-2.0
# The tables of side_by_side --rules, at most 100 columns. Lines in: `time SET INPUTS ENGINE NS`,
# one for each round, `instructions SET ENGINE N` and `missing ENGINE`; `sets` are the columns.

BEGIN {
    columns = split(sets, set, " ")
    rows = split("catchrule catchrule-in-turn luajit-table node-map luajit node json-rules", row)
    label["catchrule"] = "catchrule"
    label["catchrule-in-turn"] = "  without index"
    label["luajit-table"] = "LuaJIT, by hand"
    label["node-map"] = "node, by hand"
    label["luajit"] = "LuaJIT closures"
    label["node"] = "node closures"
    label["json-rules"] = "json-rules-engine"
    title["uniform"] = "64 inputs in turn"
    title["repeated"] = "always one input"
}

$1 == "missing" { missing[$2] = 1 }
$1 == "instructions" { instructions[$2, $3] = $4; counted = 1 }
$1 == "time" { ns[$2, $3, $4, ++rounds[$2, $3, $4]] = $5 }

function median(list, n,    i, j, t) {
    for (i = 2; i <= n; ++i)
        for (j = i; j > 1 && list[j - 1] > list[j]; --j) {
            t = list[j]; list[j] = list[j - 1]; list[j - 1] = t
        }
    return n % 2 ? list[(n + 1) / 2] : (list[n / 2] + list[n / 2 + 1]) / 2
}

# Three digits: 31.2, 5.17, 432.
function digits(x) { return sprintf(x < 9.995 ? "%.2f" : x < 99.95 ? "%.1f" : "%.0f", x) }

function time(x) {
    if (x < 999.5) return digits(x) " ns"
    if (x < 999500) return digits(x / 1e3) " us"
    return digits(x / 1e6) " ms"
}

function times(x) {
    if (x < 999.5) return digits(x) "x"
    if (x < 999500) return digits(x / 1e3) "kx"
    return digits(x / 1e6) "Mx"
}

# One cell; leaves the spread in `spread`.
function cell(s, inputs, engine,    k, n, m, ratio) {
    n = rounds[s, inputs, engine]
    for (k = 1; k <= n; ++k) {
        t[k] = ns[s, inputs, engine, k]
        q[k] = t[k] / ns[s, inputs, "catchrule", k]
    }
    m = median(t, n)
    spread = (t[n] - t[1]) / m * 100
    median_of[s, inputs, engine] = m
    ratio = engine == "catchrule" ? "" : times(median(q, n))
    return sprintf("%8s %6s", time(m), ratio)
}

function head(text,    c) {
    printf "\n%-17s", text
    for (c = 1; c <= columns; ++c) printf "%15s", set[c] ~ /^[0-9]/ ? set[c] " rules" : set[c]
}

function table(inputs,    r, c, engine, worst) {
    head(title[inputs])
    print "  spread"
    for (r = 1; r <= rows; ++r) {
        engine = row[r]
        printf "%-17s", label[engine]
        if (engine in missing) { print "  not installed"; continue }
        worst = 0
        for (c = 1; c <= columns; ++c) {
            printf "%s", cell(set[c], inputs, engine)
            if (spread > worst) worst = spread
        }
        printf "%6.0f %%\n", worst
    }
}

function growth(name, few, many) {
    if (few > 0 && many > 0) printf "%s: %.2fx\n", name, many / few
}

END {
    table("uniform")
    table("repeated")
    if (counted) {
        head("instructions")
        print ""
        for (r = 1; r <= 2; ++r) {
            line = sprintf("%-17s", label[row[r]])
            for (c = 1; c <= columns; ++c) {
                line = line sprintf("%8s       ", instructions[set[c], row[r]])
            }
            sub(/ +$/, "", line)
            print line
        }
    }
    print ""
    growth("catchrule, 10 to 10000 rules, time", median_of["10", "uniform", "catchrule"],
           median_of["10000", "uniform", "catchrule"])
    growth("catchrule, 10 to 10000 rules, instructions", instructions["10", "catchrule"],
           instructions["10000", "catchrule"])
}
