namespace Rlm.Mcp.Hosting;

/// <summary>What the model is told about the server: under 1,200 characters, the first 600 stand alone (some clients cut there).</summary>
internal static class ServerInstructions
{
    public const string Text =
        """
        One repository as a context store: explore it with tools instead of loading it into the prompt.
        Order: `map`, then `search` (text, regex, names; mode ranked for questions), then `read` only what matters; `refs`: who uses it, `history`: why.
        What one prompt cannot hold goes to `recurse` (sub-agents, one budget, checked quotes) or `program` (Python over the store).
        Every answer says what it covered: line 1 is shown A of B, `complete` or `partial: reason`. Trust zero hits only when it says complete.

        `cursor:` alone brings the rest; `next:` lines are calls ready to paste.
        `budget` caps an answer in tokens (default 6,000); over it it degrades, and says how.
        Handles (`src/A.cs:10-42@3fa9c1d2`) work wherever a path does and tell when the text has changed.
        `as: "name"` keeps a list as the set `@name`, for `in`.
        needs_host: give each brief to a sub-agent, which reads with its `session` id and submits by `session`.
        """;
}
