namespace Rlm.Recursion.Trajectories.Page;

/// <summary>How much of what was recorded the page holds: a long text is cut, and beyond a total the rest is left out. Every cut is counted, and stated at the end of the page.</summary>
internal sealed class PageCuts
{
    /// <summary>Characters of one text.</summary>
    public const int OneText = 20_000;

    /// <summary>Characters of all texts that replies, results and findings bring.</summary>
    public const int AllTexts = 6_000_000;

    /// <summary>Characters of source.</summary>
    public const int AllSource = 2_000_000;

    private const int AllFormatted = 400_000;

    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private long _left = AllTexts, _formatted;

    /// <summary>What was left out, each as a count and words.</summary>
    public IReadOnlyDictionary<string, long> Counts => _counts;

    /// <summary>As much of a text as there is room for, and what is said of the rest: null for all of it.</summary>
    public (string Text, string? Left) Take(string text)
    {
        var room = (int)Math.Min(OneText, Math.Max(0, _left));
        _left -= Math.Min(text.Length, room);
        if (text.Length <= room) return (text, null);
        Note(room < OneText ? "texts left out or cut, because the page holds 6,000,000 characters of them" : "texts cut after 20,000 characters");
        return (text[..room], string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{text.Length - room:N0} more characters are not on this page"));
    }

    /// <summary>Whether there is time for a text as Markdown, which hostile ones make slow; those that come later are shown as they are written.</summary>
    public bool TakesFormatted(string text) => (_formatted += text.Length) <= AllFormatted;

    /// <summary>Counts what is left out.</summary>
    public void Note(string what, long count = 1)
    {
        if (count > 0) _counts[what] = _counts.GetValueOrDefault(what) + count;
    }
}
