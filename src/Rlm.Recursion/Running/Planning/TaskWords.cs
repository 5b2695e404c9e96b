using System.Text.RegularExpressions;

namespace Rlm.Recursion.Running.Planning;

/// <summary>Looks for words in a task as it is meant: without what stands in quotes or back ticks, which are names and texts.</summary>
internal static partial class TaskWords
{
    /// <summary>Whether the words stand in the task, whole and in any case.</summary>
    public static bool Has(string task, string words)
    {
        var text = Plain(task);
        for (var at = text.IndexOf(words, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(words, at + 1, StringComparison.OrdinalIgnoreCase))
            if (IsEdge(text, at - 1) && IsEdge(text, at + words.Length)) return true;
        return false;
    }

    /// <summary>Whether a sentence or clause of the task begins with the word, as a command does.</summary>
    public static bool Commands(string task, string word)
    {
        var text = Plain(task);
        for (var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
            if (IsEdge(text, at + word.Length) && Lead().IsMatch(text.AsSpan(0, at))) return true;
        return false;
    }

    private static string Plain(string task) => Quoted().Replace(task, " ");

    private static bool IsEdge(string text, int at) => at < 0 || at >= text.Length || !(char.IsLetterOrDigit(text[at]) || text[at] == '_');

    [GeneratedRegex("`[^`]*`|\"[^\"]*\"|(?<!\\w)'[^']*'(?!\\w)|“[^”]*”")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(^|[.!?;:,\n]|\b(and|then|please|to|also|you|us))\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Lead();
}
