import fc from "fast-check";

/** 4,096 characters of a few pieces again and again: what makes a careless reader slow. */
export const hostile = fc
  .array(
    fc.constantFrom(
      ...[
        "1",
        "12",
        "1950",
        "3.",
        "3,",
        "12/3/",
        "-",
        "'",
        "€",
        "@",
        ".",
        " ",
        "\u0301",
        "ﷺ",
        "💶",
        "\u202e",
      ],
      ...[
        "mila",
        "cento",
        "e ",
        "tra ",
        "il 3 maggio ",
        "fa 16 ",
        "anni ",
        "chiocciola ",
        " punto ",
        "a",
        "una ",
      ],
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((pieces) => pieces.join("").repeat(4096).slice(0, 4096));
