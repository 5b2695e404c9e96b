using System.Text.RegularExpressions;
using Rlm.Context.Search.Planning;

namespace Rlm.Context.Search.Matching;

/// <summary>
/// One of .NET's matchers set up for a pattern: for a line alone, and where the pattern can be rewritten for it (<see cref="LineConfinement"/>) for a whole text at once.
/// Safe to use from many threads.
/// </summary>
internal sealed class LineEngine
{
    private readonly Regex _line;
    private readonly Regex? _whole;
    private readonly LineConfinement? _confinement;

    private LineEngine(Regex line, Regex? whole, LineConfinement? confinement) => (_line, _whole, _confinement) = (line, whole, confinement);

    /// <summary>Tries ways one after the other, and so may run away.</summary>
    public bool Backtracks => (_line.Options & RegexOptions.NonBacktracking) == 0;

    /// <summary>Longest time in one text.</summary>
    public TimeSpan FileLimit => Backtracks ? MatchBudget.FileLimit : MatchBudget.LinearFileLimit;

    /// <summary>It runs as machine code of its own.</summary>
    public bool IsCompiled => (_line.Options & RegexOptions.Compiled) != 0;

    /// <summary>Whole texts can be searched at once.</summary>
    public bool TakesTexts => _whole is not null;

    /// <param name="pattern">As it was given.</param>
    /// <param name="tree">The pattern, if it is understood.</param>
    /// <param name="options">Those of the engine among them.</param>
    /// <param name="timeLimit">For one call.</param>
    /// <exception cref="ArgumentException">The pattern is invalid.</exception>
    /// <exception cref="NotSupportedException">The engine does not know all that is in the pattern.</exception>
    public static LineEngine Make(string pattern, PatternTree? tree, RegexOptions options, TimeSpan timeLimit)
    {
        var line = new Regex(pattern, options | RegexOptions.Multiline, timeLimit);
        var confinement = tree is null ? null : LineConfinement.Of(tree, looksAhead: (options & RegexOptions.NonBacktracking) == 0);
        return new(line, confinement is null ? null : confinement.Pattern == pattern ? line : new Regex(confinement.Pattern, options | RegexOptions.Multiline, timeLimit), confinement);
    }

    /// <summary>The first match in a line; false when there is none.</summary>
    /// <exception cref="RegexMatchTimeoutException">It took too long.</exception>
    public bool MatchLine(ReadOnlySpan<char> line, out int at, out int length)
    {
        foreach (var match in _line.EnumerateMatches(line))
        {
            (at, length) = (match.Index, match.Length);
            return true;
        }
        (at, length) = (-1, 0);
        return false;
    }

    /// <summary>Whether <see cref="MatchText"/> gives for this text what <see cref="MatchLine"/> gives line by line.</summary>
    public bool Takes(ReadOnlySpan<char> text) => _confinement is { } confinement && (!confinement.MindsReturns || (confinement.ForbidsReturns ? !text.Contains('\r') : !HasLoneReturn(text)));

    /// <summary>The first match of the lines from a line's start on; false when there is none.</summary>
    /// <exception cref="RegexMatchTimeoutException">It took too long.</exception>
    public bool MatchText(ReadOnlySpan<char> text, int from, out int at, out int length)
    {
        foreach (var match in _whole!.EnumerateMatches(text, from))
        {
            (at, length) = (match.Index, match.Length);
            if (at == text.Length && at > 0 && text[at - 1] == '\n') return false; // behind the last line's end no line begins
            if (at == 0 || at == text.Length || text[at] != '\n' || text[at - 1] != '\r') return true;
            // Between the two characters of a line break nothing is; the line has no other match, for this was its first.
        }
        (at, length) = (-1, 0);
        return false;
    }

    private static bool HasLoneReturn(ReadOnlySpan<char> text)
    {
        while (text.IndexOf('\r') is var at and >= 0)
        {
            if (at + 1 == text.Length || text[at + 1] != '\n') return true;
            text = text[(at + 2)..];
        }
        return false;
    }
}
