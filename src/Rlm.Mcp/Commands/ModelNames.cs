namespace Rlm.Mcp.Commands;

/// <summary>How back ends are written: a word, or a provider with a name after a colon.</summary>
internal static class ModelNames
{
    /// <summary>For messages.</summary>
    public const string Legal = "auto, host, extractive, sampling, anthropic:MODEL, openai:MODEL[@URL], cli:claude, cli:codex, cli:gemini";

    public static bool IsLegal(string name) =>
        name is "auto" or "host" or "extractive" or "sampling" or "cli:claude" or "cli:codex" or "cli:gemini"
        || IsProvider(name, "anthropic:") || IsProvider(name, "openai:");

    private static bool IsProvider(string name, string prefix) => name.StartsWith(prefix, StringComparison.Ordinal) && name.Length > prefix.Length;
}
