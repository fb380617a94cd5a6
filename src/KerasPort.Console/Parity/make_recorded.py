"""Writes recorded.json, what `kerasport parity --recorded` compares with.

usage: make_recorded.py FIXTURES RUN.json...
RUN.json: what codelab.py wrote with --json, or an earlier recorded.json. Runs with other kernels than TensorFlow's default ones
(TF_ENABLE_ONEDNN_OPTS=0, ONEDNN_MAX_CPU_ISA=..., TF_NUM_INTRAOP_THREADS=1) say how far Python Kerases lie apart; of them only
what is compared is kept.
FIXTURES: tests/fixtures, whose seeded-runs.json and seeds.json give the other models' and seeds' epochs and tests and,
for some, the initial weights and the row order, and two-kerases.json losses and tests without oneDNN's kernels;
recorded with the same versions of Python, Keras and TensorFlow.
"""
import json, os, sys


def fixture(name):
  with open(os.path.join(sys.argv[1], name)) as file: return json.load(file)


runs = []
for path in sys.argv[2:]:
  with open(path) as file: read = json.load(file)
  for run in read if isinstance(read, list) else [read]:
    # What the fixtures give is made anew.
    if "predictions_float32" not in run: continue
    for name in ("machine", "epoch_seconds", "evaluate_seconds", "peak_memory_bytes", "initial_weights_sha256", "row_order_sha256") if run.get("kernels") else ():
      run.pop(name, None)
    runs.append(run)
whole = {(run["model"], run["seed"]) for run in runs if not run.get("kernels")}

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

measured = {(run["model"], run["seed"]) for run in runs if run.get("kernels") == "TF_ENABLE_ONEDNN_OPTS=0"}
for case, run in fixture("two-kerases.json")["cases"].items():
  model, seed = case.split(":")
  if (model, int(seed)) in measured: continue
  runs.append(dict(source="Python 3.11, Keras 3.15.1 on tensorflow 2.16.2, TF_ENABLE_ONEDNN_OPTS=0", kernels="TF_ENABLE_ONEDNN_OPTS=0", model=model, seed=int(seed),
                   history=dict(loss=run["plain"]["loss"]), test=dict(zip(("loss", "accuracy"), run["plain"]["test"]))))

runs.sort(key=lambda run: (run["model"] != "baseline", run["model"], run["seed"], run.get("kernels", "")))
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "recorded.json"), "w") as file:
  file.write("[\n" + ",\n".join(json.dumps(run) for run in runs) + "\n]\n")
