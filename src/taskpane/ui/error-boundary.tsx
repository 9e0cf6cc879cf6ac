import { Component, type ReactNode } from "react";
import { Message } from "./parts.js";

interface Props {
  readonly text: (detail: string) => string;
  readonly children: ReactNode;
}

/** Shows what went wrong in a tab instead of a blank pane; the other tabs stay usable. */
export class ErrorBoundary extends Component<Props, { readonly detail: string | undefined }> {
  override state: { readonly detail: string | undefined } = { detail: undefined };

  static getDerivedStateFromError(error: unknown): { readonly detail: string } {
    return { detail: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { detail } = this.state;
    return detail === undefined ? this.props.children : <Message intent="error">{this.props.text(detail)}</Message>;
  }
}
