import { intersection, sameArea } from "../address.js";
import { HostObject, type ScalarSpec, type TypeSpec } from "../host-object.js";
import { isObject, type Json } from "../wire.js";
import type { DataValidationModel } from "../workbook-model.js";
import { asJson } from "./json-values.js";
import type { RangeTarget } from "./range-target.js";
import { at, withValue } from "./tree.js";

/** Data validation: recorded for its area, not enforced; Office.js writes past it in Excel, too. */

const KINDS: Readonly<Record<string, string>> = {
  list: "List",
  wholeNumber: "WholeNumber",
  decimal: "Decimal",
  date: "Date",
  time: "Time",
  textLength: "TextLength",
  custom: "Custom",
};

const SPEC: TypeSpec<RangeTarget> = {
  name: "DataValidation",
  scalars: {
    rule: recorded("rule", {}),
    errorAlert: recorded("errorAlert", { message: "", showAlert: true, style: "Stop", title: "" }),
    prompt: recorded("prompt", { message: "", showPrompt: true, title: "" }),
    ignoreBlanks: recorded("ignoreBlanks", true),
    type: {
      get: (range) => {
        const rule = at(existing(range)?.settings ?? {}, ["rule"]);
        return isObject(rule) ? (KINDS[Object.keys(rule)[0] ?? ""] ?? "None") : "None";
      },
    },
  },
  methods: {
    clear: (range) => {
      range.book.assertAllowed(range.sheet, "allowFormatCells");
      range.sheet.dataValidations = range.sheet.dataValidations.filter(({ area }) => !intersection(area, range.area));
      return undefined;
    },
  },
};

function recorded(name: string, initial: Json): ScalarSpec<RangeTarget> {
  return {
    get: (range) => at(existing(range)?.settings ?? {}, [name]) ?? initial,
    set: (range, value) => {
      range.book.assertAllowed(range.sheet, "allowFormatCells");
      let model = range.sheet.dataValidations.find(({ area }) => sameArea(area, range.area));
      if (!model) {
        model = { area: { ...range.area }, settings: {} };
        range.sheet.dataValidations.push(model);
      }
      model.settings = withValue(model.settings, [name], asJson(value));
    },
  };
}

function existing({ sheet, area }: RangeTarget): DataValidationModel | undefined {
  return sheet.dataValidations.find((validation) => intersection(validation.area, area));
}

export function dataValidation(range: RangeTarget): HostObject {
  return HostObject.of(SPEC, range);
}
