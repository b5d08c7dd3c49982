// The types that the scripts in static/ share. `make lint` checks the scripts against them; no page
// loads this file.

declare namespace Editing {
  /** What a curator does to one paper, as curate.operations names it. */
  type Operation =
    | { kind: "Pick"; paper: string; topic?: string | null }
    | { kind: "Decline"; paper: string; why?: string | null }
    | { kind: "Move"; paper: string; topic?: string | null; day?: string | null }
    | { kind: "Retag"; paper: string; add: string[]; drop: string[] }
    | { kind: "Annotate"; paper: string; text: string }
    | { kind: "Reword"; paper: string; title?: string | null; abstract?: string | null };

  interface Topic {
    slug: string;
    name: string;
  }

  interface Vocabulary {
    topics: Topic[];
    /** The tags of tags.yml. */
    known: string[];
  }

  /** A paper as a list shows it; `mark` is the fingerprint of what was seen. */
  interface Row {
    id: string;
    mark: string;
    title: string;
    authors: string;
    lead: string;
    topic: string;
    tags: string[];
    votes: number | null;
    waits: boolean;
    why: string;
  }

  /** A paper with its texts, as Markdown and as HTML that is safe to show. */
  interface Paper extends Row, Vocabulary {
    day: string;
    titleText: string;
    abstractText: string;
    titleHtml: string;
    abstractHtml: string;
    categories: string[];
    arxiv: string | null;
    notes: { html: string; curator: string | null }[];
  }

  interface Day extends Vocabulary {
    day: string;
    papers: Row[];
    steps: Operation[][];
    version: string;
  }

  interface State {
    day: string | null;
    waiting: number;
    undo: { said: string; name: string } | null;
    /** What became of an edit that had been cut off, if there was one. */
    settled: string | null;
  }

  interface Changes {
    html: string;
    files: string[];
    mixed: string[];
    here: string | null;
    branch: string;
    message: string;
  }

  interface Done {
    said: string;
    done: { id: string; said: string }[];
    files: string[];
  }

  /** An answer of the server: what was asked for, or a problem. */
  type Answer<Value> = (Value & { problem?: undefined; status: number }) | { problem: string; status: number };

  /** Carries operations out, or keeps them; gives the problem, if there was one. */
  type Act = (...operations: Operation[]) => Promise<string | undefined>;

  interface Dialog {
    title: string;
    parts: Node[];
    action: string;
    wide?: boolean;
    /** Gives the problem where it failed: the dialog stays open then. */
    act: (form: FormData) => Promise<string | undefined>;
  }
}
