using System.Text.RegularExpressions;
using Rlm.Context.Search.Planning;

namespace Rlm.Context.Search.Matching;

/// <summary>
/// One of .NET's matchers set up for a pattern: for a line alone, and where the pattern can be rewritten for it (<see cref="LineConfinement"/>) for a whole text at once.
/// Safe to use from many threads.
/// <para>
/// <see cref="RegexOptions.NonBacktracking"/> knows whether a text matches, but it may find a later match than the first (<c>c?b</c> on <c>cxb b</c>, where an optional part
/// comes first; dotnet/runtime pull request 130176). So it never says which line of a text is the next: it only says of a stretch of text that no line matches.
/// Within a line a short try by backtracking finds the first match.
/// </para>
/// </summary>
internal sealed class LineEngine
{
    private readonly Regex _line;
    private readonly Regex? _whole;
    private readonly LineConfinement? _confinement;
    private readonly Regex? _first;
    private int _firstFailed;

    private LineEngine(Regex line, Regex? whole, LineConfinement? confinement, Regex? first) => (_line, _whole, _confinement, _first) = (line, whole, confinement, first);

    private static readonly TimeSpan FirstMatchLimit = TimeSpan.FromMilliseconds(20);

    private const int MaxFirstFailed = 3;

    /// <summary>Tries ways one after the other, and so may run away.</summary>
    public bool Backtracks => (_line.Options & RegexOptions.NonBacktracking) == 0;

    /// <summary>Longest time in one text.</summary>
    public TimeSpan FileLimit => Backtracks ? MatchBudget.FileLimit : MatchBudget.LinearFileLimit;

    /// <summary>It runs as machine code of its own.</summary>
    public bool IsCompiled => (_line.Options & RegexOptions.Compiled) != 0;

    /// <summary>Whole texts can be searched at once.</summary>
    public bool TakesTexts => _whole is not null;

    /// <param name="pattern">As it was given.</param>
    /// <param name="tree">The pattern, if it is understood and, for backtracking, proven: on others .NET's faults would lose more than a line.</param>
    /// <param name="options">Those of the engine among them.</param>
    /// <param name="timeLimit">For one call.</param>
    /// <exception cref="ArgumentException">The pattern is invalid.</exception>
    /// <exception cref="NotSupportedException">The engine does not know all that is in the pattern.</exception>
    public static LineEngine Make(string pattern, PatternTree? tree, RegexOptions options, TimeSpan timeLimit)
    {
        var line = new Regex(pattern, options | RegexOptions.Multiline, timeLimit);
        var confinement = tree is null ? null : LineConfinement.Of(tree, looksAhead: (options & RegexOptions.NonBacktracking) == 0);
        var whole = confinement is null ? null : confinement.Pattern == pattern ? line : new Regex(confinement.Pattern, options | RegexOptions.Multiline, timeLimit);
        var first = (options & RegexOptions.NonBacktracking) == 0 ? null : new Regex(pattern, (options & ~RegexOptions.NonBacktracking) | RegexOptions.Multiline, FirstMatchLimit);
        return new(line, whole, confinement, first);
    }

    /// <summary>The first match in a line; false when there is none. Of a linear matcher it may be a later one when backtracking takes too long.</summary>
    /// <exception cref="RegexMatchTimeoutException">It took too long.</exception>
    public bool MatchLine(ReadOnlySpan<char> line, out int at, out int length)
    {
        if (!Next(_line, line, 0, out at, out length)) return false;
        if (at > 0 && _first is not null && _firstFailed < MaxFirstFailed) MoveToFirst(line, ref at, ref length);
        return true;
    }

    /// <summary>Whether <see cref="MatchText"/> and <see cref="IsMatch"/> tell of this text what <see cref="MatchLine"/> tells line by line.</summary>
    public bool Takes(ReadOnlySpan<char> text) => _confinement is { } confinement && (!confinement.MindsReturns || (confinement.ForbidsReturns ? !text.Contains('\r') : !HasLoneReturn(text)));

    /// <summary>False when no line of some whole lines matches.</summary>
    /// <exception cref="RegexMatchTimeoutException">It took too long.</exception>
    public bool IsMatch(ReadOnlySpan<char> lines) => _whole!.IsMatch(lines);

    /// <summary>The first match of the lines from a line's start on, by backtracking; false when there is none.</summary>
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

    private static bool Next(Regex regex, ReadOnlySpan<char> text, int from, out int at, out int length)
    {
        foreach (var match in regex.EnumerateMatches(text, from))
        {
            (at, length) = (match.Index, match.Length);
            return true;
        }
        (at, length) = (-1, 0);
        return false;
    }

    private void MoveToFirst(ReadOnlySpan<char> line, ref int at, ref int length)
    {
        try
        {
            if (Next(_first!, line, 0, out var first, out var firstLength) && first < at) (at, length) = (first, firstLength);
        }
        catch (Exception unknown) when (unknown is RegexMatchTimeoutException or IndexOutOfRangeException)
        {
            Interlocked.Increment(ref _firstFailed);
        }
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
