/**
 * Which elements a task pane add-in's manifest may hold, in the order of the schema's sequences, with the attributes that
 * must be there. Only what this product can use: menus, custom tabs, mail and content add-ins are left out on purpose.
 * Source: Microsoft's open specification MS-OWEMXML and "How to find the proper order of manifest elements".
 */
export interface ElementSpec {
  /** Attributes that must be there, without namespace prefix. */
  readonly required?: readonly string[];
  /** Children in their order; without it the element holds text or nothing. */
  readonly children?: readonly ChildSpec[];
}

export interface ChildSpec {
  readonly name: string;
  readonly spec: ElementSpec;
  readonly min: 0 | 1;
  readonly many: boolean;
}

const one = (name: string, spec: ElementSpec = {}): ChildSpec => ({ name, spec, min: 1, many: false });
const maybe = (name: string, spec: ElementSpec = {}): ChildSpec => ({ name, spec, min: 0, many: false });
const some = (name: string, spec: ElementSpec = {}): ChildSpec => ({ name, spec, min: 1, many: true });
const any = (name: string, spec: ElementSpec = {}): ChildSpec => ({ name, spec, min: 0, many: true });

const overridden: ElementSpec = {
  required: ["DefaultValue"],
  children: [any("Override", { required: ["Locale", "Value"] })],
};
const address: ElementSpec = { required: ["DefaultValue"] };
const reference: ElementSpec = { required: ["resid"] };

const requirements: ElementSpec = {
  children: [maybe("Sets", { children: [some("Set", { required: ["Name", "MinVersion"] })] })],
};

const icon: ElementSpec = { children: [some("Image", { required: ["size", "resid"] })] };

const supertip: ElementSpec = { children: [one("Title", reference), one("Description", reference)] };

const control: ElementSpec = {
  required: ["type", "id"],
  children: [
    one("Label", reference),
    one("Supertip", supertip),
    one("Icon", icon),
    one("Action", {
      required: ["type"],
      children: [
        maybe("TaskpaneId"),
        maybe("SourceLocation", reference),
        maybe("Title", reference),
        maybe("FunctionName"),
      ],
    }),
    maybe("Enabled"),
  ],
};

const group: ElementSpec = {
  required: ["id"],
  children: [one("Label", reference), one("Icon", icon), some("Control", control)],
};

const desktop: ElementSpec = {
  children: [
    maybe("GetStarted", {
      children: [one("Title", reference), one("Description", reference), one("LearnMoreUrl", reference)],
    }),
    maybe("FunctionFile", reference),
    some("ExtensionPoint", {
      required: ["type"],
      children: [some("OfficeTab", { required: ["id"], children: [some("Group", group)] })],
    }),
  ],
};

const resource: ElementSpec = { ...overridden, required: ["id", "DefaultValue"] };

const versionOverrides: ElementSpec = {
  required: ["type"],
  children: [
    maybe("Description", reference),
    maybe("Requirements", requirements),
    one("Hosts", {
      children: [
        some("Host", {
          required: ["type"],
          children: [
            maybe("Runtimes", { children: [some("Runtime", { required: ["resid", "lifetime"] })] }),
            one("DesktopFormFactor", desktop),
          ],
        }),
      ],
    }),
    one("Resources", {
      children: [
        maybe("Images", { children: [some("Image", resource)] }),
        maybe("Urls", { children: [some("Url", resource)] }),
        maybe("ShortStrings", { children: [some("String", resource)] }),
        maybe("LongStrings", { children: [some("String", resource)] }),
      ],
    }),
  ],
};

/** The root element `OfficeApp` of type TaskPaneApp. */
export const OFFICE_APP: ElementSpec = {
  required: ["type"],
  children: [
    one("Id"),
    maybe("AlternateId"),
    one("Version"),
    one("ProviderName"),
    one("DefaultLocale"),
    one("DisplayName", overridden),
    one("Description", overridden),
    one("IconUrl", overridden),
    one("HighResolutionIconUrl", overridden),
    one("SupportUrl", overridden),
    maybe("AppDomains", { children: [some("AppDomain")] }),
    one("Hosts", { children: [some("Host", { required: ["Name"] })] }),
    one("Requirements", requirements),
    one("DefaultSettings", { children: [one("SourceLocation", address)] }),
    one("Permissions"),
    one("VersionOverrides", versionOverrides),
    maybe("ExtendedOverrides", { required: ["Url"] }),
  ],
};
