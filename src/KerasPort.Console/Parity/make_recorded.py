"""Writes recorded.json, what `kerasport parity --recorded` compares with.

usage: make_recorded.py FIXTURES RUN.json...
RUN.json: what codelab.py wrote with --json, taken as they are.
FIXTURES: tests/fixtures, whose seeded-runs.json and seeds.json give the other models' and seeds' epochs and tests and,
for some, the initial weights and the row order; recorded with the same versions of Python, Keras and TensorFlow.
"""
import json, os, sys


def fixture(name):
  with open(os.path.join(sys.argv[1], name)) as file: return json.load(file)


runs = []
for path in sys.argv[2:]:
  with open(path) as file: runs.append(json.load(file))
whole = {(run["model"], run["seed"]) for run in runs}

seeds = {entry["seed"]: entry for entry in fixture("seeds.json")["seeds"]}
for run in fixture("seeded-runs.json")["runs"]:
  model, seed = run["arch"], run["seed"]
  if (model, seed) in whole: continue
  record = dict(source="Python 3.11, Keras 3.15.1 on tensorflow 2.16.2", model=model, seed=seed,
                history=dict(loss=run["loss"], accuracy=run["accuracy"]), test=dict(loss=run["test_loss"], accuracy=run["test_accuracy"]))
  if seed in seeds:
    order = next(o for o in seeds[seed]["order"] if o["rows"] == 60000)
    record["row_order_sha256"] = order["sha256"][0]
    weights = seeds[seed]["initial"].get(model)
    if weights: record["initial_weights_sha256"] = [weight["sha256"] for weight in weights]
  runs.append(record)

runs.sort(key=lambda run: (run["model"] != "baseline", run["model"], run["seed"]))
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "recorded.json"), "w") as file:
  file.write("[\n" + ",\n".join(json.dumps(run) for run in runs) + "\n]\n")
