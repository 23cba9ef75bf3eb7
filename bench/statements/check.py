"""Reads documents from stdin, derives statements from their raw launches, compares with the tool's.

Shares no code with the tool: medians by pandas, tests and intervals by SciPy, the lines of cost
models by linear programming. Takes ten statements of each kind, spread over each document.
"""

import itertools
import json
import math
import sys
from collections import defaultdict

import numpy as np
import pandas as pd
from scipy import stats
from scipy.optimize import linprog

LEVEL = 0.05
TEN = 10
SET_ASIDE = {"clock_step", "suspended", "replaced"}
tally = defaultdict(lambda: [0, 0])


def close(a, b, slack):
    if a is None or b is None or isinstance(a, (str, bool, list)):
        return a == b
    return math.isclose(a, b, rel_tol=2e-6, abs_tol=slack)


def check(kind, name, own, told, slack=1e-12):
    """One statement: every figure of `own` is what the tool tells under the same name."""
    wrong = {key: (value, told.get(key)) for key, value in own.items() if not close(value, told.get(key), slack)}
    tally[kind][0 if not wrong else 1] += 1
    if wrong:
        print(f"  {kind}: {name}: own reading and tool differ: {wrong}")


def spread(items):
    items = list(items)
    places = np.unique(np.linspace(0, len(items) - 1, TEN).astype(int)) if items else []
    return [items[place] for place in places]


def cost_of(launch, method):
    m = launch["measured"]
    if method == "p10":
        return m["quantiles_ns"][2]
    if m["settled"] is None:
        return None
    if m["free"] is None:
        return m["quantiles_ns"][4]
    free, settled = m["free"]["batches"], m["settled"]["batches"]
    enough = free >= 10 or (free >= 3 and free >= settled / 4)
    return m["free"]["quantiles_ns"][4] if enough else None


def frame(document):
    rows = []
    for one in document["raw"]["launches"]:
        rows.append({
            "case": one["case"], "arm": one["arm"], "pass": one["pass"], "round": one["round"],
            "sequence": one["sequence"], "done": one["outcome"] == "done",
            "aside": bool(SET_ASIDE & set(one["marks"])),
            "cost": cost_of(one, document["method"]) if one["measured"] else None,
            "sustained": one["measured"]["sustained_ns"] if one["measured"] else None,
        })
    table = pd.DataFrame(rows, columns=[
        "case", "arm", "pass", "round", "sequence", "done", "aside", "cost", "sustained"])
    table = table.sort_values("sequence").groupby(["case", "arm", "pass", "round"]).tail(1)
    return table[table.done & ~table.aside & table.cost.notna()]


def median_interval(values):
    """Ranks of the median with 95 %, what coverage is spare taken from the high end."""
    ordered, n = sorted(values), len(values)
    low = max((r for r in range(1, n // 2 + 1) if stats.binom.cdf(r - 1, n, 0.5) <= 0.025), default=None)
    if low is None:
        return None, None
    held = lambda high: stats.binom.cdf(high - 1, n, 0.5) - stats.binom.cdf(low - 1, n, 0.5)
    high = min(r for r in range(low + 1, n + 1) if held(r) >= 0.95 - 1e-12)
    return ordered[low - 1], ordered[high - 1]


def symmetric_interval(values):
    ordered, n = sorted(values), len(values)
    low = max((r for r in range(1, n // 2 + 1) if stats.binom.cdf(r - 1, n, 0.5) <= 0.025), default=None)
    return (None, None) if low is None else (ordered[low - 1], ordered[n - low])


def sign_p(logs):
    above, below = sum(x > 0 for x in logs), sum(x < 0 for x in logs)
    against = len(logs) - max(above, below)
    return min(1, 2 * stats.binom.cdf(against, len(logs), 0.5))


def rank_sum_p(a, b):
    if len(set(a) | set(b)) == len(a) + len(b):
        return stats.mannwhitneyu(a, b, alternative="two-sided", method="exact").pvalue
    ranks = [round(2 * r) for r in stats.rankdata(list(a) + list(b))]
    ways = defaultdict(int, {(0, 0): 1})
    for rank in ranks:
        for (count, total), number in list(ways.items()):
            if count < len(a):
                ways[count + 1, total + rank] += number
    sums = {total: number for (count, total), number in ways.items() if count == len(a)}
    seen, every = sum(ranks[: len(a)]), sum(sums.values())
    low = sum(number for total, number in sums.items() if total <= seen)
    high = sum(number for total, number in sums.items() if total >= seen)
    return min(1, 2 * min(low, high) / every)


def can_tell(n, m):
    return n > 0 and m > 0 and 2 / math.comb(n + m, n) <= LEVEL


class Reading:
    """One document as the check reads it."""

    def __init__(self, document, profiles, jobs):
        self.document, self.jobs = document, jobs
        self.verdicts = profiles[document["provenance"]["profile"]]["verdicts"]
        self.table = frame(document)
        self.costs = {key: group.cost.tolist() for key, group in self.table.groupby(["case", "arm"])}
        self.rounds = {key: dict(zip(zip(group["pass"], group["round"]), group.cost))
                       for key, group in self.table.groupby(["case", "arm"])}
        self.sustained = {key: group.sustained.median() for key, group in self.table.groupby(["case", "arm"])}
        self.case = {(c["case"], c["arm"]): c for c in document["cases"]}
        self.arm = {a["label"]: a for a in document["arms"]}
        self.figures = {(c["case"], c["arm"]): c for c in document["derived"]["cases"]}

    def median(self, key):
        return float(np.median(self.costs[key])) if key in self.costs else None

    def same_binary(self, a, b):
        return all(self.arm[a][f] == self.arm[b][f] for f in ("runtime", "path", "version"))

    def identity(self, label):
        arm = self.arm[label]
        library = arm["library"]["sha256"] if arm["library"] else None
        return json.dumps([arm[f] for f in ("lane", "path", "version", "flags")] + [library])

    def logs(self, case, arm, base):
        a, b = self.rounds.get((case, arm), {}), self.rounds.get((case, base), {})
        return [math.log(a[r] / b[r]) for r in a if r in b and a[r] > 0 and b[r] > 0]

    def check_cases(self):
        for told in spread(c for c in self.document["derived"]["cases"] if c["cost_ns"]):
            values = self.costs[told["case"], told["arm"]]
            low, high = median_interval(values)
            own = {"value": float(np.median(values)), "low": low, "high": high, "launches": len(values)}
            check("cost", f"{told['case']} {told['arm']}", own, told["cost_ns"])

    def judge_pairs(self):
        """Every pair anew; the verdicts need all of them for the correction."""
        self.pairs, family = {}, []
        for told in self.document["derived"]["pairs"]:
            key = (told["case"], told["arm"], told["base"])
            logs = self.logs(*key)
            control = self.identity(told["arm"]) == self.identity(told["base"])
            low, high = symmetric_interval(logs)
            own = {
                "rounds": len(logs), "value": math.exp(np.median(logs)), "p": sign_p(logs),
                "low": None if low is None else math.exp(low),
                "high": None if high is None else math.exp(high), "control": control,
            }
            self.pairs[key] = own
            if self.verdicts and not control and len(logs) >= 6:
                family.append(key)
        adjusted = dict(zip(family, stats.false_discovery_control([self.pairs[k]["p"] for k in family]))) if family else {}
        sizes = defaultdict(list)
        for (case, _, _), own in self.pairs.items():
            if own["control"]:
                sizes[case].append(max(own["value"], 1 / own["value"]))
        every = list(itertools.chain(*sizes.values()))
        self.floor = float(np.quantile(every, 0.95)) if every else 1
        self.worst, self.controls, self.sizes = max(every, default=1), len(every), sizes
        for key, own in self.pairs.items():
            limit = max(self.floor, max(sizes[key[0]], default=1))
            p, ratio = adjusted.get(key), own["value"]
            own["p_adjusted"] = p
            if p is None:
                own["verdict"] = "not_tested"
            elif p > LEVEL or abs(math.log(ratio)) <= math.log(limit) * (1 + 1e-12):
                own["verdict"] = "not_resolved"
            else:
                own["verdict"] = "faster" if ratio < 1 else "slower"

    def check_pairs(self):
        told_pairs = self.document["derived"]["pairs"]
        for verdict in ("faster", "slower", "not_resolved", "not_tested"):
            for told in spread(p for p in told_pairs if p["verdict"] == verdict):
                own = self.pairs[told["case"], told["arm"], told["base"]]
                told = {**told, **{key: told["ratio"][key] for key in ("value", "low", "high")}}
                names = ("rounds", "value", "low", "high", "p", "p_adjusted", "verdict")
                check(f"pair, {verdict}", f"{told['case']} {told['arm']} / {told['base']}",
                      {name: own[name] for name in names}, told)

    def check_noise(self):
        told = self.document["derived"]["run_noise_floor"]
        if told:
            own = {"ratio": self.floor, "most": self.worst, "comparisons": self.controls}
            check("noise floor of the run", "", own, told)
        for told in spread(self.document["derived"]["noise_floors"]):
            check("noise floor of a case", told["case"], {"ratio": max(self.sizes[told["case"]])}, told)

    def sweep(self, told):
        """Costs by size of one task, arm and variant."""
        found = {}
        for (name, arm), case in self.case.items():
            variant = ", ".join(f"{k}={v}" for k, v in case["params"].items() if k != case.get("sweep"))
            if (case["task"], arm, variant) == (told["task"], told["arm"], told["variant"]) \
                    and not case["folded"] and (name, arm) in self.costs and "sweep" in case:
                found[case["params"][case["sweep"]]] = name
        return dict(sorted(found.items()))

    def check_models(self):
        for kind in ("line", "curve"):
            for told in spread(m for m in self.document["derived"]["cost_models"] if m["kind"] == kind):
                sizes = self.sweep(told)
                x = np.array(list(sizes), float)
                y = np.array([self.median((name, told["arm"])) for name in sizes.values()])
                n = len(x)
                lines = np.block([[np.ones((n, 1)) / y[:, None], (x / y)[:, None], -np.eye(n)],
                                  [-np.ones((n, 1)) / y[:, None], -(x / y)[:, None], -np.eye(n)]])
                best = linprog(np.r_[0, 0, np.ones(n)], A_ub=lines, b_ub=np.r_[np.ones(n), -np.ones(n)]).fun
                own = {"sizes": n, "smallest": x[0], "largest": x[-1]}
                if kind == "line":
                    # Several lines can be equally good: the told one must be as good as the best.
                    off = np.abs(y - told["fixed_ns"] - told["per_unit_ns"] * x) / y
                    own |= {"off_by": float(off.max())}
                    good = off.sum() <= best * (1 + 1e-5) + 1e-6
                    check("cost model, as good as the best line", f"{told['task']} {told['arm']}", {"good": True}, {"good": bool(good)})
                else:
                    logs = [(math.log(s), math.log(c)) for s, name in sizes.items() if s > 0 for c in self.costs[name, told["arm"]] if c > 0]
                    stride = math.ceil(len(logs) / 200)
                    line = stats.theilslopes([b for _, b in logs[::stride]], [a for a, _ in logs[::stride]])
                    check("cost model, exponent", f"{told['task']} {told['arm']}",
                          {"value": line.slope, "low": line.low_slope, "high": line.high_slope}, told["exponent"])
                check(f"cost model, {kind}", f"{told['task']} {told['arm']}", own, told, slack=1e-5)

    def check_break_even(self):
        labels, seen = list(self.arm), set()
        for (name, arm), case in self.case.items():
            plain = [l for l in labels if self.arm[l]["mechanism"] == "plain" and self.same_binary(l, arm)]
            twin = any(self.identity(l) == self.identity(arm) for l in labels[: labels.index(arm)])
            if "sweep" in case and plain and not twin and (name, arm, plain[0]) in self.pairs:
                variant = ", ".join(f"{k}={v}" for k, v in case["params"].items() if k != case["sweep"])
                seen.add((case["task"], variant, arm, case["params"][case["sweep"]]))
        counts = defaultdict(int)
        for task, variant, arm, _ in seen:
            counts[task, variant, arm] += 1
        own = sorted(key for key, count in counts.items() if count >= 2)
        told = sorted((b["task"], b["variant"], b["arm"]) for b in self.document["derived"]["break_even"])
        check("break-even, all sweeps are there", "", {"sweeps": own}, {"sweeps": told})
        kinds = {told["kind"] for told in self.document["derived"]["break_even"]}
        for kind in sorted(kinds):
            for told in spread(b for b in self.document["derived"]["break_even"] if b["kind"] == kind):
                by = defaultdict(list)
                for size, name in self.sweep(told).items():
                    pair = self.pairs.get((name, told["arm"], told["base"]))
                    if pair:
                        by[pair["verdict"]].append(size)
                told_sizes = sorted([(s, "f") for s in by["faster"]] + [(s, "s") for s in by["slower"]])
                word = "".join(letter for letter, _ in itertools.groupby(told_sizes, key=lambda one: one[1]))
                undecided, untested = by["not_resolved"], by["not_tested"]
                own_kind = {"": "not_resolved" if by["not_resolved"] else "not_tested", "sf": "from", "fs": "until"}.get(word)
                if own_kind is None:
                    own_kind = "mixed" if len(word) > 2 else "partly" if undecided or untested else "always" if word == "f" else "never"
                own = {"kind": own_kind, "faster": by["faster"], "slower": by["slower"], "undecided": undecided, "untested": untested}
                if told["between"]:
                    low, high = told["between"]["low"], told["between"]["high"]
                    inside = [s for s, _ in told_sizes if low < s < high]
                    ends = dict(told_sizes)
                    own["bracketed"] = True
                    told = {**told, "bracketed": not inside and ends[low] != ends[high]}
                check(f"break-even, {kind}", f"{told['task']} {told['variant']} {told['arm']}", own, told)

    def check_prices(self):
        for why in (None, "interval_holds_zero", "launches_too_few"):
            for told in spread(p for p in self.document["derived"]["prices"] if p["because"] == why):
                cost, noop = self.costs[told["case"], told["arm"]], self.costs["call.noop", told["arm"]]
                (a, b), (c, d) = median_interval(cost), median_interval(noop)
                own = {"value": float(np.median(cost)) - float(np.median(noop)), "low": None, "high": None}
                if a is not None and c is not None:
                    own |= {"low": a - d, "high": b - c}
                own_why = "launches_too_few" if own["low"] is None else \
                    "interval_holds_zero" if own["low"] <= 0 <= own["high"] else None
                # A difference of near figures keeps fewer digits than they have.
                check(f"price, {why or 'told'}", f"{told['case']} {told['arm']}", {**own, "because": own_why},
                      {**told["adds_ns"], "because": told["because"]}, slack=1e-6 * told["cost_ns"])

    def cost(self, task, arm, **params):
        for (name, label), case in self.case.items():
            if case["task"] == task and label == arm and not case["folded"] and (name, label) in self.costs \
                    and all(case["params"].get(key) == value for key, value in params.items()):
                return name, self.median((name, label))
        return None

    def tell_apart(self, own, base):
        a, b = ([cost for cost in self.costs[key] if cost > 0] for key in (own, base))
        if not self.verdicts or not can_tell(len(a), len(b)):
            return "not_tested"
        if rank_sum_p(a, b) > LEVEL:
            return "not_resolved"
        return "faster" if np.median(self.costs[own]) < np.median(self.costs[base]) else "slower"

    def check_answers(self):
        for told in self.document["derived"]["answers"]:
            arm, figures, words, name = told["arm"], told["figures"], told["words"], f"{told['question']} {told['arm']}"
            plain = next((l for l, a in self.arm.items() if a["mechanism"] == "plain" and self.same_binary(l, arm)), None)
            native = next((l for l, a in self.arm.items() if a["runtime"] == "native"), None)
            best = lambda tasks, n: min((self.cost(t, arm, elements=n) + (t,) for t in tasks if self.cost(t, arm, elements=n)), key=lambda one: one[1], default=None)
            lists = ["list_sum.refill", "list_sum.from", "list_sum.json", "list_sum.per_element"]
            kept = ["handle.sum", "buffer.sum"]
            if told["question"] == "Q1":
                call, floor = self.cost("call.noop", arm), native and self.cost("call.noop", native)
                own = {"crossing_ns": call[1], "native_call_ns": floor and floor[1]}
                if floor:
                    check("answer Q1, words", name, {"against_native": self.tell_apart((call[0], arm), (floor[0], native))}, words)
            elif told["question"] == "Q2":
                found = best(lists, figures["elements"])
                work = best(kept, figures["elements"])
                part = work and self.tell_apart((work[0], arm), (found[0], arm)) == "faster"
                own = {"best_ns": found[1], "work_ns": work and work[1], "converting_ns": found[1] - work[1] if part else None}
                check("answer Q2, words", name, {"best": found[2]}, words)
            elif told["question"] == "Q3":
                found, other = best(kept, figures["elements"]), best(lists, figures["elements"])
                own = {"kept_ns": found[1], "converted_ns": other and other[1]}
            elif told["question"] == "Q4":
                one, noop = self.cost("range.loop", arm, n=figures["n"]), self.cost("call.noop", arm)
                own = {"one_call_ns": one[1], "crossings_ns": noop[1] * figures["n"]}
                pair = self.pairs.get((one[0], arm, plain))
                if figures["plain_ns"] is not None:
                    check("answer Q4, words", name, {"against_plain": pair["verdict"] if pair else "not_tested"}, words)
            elif told["question"] == "Q5":
                fold, loop = self.cost("range.fold", arm, n=figures["n"]), self.cost("range.loop", arm, n=figures["n"])
                every = loop or self.cost("range.fold", plain, n=figures["n"])
                own = {"folded_ns": fold[1], "every_step_ns": every[1]}
                check("answer Q5, words", name, {"every_step": "compiled" if loop else "plain_javascript"}, words)
            elif told["question"] == "Q6":
                ends = [self.cost("range.fold", arm, n=figures[key]) for key in ("smallest", "largest")]
                own = {"growth": ends[1][1] / ends[0][1]}
            else:
                own = {"formula_ns": self.cost("range.formula", plain, n=figures["n"])[1]}
            check(f"answer {told['question']}", name, own, figures)

    def check_recommendations(self):
        every = self.document["derived"]["recommendations"]
        p_values, told_with_p = [], []
        for told in every:
            a, b = (self.costs[w["case"], w["arm"]] for w in told["ways"][:2])
            if self.verdicts and can_tell(len(a), len(b)):
                p_values.append(rank_sum_p(a, b))
                told_with_p.append(id(told))
        adjusted = dict(zip(told_with_p, stats.false_discovery_control(p_values))) if p_values else {}
        for told in spread(every):
            costs = [self.median((w["case"], w["arm"])) for w in told["ways"]]
            contracts = {(job["job"], job["contract"]) for job in self.jobs for w in told["ways"] if w["task"] in job["tasks"]}
            missed = [
                (name, label) for (name, label), case in self.case.items()
                for job in self.jobs
                if (job["job"], job["contract"]) == (told["job"], told["contract"]) and case["task"] in job["tasks"]
                and self.arm[label]["runtime"] == told["runtime"] and self.arm[label]["version"] == told["version"]
                and self.arm[label]["mechanism"] != "plain" and not case["folded"] and (name, label) in self.costs
                and self.median((name, label)) < costs[0]
                and dict(p.split("=") for p in told["variant"].split(", ") if p) == {k: str(v) for k, v in case["params"].items()}
                and not any(self.identity(label) == self.identity(w["arm"]) and name == w["case"] for w in told["ways"])
            ]
            p = adjusted.get(id(told))
            because = "launches_too_few" if p is None else "not_told_apart" if p > LEVEL else None
            size = {p for p in told["variant"].split(", ") if p and not p.startswith("sink=")}
            strangers = [w["case"] for w in told["ways"] if size != {
                f"{k}={v}" for k, v in self.case[w["case"], w["arm"]]["params"].items() if k != "sink"}]
            own = {"strangers": [], "ordered": True, "cheapest": costs[0], "contracts": 1, "missed": [], "p_adjusted": p, "because": because}
            check("recommendation", f"{told['job']} {told['contract']} {told['variant']} {told['runtime']}", own, {
                "ordered": costs == sorted(costs), "cheapest": told["ways"][0]["cost_ns"], "contracts": len(contracts & {(told["job"], told["contract"])}),
                "strangers": strangers, "missed": missed, "p_adjusted": told["p_adjusted"], "because": told["because"]})

    def run(self):
        self.check_cases()
        self.judge_pairs()
        self.check_pairs()
        self.check_noise()
        self.check_models()
        self.check_break_even()
        self.check_prices()
        self.check_answers()
        self.check_recommendations()


def check_comparison(old, fresh, told):
    """Changes between two documents: shift of Hodges and Lehmann, exact rank sums."""
    for change in spread(told["changes"]):
        key = change["case"], change["arm"]
        before, after = ([c for c in one.costs[key] if c > 0] for one in (old, fresh))
        take = lambda values: values[:: math.ceil(len(values) / 40)]
        a, b = np.log(take(after)), np.log(take(before))
        own = {"old_ns": float(np.median(before)), "new_ns": float(np.median(after)),
               "value": math.exp(np.median(np.subtract.outer(a, b))), "p": rank_sum_p(a, b)}
        check("change", " ".join(key), own, {**change, "value": change["ratio"]["value"]})


def main():
    given = json.load(sys.stdin)
    readings = []
    for path, document in zip(given["paths"], given["documents"]):
        print(f"{path}: {document['method']}, {len(document['raw']['launches'])} launches")
        reading = Reading(document, given["profiles"], given["jobs"])
        reading.run()
        readings.append(reading)
    for old, fresh, told in zip(readings, readings[1:], given["comparisons"]):
        check_comparison(old, fresh, told)
    for kind, (right, wrong) in sorted(tally.items()):
        print(f"{kind:40} {right} agree, {wrong} differ")
    sys.exit(1 if any(wrong for _, wrong in tally.values()) else 0)


main()
