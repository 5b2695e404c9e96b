namespace Rlm.Mcp.Hosting;

/// <summary>What the model is told about the server: under 1,200 characters, the first 600 stand alone (some clients cut there).</summary>
internal static class ServerInstructions
{
    public const string Text =
        """
        One repository as a context store: explore it with tools instead of loading it into the prompt.
        Order: `map` (where am I), then `search` (text, regex, names; exact totals; mode ranked for questions), then `read` only what matters; `refs` for who uses it, `history` for why.
        What one prompt cannot hold (judge every file, explore, review) goes to `recurse`: sub-agents, one budget, checked quotes.
        Every answer says what it covered: line 1 is shown A of B, `complete` or `partial: reason`. Trust zero hits only when it says complete.

        Lists end with `cursor:`; pass it back alone for the rest. `next:` lines are calls ready to paste.
        `budget` caps an answer in tokens (default 6,000); over it the answer degrades, and says how.
        Handles such as `src/A.cs:10-42@3fa9c1d2` work wherever a path does and tell you when the text has changed.
        `as: "name"` keeps a list as the set `@name`; use it in `in`, with & | - between scopes.
        needs_host: give each brief to a sub-agent, which reads with its `session` id and submits by `session`.
        """;
}
