namespace Rlm.Recursion.Running.Planning;

/// <summary>How to go about kinds of task: a text each, built in, and the operator's over them.</summary>
internal static class Strategies
{
    private static readonly Dictionary<string, string> BuiltIn = new(StringComparer.OrdinalIgnoreCase)
    {
        ["count"] = "Say what counts as one before you look. Label every candidate, and let totals come from tools or code; never add up by eye. Name what you left out.",
        ["find"] = "Search several wordings and names at once, follow definitions and uses, and stop when new searches show nothing new. Not found is an answer: say where you looked.",
        ["compare"] = "List the points to compare by first. Gather both sides for each point before you judge, quote both, and say where a side has nothing.",
        ["review"] = "Read each unit as a whole. Report only what you can quote and explain: what goes wrong, when, how bad. Try to refute each point before you keep it.",
        ["plan"] = "Find what exists and what depends on it before you propose. Give steps in order, each with the places that it touches, what can break, and how to check it.",
    };

    // For who sees pieces and has no tool to look further.
    private static readonly Dictionary<string, string> OfPieces = new(StringComparer.OrdinalIgnoreCase)
    {
        ["count"] = "Decide first what counts as one, and label by that alone. Give labels, or what was found one by one; totals are made of them by code.",
        ["find"] = "Look for the thing under any name, and say which lines show it. Not here is an answer: say so plainly.",
        ["compare"] = "Take the points of the comparison one by one, in the same words each time. Quote each side, and say where a side has nothing.",
        ["review"] = BuiltIn["review"],
        ["plan"] = "Say what of it the plan would touch, what depends on that, what can break, and how to check it.",
    };

    private static readonly (string Kind, string[] Words)[] Signs =
    [
        ("count", ["how many", "count", "number of", "wie viele"]),
        ("compare", ["compare", "difference between", "differences between", "differ from", "versus", "vs"]),
        ("review", ["review", "audit", "bug", "bugs", "vulnerability", "vulnerabilities", "problem", "problems", "wrong with", "smell", "smells"]),
        ("plan", ["plan", "migrate", "how should", "how would", "how could", "refactor", "steps to", "design"]),
        ("find", ["find", "where", "which", "locate", "list", "who"]),
    ];

    /// <summary>The kind of a task by its words: one of the operator's whose name stands in it, else the first built-in one that fits; null when none does.</summary>
    public static string? Kind(string task, IReadOnlyDictionary<string, string> own)
    {
        var named = own.Keys.Where(name => !BuiltIn.ContainsKey(name) && TaskWords.Has(task, name)).Order(StringComparer.Ordinal).FirstOrDefault();
        return named ?? Signs.FirstOrDefault(sign => sign.Words.Any(word => TaskWords.Has(task, word))).Kind;
    }

    /// <summary>The text for an agent's task; empty when its kind is not known.</summary>
    /// <param name="task">The question.</param>
    /// <param name="own">The operator's texts by kind.</param>
    public static string For(string task, IReadOnlyDictionary<string, string> own) => For(task, own, BuiltIn);

    /// <summary>The same for who is shown pieces of the scope and has no tools: one call over all of it, or the leaves of a map.</summary>
    public static string ForPieces(string task, IReadOnlyDictionary<string, string> own) => For(task, own, OfPieces);

    private static string For(string task, IReadOnlyDictionary<string, string> own, Dictionary<string, string> builtIn)
    {
        if (Kind(task, own) is not { } kind) return "";
        return own.TryGetValue(kind, out var text) || builtIn.TryGetValue(kind, out text) ? text : "";
    }
}
