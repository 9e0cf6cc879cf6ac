"""Judges a table of complaints on a Spark cluster, by the same engine as `tiaoli process` and `tiaoli batch`.

Three steps, as everywhere: every row is read, how rows stand among each other is worked out on DataFrames, and every row is
judged by `tiaoli judge --stdin`, one process a partition. The unit keeps nothing, so that a partition that is tried again,
on another executor, gives the same. Deductions are a fold by person.

    spark-submit --archives tiaoli.tar.gz#tiaoli tiaoli_spark.py IN.parquet OUT --now 2026-03-31T18:00

IN: Parquet, CSV or JSON lines, a file or a folder. OUT: a folder with rows, penalties, deductions and messages as Parquet; in
each, `json` is the line that `tiaoli batch -o OUT.jsonl` writes.
"""

import argparse
import json
import subprocess
import sys
import threading

from pyspark.sql import SparkSession, Window
from pyspark.sql import functions as F
from pyspark.sql.types import (
    ArrayType,
    BooleanType,
    LongType,
    StringType,
    StructField,
    StructType,
)

# Rows begin with 2, as in a sheet with its headers in row 1.
FIRST_ROW = 2
# Charged acts that the rows themselves take back punish nobody twice.
VOID = "作废"


class Unit:
    """A step of `tiaoli judge --stdin`, as a function from an iterator of lines to an iterator of answers."""

    def __init__(self, command, step, options):
        self.argv = [*command, "judge", "--stdin", "--step", step, *options]

    def __call__(self, lines):
        process = subprocess.Popen(
            self.argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )
        failed = []

        def feed():
            try:
                for line in lines:
                    process.stdin.write(line + "\n")
                process.stdin.close()
            except Exception as error:  # The reader below says it; a thread's error is nobody's.
                failed.append(error)
                process.kill()

        feeder = threading.Thread(target=feed, daemon=True)
        feeder.start()
        head = process.stdout.readline()
        for line in process.stdout:
            answer = line.rstrip("\n")
            if '"error"' in answer and "error" in json.loads(answer):
                process.kill()
                raise RuntimeError(f"tiaoli judge: {json.loads(answer)['error']}")
            yield answer
        feeder.join()
        code = process.wait()
        # 1: done, and a row is 数据有误.
        if failed or head == "" or code not in (0, 1):
            raise RuntimeError(f"tiaoli judge ended with {code}" + (f": {failed[0]}" if failed else ""))


KEYS = StructType(
    [
        StructField("row", LongType()),
        StructField("pack", StringType()),
        StructField("id", StringType()),
        StructField("unnumbered", BooleanType()),
        StructField("receivedAt", LongType()),
        StructField("customer", StringType()),
        StructField("followsId", StringType()),
        StructField("period", StringType()),
        StructField("running", LongType()),
        StructField("rejected", BooleanType()),
        StructField("wholePercents", ArrayType(StringType())),
    ]
)


def read_table(spark, path):
    """The table as texts, in the order of its files, with the row number that a sheet would give each line."""
    if path.endswith(".csv"):
        table = spark.read.option("header", True).option("multiLine", True).option("escape", '"').csv(path)
    elif path.endswith((".jsonl", ".ndjson")):
        table = spark.read.json(path)
    else:
        table = spark.read.parquet(path)
    names = table.columns
    texts = table.select([text_of(table, name).alias(name) for name in names])
    numbered = texts.rdd.zipWithIndex().map(
        lambda pair: (
            pair[1] + FIRST_ROW,
            json.dumps({name: value for name, value in zip(names, pair[0]) if value is not None}, ensure_ascii=False),
        )
    )
    return names, numbered.toDF(StructType([StructField("row", LongType()), StructField("cells", StringType())]))


def text_of(table, name):
    """A value as our reading of cells knows it."""
    column = F.col("`" + name.replace("`", "``") + "`")
    kind = dict(table.dtypes)[name]
    if kind == "timestamp":
        return F.date_format(column, "yyyy-MM-dd HH:mm:ss")
    if kind in ("double", "float"):
        return F.regexp_replace(column.cast("string"), r"\.0$", "")
    return column.cast("string")


def ask(spark, lines, unit, schema):
    """Lines through a step; the answers as a DataFrame."""
    answers = lines.rdd.map(lambda line: line[0]).mapPartitions(unit)
    return spark.createDataFrame(answers.map(lambda text: (text,)), "json string").select(
        F.from_json("json", schema).alias("answer"), "json"
    )


def line_of(**fields):
    return F.to_json(F.struct(*[value.alias(name) for name, value in fields.items()]))


def with_cells(row, cells, standing):
    """`{"row": …, "cells": …, "standing": …}`, cells being JSON already."""
    parts = [F.lit('{"row":'), row.cast("string"), F.lit(',"cells":'), cells]
    if standing is not None:
        parts += [F.lit(',"standing":'), standing]
    return F.concat(*parts, F.lit("}"))


BESIDE = StructType(
    [
        StructField(
            "beside",
            ArrayType(StructType([StructField("row", LongType()), StructField("rows", ArrayType(LongType()))])),
        )
    ]
)


def beside_rows(spark, known, followers, unit):
    """Rows that continue one case side by side. Only those in chains are looked at, which are few in any table."""
    linked = known.join(
        followers, F.col("pack").eqNullSafe(F.col("p")) & (F.col("number") == F.col("f")), "left"
    ).where("followsId is not null or f is not null")
    link = F.struct(
        "row", "pack", F.col("number").alias("id"), F.col("followsId").alias("follows"),
        F.coalesce("rejected", F.lit(False)).alias("rejected"),
    )
    line = linked.agg(F.sort_array(F.collect_list(link)).alias("chain")).select(
        F.to_json(F.struct("chain"), {"ignoreNullFields": "false"})
    )
    found = ask(spark, line, unit, BESIDE).select(F.explode("answer.beside").alias("b"))
    return found.select(F.col("b.row").alias("row"), F.col("b.rows").alias("beside"))


def stand(spark, keys, numbers, chains):
    """How each row stands among the others, as `src/process/survey.ts` works it out for a ledger."""
    known = keys.join(numbers, "row", "left").withColumn("number", F.coalesce("id", "newId"))
    of_number = Window.partitionBy("pack", "number")
    doubles = (
        known.where(F.col("number").isNotNull())
        .withColumn("rows", F.sort_array(F.collect_list("row").over(of_number)))
        .select("row", "rows")
    )
    followers = (
        known.where(F.col("followsId").isNotNull())
        .groupBy("pack", "followsId")
        .agg(F.sort_array(F.collect_list(F.struct("row", F.coalesce("number", F.lit("")).alias("n")))).alias("followers"))
        .select(F.col("pack").alias("p"), F.col("followsId").alias("f"), F.col("followers.n").alias("followedBy"))
    )
    beside = beside_rows(spark, known, followers, chains)
    there = known.select(F.col("pack").alias("tp"), F.col("number").alias("tn")).where("tn is not null").distinct()
    earlier = F.when(F.col("customer").isNull() | F.col("receivedAt").isNull(), F.lit(0)).otherwise(
        F.rank().over(Window.partitionBy("customer").orderBy(F.col("receivedAt").asc_nulls_last())) - 1
    )
    return (
        known.withColumn("earlier", earlier)
        .join(doubles, "row", "left")
        .join(beside, "row", "left")
        .join(followers, F.col("pack").eqNullSafe(F.col("p")) & (F.col("number") == F.col("f")), "left")
        .join(there, F.col("pack").eqNullSafe(F.col("tp")) & (F.col("followsId") == F.col("tn")), "left")
        .select(
            "row",
            F.to_json(
                F.struct(
                    "newId",
                    F.when(F.col("overflow"), F.lit(True)).alias("overflow"),
                    F.when(F.col("earlier") > 0, F.col("earlier")).alias("earlierOfCustomer"),
                    "followedBy",
                    F.when(F.size("rows") > 1, F.array_remove("rows", F.col("row"))).alias("duplicates"),
                    F.when(F.col("followsId").isNotNull() & F.col("tn").isNull(), F.lit(True)).alias("followsNobody"),
                    "beside",
                )
            ).alias("standing"),
        )
    )


def number_rows(spark, keys, unit):
    """Numbers for rows that have none, after the highest of their pack and period."""
    highest = keys.where("id is not null").groupBy("pack", "period").agg(F.max("running").alias("highest"))
    blank = keys.where("unnumbered and pack is not null and receivedAt is not null")
    place = F.row_number().over(Window.partitionBy("pack", "period").orderBy("row"))
    lines = (
        blank.withColumn("place", place)
        .join(highest, ["pack", "period"], "left")
        .select(
            line_of(
                row=F.col("row"),
                pack=F.col("pack"),
                receivedAt=F.col("receivedAt"),
                running=F.coalesce("highest", F.lit(0)) + F.col("place"),
            )
        )
    )
    schema = StructType(
        [StructField("row", LongType()), StructField("id", StringType()), StructField("overflow", BooleanType())]
    )
    answers = ask(spark, lines, unit, schema)
    return answers.select("answer.row", F.col("answer.id").alias("newId"), "answer.overflow")


JUDGED = StructType(
    [
        StructField("row", LongType()),
        StructField("content", StringType()),
        StructField(
            "penalties",
            ArrayType(
                StructType(
                    [
                        StructField(name, StringType())
                        for name in ("complaintId", "pack", "state", "subjectType", "subject", "employeeNo", "reason")
                    ]
                )
            ),
        ),
    ]
)


def twice_punished(judged):
    """By row, the penalties of one person for one act that other rows give as well, in the order in which a ledger comes
    upon them: by number, then by content, each where it first stands."""
    fines = judged.select("answer.row", "answer.content", F.posexplode("answer.penalties").alias("place", "p")).where(
        F.col("p.state") != VOID
    )
    found = None
    for turn, identity in enumerate(("p.complaintId", "content")):
        groups = (
            fines.groupBy("p.pack", identity, "p.subjectType", "p.subject", "p.employeeNo", "p.reason")
            .agg(F.sort_array(F.collect_set("row")).alias("rows"), F.min(F.struct("row", "place")).alias("first"))
            .where(F.size("rows") > 1)
            .select("rows", "subject", "reason", F.lit(turn).alias("turn"), "first")
        )
        found = groups if found is None else found.union(groups)
    return (
        found.groupBy("rows", "subject", "reason")
        .agg(F.min("turn").alias("turn"), F.min("first").alias("first"))
        .select("turn", "first", "rows", "subject", "reason", F.explode("rows").alias("row"))
        .groupBy("row")
        .agg(
            F.sort_array(
                F.collect_list(
                    F.struct("turn", "first", F.array_remove("rows", F.col("row")).alias("rows"), "subject", "reason")
                )
            ).alias("told")
        )
        .select(
            "row",
            F.transform("told", lambda one: F.struct(one["rows"].alias("rows"), one["subject"].alias("subject"), one["reason"].alias("reason"))).alias("twice"),
        )
    )


def parts_of(text):
    """A judged line as what it leaves: the row, its penalties, messages and claims; a row that is no complaint leaves nothing."""
    line = json.loads(text)
    if "leftOut" in line:
        return
    penalties = line.pop("penalties", [])
    messages = line.pop("said", [])
    claims = line.pop("claims", [])
    line.pop("content", None)
    row = line["row"]
    yield ("rows", row, 0, "", dump(line))
    for i, one in enumerate(penalties):
        yield ("penalties", row, i, "", dump(one))
    for i, one in enumerate(messages):
        yield ("messages", row, i, "", dump(one))
    for i, one in enumerate(claims):
        yield ("claims", row, i, one["person"], dump(one["claim"]))


def months_of(text):
    line = json.loads(text)
    for i, one in enumerate(line["deductions"]):
        yield ("deductions", one["month"], line["person"], i, dump(one))
    for i, one in enumerate(line["said"]):
        yield ("messages", "", line["person"], i, dump(one))


def dump(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


PART = "what string, row long, place int, person string, json string"
MONTH = "what string, month string, person string, place int, json string"


def main(argv):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("input")
    parser.add_argument("output")
    parser.add_argument("--tiaoli", default="tiaoli/tiaoli", help="the command on every executor")
    parser.add_argument("--now", required=True)
    parser.add_argument("--pack")
    parser.add_argument("--rules")
    parser.add_argument("--with", dest="workbook", help="a workbook with 人员, 节假日 and 设置, on every executor")
    parser.add_argument("--partitions", type=int, default=0, help="how many processes judge; 0: as Spark has it")
    args = parser.parse_args(argv)

    spark = SparkSession.builder.appName("tiaoli").config("spark.sql.session.timeZone", "Asia/Shanghai").getOrCreate()
    names, table = read_table(spark, args.input)
    if args.partitions:
        table = table.repartition(args.partitions)
    table = table.cache()

    options = ["--now", args.now, "--headers", ",".join(names), "--lang", "zh"]
    for flag, value in (("--pack", args.pack), ("--rules", args.rules), ("--with", args.workbook)):
        if value:
            options += [flag, value]
    command = args.tiaoli.split(" ")

    keys = (
        ask(spark, table.select(with_cells(F.col("row"), F.col("cells"), None)), Unit(command, "read", options), KEYS)
        .select("answer.*")
        .cache()
    )
    whole = [one[0] for one in keys.select(F.explode("wholePercents")).distinct().collect()]
    numbers = number_rows(spark, keys, Unit(command, "number", options))
    standing = stand(spark, keys, numbers, Unit(command, "chains", options))
    if whole:
        options += ["--whole-percents", ",".join(sorted(whole))]
    told = table.join(standing, "row").cache()
    judge = Unit(command, "judge", options)
    judged = ask(spark, told.select(with_cells(F.col("row"), F.col("cells"), F.col("standing"))), judge, JUDGED).cache()

    twice = twice_punished(judged).cache()
    again = told.join(twice, "row").select(
        with_cells(
            F.col("row"),
            F.col("cells"),
            F.concat(
                F.expr("substring(standing, 1, length(standing) - 1)"),
                F.when(F.col("standing") == "{}", F.lit('"twice":')).otherwise(F.lit(',"twice":')),
                F.to_json("twice"),
                F.lit("}"),
            ),
        )
    )
    kept = judged.join(twice.select(F.col("row").alias("r")), F.col("answer.row") == F.col("r"), "left_anti")
    lines = kept.select("json").union(ask(spark, again, judge, JUDGED).select("json"))
    parts = spark.createDataFrame(lines.rdd.flatMap(lambda line: parts_of(line[0])), PART).cache()

    claims = parts.where("what = 'claims'").groupBy("person").agg(
        F.sort_array(F.collect_list(F.struct("row", "place", "json"))).alias("claims")
    )
    folds = claims.select(
        F.concat(
            F.lit('{"person":'), F.to_json(F.struct("person")).substr(F.lit(11), F.length(F.to_json(F.struct("person"))) - 11),
            F.lit(',"claims":['), F.concat_ws(",", "claims.json"), F.lit("]}"),
        )
    )
    answers = folds.rdd.map(lambda line: line[0]).mapPartitions(Unit(command, "fold", options))
    months = spark.createDataFrame(answers.flatMap(months_of), MONTH).cache()

    def save(frame, name):
        frame.write.mode("overwrite").parquet(f"{args.output}/{name}")

    save(parts.where("what = 'rows'").orderBy("row").select("row", "json"), "rows")
    save(parts.where("what = 'penalties'").orderBy("row", "place").select("row", "json"), "penalties")
    save(months.where("what = 'deductions'").orderBy("month", "person", "place").select("month", "json"), "deductions")
    said = parts.where("what = 'messages'").select("row", "place", "json")
    of_persons = months.where("what = 'messages'").select(F.lit(None).cast("long").alias("row"), "place", "json")
    save(said.union(of_persons).orderBy(F.col("row").asc_nulls_last(), "place").select("row", "json"), "messages")
    spark.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
