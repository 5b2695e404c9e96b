namespace Rlm.Recursion.Programs;

/// <summary>The functions that programs see, the same in both engines.</summary>
public static class ProgramFunctions
{
    /// <summary>Names as workers know them; those with a dot stand behind the object before it, and <c>more</c> behind lazy lists.</summary>
    public static IReadOnlyList<string> Names { get; } = ["files", "search", "read", "outline", "refs", "history", "sets.get", "sets.put", "sets.list", "llm", "llm_batch", "recurse", "help", "more"];
}
