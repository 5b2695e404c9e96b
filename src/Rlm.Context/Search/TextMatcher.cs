using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Rlm.Context.Files;

namespace Rlm.Context.Search;

/// <summary>
/// A compiled <see cref="TextQuery"/>. Finds the lines that match, each line taken on its own, so a regular expression never sees a line break.
/// Linear time through <see cref="RegexOptions.NonBacktracking"/>; patterns that need backtracking (look-arounds, back-references) run under a time limit per file.
/// Safe to use from many threads.
/// </summary>
internal sealed class TextMatcher
{
    /// <summary>Longest pattern, in characters.</summary>
    public const int MaxPatternLength = 4096;

    private static readonly TimeSpan FileTimeLimit = TimeSpan.FromSeconds(1);

    private readonly byte[] _required;
    private readonly string _literal;
    private readonly CaselessFinder? _requiredAnyCase;
    private readonly Regex? _regex;
    private readonly bool _wholeTextFinds;
    private readonly bool _backtracks;

    private TextMatcher(byte[] required, CaselessFinder? requiredAnyCase, Regex? regex, bool wholeTextFinds, bool backtracks) =>
        (_required, _literal, _requiredAnyCase, _regex, _wholeTextFinds, _backtracks) = (required, Encoding.UTF8.GetString(required), requiredAnyCase, regex, wholeTextFinds, backtracks);

    /// <exception cref="ContextException">The pattern is empty, too long, spans lines or is no valid regular expression.</exception>
    public static TextMatcher Compile(TextQuery query)
    {
        Validate(query.Pattern);
        var sensitive = !query.IgnoresCase;
        if (query.Kind != PatternKind.Regex)
        {
            var required = sensitive ? Encoding.UTF8.GetBytes(query.Pattern) : [];
            var plainBytes = query.Kind == PatternKind.Literal && sensitive && !query.Pattern.Contains('\uFFFD');
            if (plainBytes) return new(required, null, null, false, false);
            return new(query.Pattern.Contains('\uFFFD') ? [] : required, sensitive ? null : CaselessFinder.For(query.Pattern), LiteralRegex(query), wholeTextFinds: true, backtracks: false);
        }
        var options = RegexOptions.CultureInvariant | RegexOptions.Multiline | (sensitive ? RegexOptions.None : RegexOptions.IgnoreCase);
        var literal = RequiredLiteral.Of(query.Pattern);
        var regex = Build(query.Pattern, options, out var backtracks);
        return new(!sensitive || literal.Contains('\uFFFD') ? [] : Encoding.UTF8.GetBytes(literal), sensitive ? null : CaselessFinder.For(literal), regex, !LooksBeyondTheLine(query.Pattern), backtracks);
    }

    /// <summary>How many lines of a file match; stops at a cancelled token.</summary>
    /// <param name="bytes">The file as it is on disk, marks included.</param>
    /// <param name="characters">A buffer that is reused and may be replaced by a larger one.</param>
    /// <param name="cancellationToken">Checked now and then.</param>
    /// <exception cref="RegexMatchTimeoutException">The time limit for one file is spent.</exception>
    public int CountLines(ReadOnlySpan<byte> bytes, ref char[] characters, CancellationToken cancellationToken)
    {
        var isUtf16 = bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]);
        if (!isUtf16)
        {
            if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) bytes = bytes[3..];
            if (!MayMatch(bytes)) return 0;
            if (_regex is null) return CountLiteral(bytes);
        }
        var text = isUtf16 ? FileText.Decode(bytes).Text : DecodeUtf8(bytes, ref characters);
        var count = 0;
        Scan(text, cancellationToken, (_, _, _) => count++);
        return count;
    }

    /// <summary>False when UTF-8 text cannot hold a match because it lacks text that every match has.</summary>
    public bool MayMatch(ReadOnlySpan<byte> utf8) => (_required.Length == 0 || utf8.IndexOf(_required) >= 0) && (_requiredAnyCase is null || _requiredAnyCase.MayBeIn(utf8));

    /// <summary>The matching lines of a text, in order.</summary>
    /// <exception cref="RegexMatchTimeoutException">The time limit for one file is spent.</exception>
    public List<LineHit> Find(FileText text, CancellationToken cancellationToken)
    {
        var hits = new List<LineHit>();
        Scan(text.Text, cancellationToken, (start, match, length) =>
        {
            var line = text.Lines.LineOf(start);
            hits.Add(new(line, match - start + 1, length));
        });
        return hits;
    }

    /// <summary>The first match in one line, or null.</summary>
    public (int Start, int Length)? MatchLine(ReadOnlySpan<char> line)
    {
        if (_regex is null)
        {
            var at = line.IndexOf(_literal, StringComparison.Ordinal);
            return at < 0 ? null : (at, _literal.Length);
        }
        foreach (var match in _regex.EnumerateMatches(line)) return (match.Index, match.Length);
        return null;
    }

    /// <summary>Told of a matching line: where it and its first match begin in the text, and how long the match is.</summary>
    public delegate void OnLine(int lineStart, int matchStart, int matchLength);

    /// <summary>Tells of each matching line of a text, in order.</summary>
    /// <exception cref="RegexMatchTimeoutException">The time limit for one file is spent.</exception>
    public void Scan(ReadOnlySpan<char> text, CancellationToken cancellationToken, OnLine onLine)
    {
        var started = _backtracks ? Stopwatch.GetTimestamp() : 0;
        var steps = 0;
        for (var from = 0; from < text.Length;)
        {
            if ((++steps & 0xFFF) == 0) cancellationToken.ThrowIfCancellationRequested();
            if (_backtracks && (steps & 0xFF) == 0 && Stopwatch.GetElapsedTime(started) > FileTimeLimit) throw new RegexMatchTimeoutException();
            var start = _wholeTextFinds || _regex is null ? NextCandidateLine(text, from) : from;
            if (start < 0) return;
            var end = text[start..].IndexOf('\n');
            var next = end < 0 ? text.Length : start + end + 1;
            var line = text[start..(end < 0 ? text.Length : start + end)];
            if (end >= 0 && line.EndsWith('\r')) line = line[..^1];
            if (MatchLine(line) is { } match) onLine(start, start + match.Start, match.Length);
            from = next;
        }
    }

    // A line that matches on its own also makes the whole text match at or before it, as long as the pattern cannot see where the line ends.
    // So the line of the next whole-text match is the next one worth testing; start of that line, or -1.
    private int NextCandidateLine(ReadOnlySpan<char> text, int from)
    {
        var at = -1;
        if (_regex is null) at = text[from..].IndexOf(_literal, StringComparison.Ordinal) is var found and >= 0 ? from + found : -1;
        else
            foreach (var match in _regex.EnumerateMatches(text, from))
            {
                at = match.Index;
                break;
            }
        if (at < 0) return -1;
        return from + (text[from..at].LastIndexOf('\n') + 1);
    }

    private int CountLiteral(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        while (bytes.IndexOf(_required) is var at and >= 0)
        {
            count++;
            var rest = bytes[(at + _required.Length)..];
            var end = rest.IndexOf((byte)'\n');
            if (end < 0) break;
            bytes = rest[(end + 1)..];
        }
        return count;
    }

    private static ReadOnlySpan<char> DecodeUtf8(ReadOnlySpan<byte> bytes, ref char[] characters)
    {
        if (characters.Length < bytes.Length)
        {
            if (characters.Length > 0) ArrayPool<char>.Shared.Return(characters);
            characters = ArrayPool<char>.Shared.Rent(bytes.Length);
        }
        return characters.AsSpan(0, Encoding.UTF8.GetChars(bytes, characters));
    }

    private static void Validate(string pattern)
    {
        if (pattern.Length == 0) throw new ContextException(ContextFault.BadPattern, "the pattern is empty", "Give at least one character.");
        if (pattern.Length > MaxPatternLength) throw new ContextException(ContextFault.BadPattern, $"the pattern has {pattern.Length:N0} characters; at most {MaxPatternLength:N0} are searched", "Search for a shorter part of it.");
        if (pattern.Contains('\n') || pattern.Contains('\r')) throw new ContextException(ContextFault.BadPattern, "the pattern contains a line break; a match lies within one line", "Search for one of its lines.");
    }

    private static Regex LiteralRegex(TextQuery query)
    {
        var pattern = Regex.Escape(query.Pattern);
        if (query.Kind == PatternKind.Word) pattern = (IsWord(query.Pattern[0]) ? @"\b" : "") + pattern + (IsWord(query.Pattern[^1]) ? @"\b" : "");
        return new Regex(pattern, RegexOptions.CultureInvariant | (query.IgnoresCase ? RegexOptions.IgnoreCase : RegexOptions.None));
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.ConnectorPunctuation
        or System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;

    private static Regex Build(string pattern, RegexOptions options, out bool backtracks)
    {
        try
        {
            try
            {
                backtracks = false;
                return new Regex(pattern, options | RegexOptions.NonBacktracking);
            }
            catch (NotSupportedException)
            {
                backtracks = true;
                return new Regex(pattern, options, FileTimeLimit);
            }
        }
        catch (ArgumentException fault)
        {
            throw new ContextException(ContextFault.BadPattern, $"the pattern is no valid .NET regular expression: {OneLine(fault.Message)}", "Mend it, or search with mode literal.");
        }
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").TrimEnd('.');

    // $, \z, \Z, \A, \G, look-arounds and option groups can tell a line's end from a text's; \s and negated classes cannot, they only run on.
    private static bool LooksBeyondTheLine(string pattern)
    {
        for (var at = 0; at < pattern.Length; at++)
        {
            if (pattern[at] == '$') return true;
            if (pattern[at] == '\\' && at + 1 < pattern.Length && pattern[++at] is 'z' or 'Z' or 'A' or 'G') return true;
            if (pattern[at] == '(' && pattern.AsSpan(at).StartsWith("(?") && !IsPlainGroup(pattern.AsSpan(at + 2))) return true;
        }
        return false;
    }

    // (?:…), (?<name>…) and (?'name'…) only; (?<= and (?<! look behind.
    private static bool IsPlainGroup(ReadOnlySpan<char> rest) =>
        rest.Length > 1 && (rest[0] is ':' or '\'' || (rest[0] == '<' && rest[1] is not ('=' or '!')));
}
