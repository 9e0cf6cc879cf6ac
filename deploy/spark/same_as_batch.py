"""Judges one table by `tiaoli batch` and on a Spark cluster of two workers, one of which is killed on the way, and compares
rows, penalties and deductions by hash.

    python same_as_batch.py TABLE.parquet --with LEDGER.xlsx --now 2026-03-31T18:00 [--kill]

Starts the cluster itself, from the pyspark that is installed; needs Java 17. Exit 1 where anything differs.
"""

import argparse
import glob
import hashlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

import pyspark

HOME = os.path.dirname(pyspark.__file__)
HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
MASTER = "org.apache.spark.deploy.master.Master"
WORKER = "org.apache.spark.deploy.worker.Worker"


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def start(kind, log, *words):
    env = {**os.environ, "SPARK_HOME": HOME, "SPARK_LOCAL_IP": "127.0.0.1"}
    argv = [os.path.join(HOME, "bin", "spark-class"), kind, *words]
    return subprocess.Popen(argv, env=env, stdout=log, stderr=log, start_new_session=True)


def wait_for(port):
    for _ in range(240):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.5)
    raise SystemExit(f"nothing listens at port {port}")


def hash_of(lines):
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line.encode("utf-8") + b"\n")
    return digest.hexdigest()


def lines_of_batch(out, table):
    with open(out.replace(".jsonl", f".{table}.jsonl") if table != "rows" else out, encoding="utf-8") as file:
        return [line.rstrip("\n") for line in file]


def lines_of_spark(folder, table):
    import pyarrow.parquet as parquet

    found = []
    for part in sorted(glob.glob(f"{folder}/{table}/part-*.parquet")):
        found += parquet.read_table(part, columns=["json"]).column("json").to_pylist()
    return found


def kill_after(worker, seconds, killed):
    def act():
        time.sleep(seconds)
        if worker.poll() is None:
            os.killpg(worker.pid, signal.SIGKILL)
            killed.append(True)

    threading.Thread(target=act, daemon=True).start()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table")
    parser.add_argument("--with", dest="workbook", required=True)
    parser.add_argument("--now", required=True)
    parser.add_argument("--kill", type=float, default=0, help="seconds after which one worker is killed")
    args = parser.parse_args()
    table, workbook = os.path.abspath(args.table), os.path.abspath(args.workbook)

    with tempfile.TemporaryDirectory() as work, open(f"{work}/spark.log", "w+", encoding="utf-8") as log:
        archive = subprocess.check_output([f"{HERE}/archive.sh", f"{work}/tiaoli.tar.gz"], text=True).strip()
        began = time.time()
        command = ["node", f"{ROOT}/bin/tiaoli.js", "batch", table, "-o", f"{work}/b.jsonl", "--with", workbook]
        code = subprocess.run([*command, "--now", args.now], stdout=subprocess.DEVNULL).returncode
        if code not in (0, 1):
            raise SystemExit(f"batch ended with {code}")
        took = {"batch": time.time() - began}

        port, web = free_port(), free_port()
        started = [start(MASTER, log, "--host", "127.0.0.1", "--port", str(port), "--webui-port", str(web))]
        wait_for(port)
        for _ in range(2):
            words = ["--cores", "1", "--memory", "1g", "--webui-port", "0", "--work-dir", f"{work}/w{len(started)}"]
            started.append(start(WORKER, log, "--host", "127.0.0.1", *words, f"spark://127.0.0.1:{port}"))
        killed = []
        if args.kill:
            kill_after(started[2], args.kill, killed)
        try:
            began = time.time()
            submit = [
                os.path.join(HOME, "bin", "spark-submit"),
                *("--master", f"spark://127.0.0.1:{port}", "--executor-memory", "600m", "--executor-cores", "1"),
                *("--conf", "spark.sql.shuffle.partitions=8", "--conf", "spark.ui.enabled=false"),
                *("--conf", "spark.driver.host=127.0.0.1", "--archives", f"{archive}#tiaoli"),
                f"{HERE}/tiaoli_spark.py",
                *(table, f"{work}/s", "--tiaoli", "./tiaoli/tiaoli", "--with", workbook, "--now", args.now),
                *("--partitions", "8"),
            ]
            env = {**os.environ, "SPARK_HOME": HOME, "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
            if subprocess.run(submit, env=env, stdout=log, stderr=log).returncode != 0:
                log.seek(0)
                raise SystemExit("the job failed:\n" + "".join(log.readlines()[-40:]))
            took["spark"] = time.time() - began
        finally:
            for one in started:
                if one.poll() is None:
                    os.killpg(one.pid, signal.SIGKILL)

        differ = 0
        for name in ("rows", "penalties", "deductions"):
            batch, spark = lines_of_batch(f"{work}/b.jsonl", name), lines_of_spark(f"{work}/s", name)
            same = hash_of(batch) == hash_of(spark)
            differ += not same
            print(f"{name}: {len(batch)} lines, {'equal' if same else 'DIFFERENT'} ({hash_of(spark)[:16]})")
            for one, other in [(a, b) for a, b in zip(batch, spark) if a != b][:3] if not same else []:
                print(f"  batch {one}\n  spark {other}")
        seconds = ", ".join(f"{name} {value:.0f} s" for name, value in took.items())
        print(f"{seconds}; {'one worker of two killed on the way' if killed else 'no worker killed'}")
        sys.exit(1 if differ else 0)


main()
