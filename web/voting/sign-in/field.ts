import { html } from "hono/html";
import type { Html } from "./step.ts";

/** A field of a form, with what browsers and screen readers need to help. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  /** What is wrong with what was typed. */
  readonly problem?: string | undefined;
  readonly value?: string;
  readonly type?: "text" | "email" | "tel";
  readonly keyboard?: "text" | "email" | "tel" | "numeric";
  readonly autocomplete: string;
  readonly capitals?: "words" | "characters" | "none";
  readonly optional?: true;
}

export function field(one: Field): Html {
  const { name, label, hint, problem, value = "", type = "text", keyboard = "text" } = one;
  const told = [...(hint ? [`${name}-hint`] : []), ...(problem ? [`${name}-problem`] : [])].join(" ");
  return html`<div>
        <label for="${name}">${label}</label>
        ${hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : ""}
        ${problem ? html`<p class="error" id="${name}-problem">${problem}</p>` : ""}
        <input id="${name}" name="${name}" type="${type}" dir="auto" inputmode="${keyboard}" value="${value}"
          autocomplete="${one.autocomplete}" autocapitalize="${one.capitals ?? "none"}" spellcheck="false"
          ${told ? html`aria-describedby="${told}"` : ""} ${problem ? html`aria-invalid="true" autofocus` : ""}
          ${one.optional ? "" : "required"}>
      </div>`;
}
