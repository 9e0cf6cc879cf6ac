import { makeStyles, tokens } from "@fluentui/react-components";

/** A form of the settings: fields below each other, or two side by side. */
export const useFormStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS },
  pair: {
    display: "grid",
    gridTemplateColumns: "repeat(2, minmax(0, 1fr))",
    "& input": { minWidth: 0 },
    // Labels may take two lines; the fields stand in line all the same.
    alignItems: "end",
    gap: tokens.spacingHorizontalS,
  },
});
