namespace Rlm.Recursion.Running.Agent.Prompts;

/// <summary>What differs between families of models when they work as agents.</summary>
internal static class ModelFamily
{
    private const string Claude = "Call several tools in one reply whenever their arguments do not depend on each other.";

    private const string Gpt = "Do not end your turn with a plan or a promise: every reply holds tool calls until answer was called with ready true. Do not ask anybody back; nobody reads your prose.";

    // Qwen3-Coder makes thousands of sub-calls where one would do (appendix of the paper), and long thinking eats the reply.
    private const string Qwen = "Be sparing with recurse: one call over a folder instead of one per file, and never one per line. Think briefly; write arguments as plain JSON without comments.";

    private const string Gemini = "Write arguments as plain JSON of the types in the schema: lists as lists, numbers as numbers. Copy quotes character by character, without line numbers. Call answer; text alone is lost.";

    /// <summary>The note for a model; empty for a family that is not known.</summary>
    /// <param name="name">As the operator writes it, such as <c>anthropic:claude-…</c> or <c>openai:qwen3@http://…</c>.</param>
    public static string Note(string name)
    {
        bool Has(params string[] words) => words.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));
        if (Has("claude", "anthropic:")) return Claude;
        if (Has("qwen", "qwq")) return Qwen;
        if (Has("gemini", "gemma")) return Gemini;
        return Has("gpt", "codex", "openai:o1", "openai:o3", "openai:o4") ? Gpt : "";
    }
}
