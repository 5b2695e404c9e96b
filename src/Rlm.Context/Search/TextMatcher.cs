using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Rlm.Context.Files;
using Rlm.Context.Search.Matching;
using Rlm.Context.Search.Planning;

namespace Rlm.Context.Search;

/// <summary>
/// A compiled <see cref="TextQuery"/>. Finds the lines that match, each line taken on its own, so a regular expression never sees a line break.
/// Bytes are searched for text that every match holds before anything is decoded; which of .NET's matchers then runs is told at <see cref="LineRegex"/>.
/// Safe to use from many threads.
/// </summary>
internal sealed class TextMatcher
{
    /// <summary>Longest pattern, in characters.</summary>
    public const int MaxPatternLength = 4096;

    // A shorter text stands in too many lines to lead to the few that match.
    private const int MinLeading = 3;

    // So many places are tried before it is asked whether they are too many.
    private const int FirstPlaces = 64;

    // Where a place stands in fewer bytes than this, the whole text is searched faster than line after line.
    private const int MinBytesPerPlace = 100;

    private readonly string _literal;
    private readonly LedLines? _led;
    private readonly bool _ledToLines;
    private readonly Lazy<LineRegex>? _regex;
    private readonly MatchBudget _budget = new();

    private TextMatcher(string literal, LedLines? led, bool ledToLines, Lazy<LineRegex>? regex) => (_literal, _led, _ledToLines, _regex) = (literal, led, ledToLines, regex);

    /// <summary>What is at work, in a word or two; for benchmarks.</summary>
    public string Kind => $"{(_ledToLines ? "led" : "")}{(_regex is { IsValueCreated: true } ? $" {_regex.Value.Kind}" : "")}".Trim();

    /// <param name="query">What to look for.</param>
    /// <param name="expectedBytes">About how much will be searched; 0 when not known. It only makes many bytes faster.</param>
    /// <exception cref="ContextException">The pattern is empty, too long, spans lines or is no valid regular expression.</exception>
    public static TextMatcher Compile(TextQuery query, long expectedBytes = 0)
    {
        Validate(query.Pattern);
        if (query.Kind == PatternKind.Regex) return CompileRegex(query, expectedBytes);
        var led = LedLines.Of(RequiredText.Of(query.Pattern, query.IgnoresCase), query.Kind);
        var isPlain = led is not null && query is { Kind: PatternKind.Literal, IgnoresCase: false };
        return new(query.Pattern, led, led is not null, isPlain ? null : new(() => MakeLiteralRegex(query)));
    }

    /// <summary>How many lines of a file match; stops at a cancelled token.</summary>
    /// <param name="bytes">The file as it is on disk, marks included.</param>
    /// <param name="characters">A buffer that is reused and may be replaced by a larger one.</param>
    /// <param name="cancellationToken">Checked now and then.</param>
    /// <exception cref="RegexMatchTimeoutException">The time limit for one file is spent, or the search has lost too much time in slow files before.</exception>
    public int CountLines(ReadOnlySpan<byte> bytes, ref char[] characters, CancellationToken cancellationToken)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return CountText(FileText.Decode(bytes).Text, cancellationToken);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) bytes = bytes[3..];
        if (!_ledToLines || !_led!.Leads(bytes)) return MayMatch(bytes) ? CountText(DecodeUtf8(bytes, ref characters), cancellationToken) : 0;
        var first = _led.IndexIn(bytes);
        return first < 0 ? 0 : CountLed(bytes, first, ref characters, cancellationToken);
    }

    /// <summary>False when UTF-8 text cannot hold a match because it lacks text that every match has.</summary>
    public bool MayMatch(ReadOnlySpan<byte> utf8) => _led is null || _led.MayBeIn(utf8);

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
    /// <exception cref="RegexMatchTimeoutException">It took too long.</exception>
    public (int Start, int Length)? MatchLine(ReadOnlySpan<char> line)
    {
        if (_regex is not null) return _regex.Value.MatchLine(line, out var start, out var length) ? (start, length) : null;
        var at = line.IndexOf(_literal, StringComparison.Ordinal);
        return at < 0 ? null : (at, _literal.Length);
    }

    /// <summary>Told of a matching line: where it and its first match begin in the text, and how long the match is.</summary>
    public delegate void OnLine(int lineStart, int matchStart, int matchLength);

    /// <summary>Tells of each matching line of a text, in order.</summary>
    /// <exception cref="RegexMatchTimeoutException">The time limit for one file is spent.</exception>
    public void Scan(ReadOnlySpan<char> text, CancellationToken cancellationToken, OnLine onLine)
    {
        if (_regex is null) ScanLiteral(text, onLine, cancellationToken);
        else _regex.Value.Scan(text, onLine, cancellationToken);
    }

    private void ScanLiteral(ReadOnlySpan<char> text, OnLine onLine, CancellationToken cancellationToken)
    {
        for (var from = 0; text[from..].IndexOf(_literal, StringComparison.Ordinal) is var found and >= 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var at = from + found;
            onLine(from + text[from..at].LastIndexOf('\n') + 1, at, _literal.Length);
            var end = text[at..].IndexOf('\n');
            if (end < 0) return;
            from = at + end + 1;
        }
    }

    private int CountText(ReadOnlySpan<char> text, CancellationToken cancellationToken)
    {
        var count = 0;
        if (_regex is null)
        {
            ScanLiteral(text, (_, _, _) => count++, cancellationToken);
            return count;
        }
        var regex = _regex.Value;
        _budget.ThrowIfSpent();
        regex.Prepare();
        var started = Stopwatch.GetTimestamp();
        try
        {
            regex.Scan(text, (_, _, _) => count++, cancellationToken);
        }
        finally
        {
            Settle(regex, started, text.Length, 1);
        }
        return count;
    }

    private int CountLed(ReadOnlySpan<byte> bytes, int first, ref char[] characters, CancellationToken cancellationToken)
    {
        if (_led!.IsAll) return CountAll(bytes, first);
        _budget.ThrowIfSpent();
        if (_regex!.IsValueCreated) _regex.Value.Prepare();
        var started = Stopwatch.GetTimestamp();
        int count, asked = 0, done = bytes.Length;
        try
        {
            count = CountPlaces(bytes, first, ref characters, ref asked, out done, started, cancellationToken);
        }
        finally
        {
            if (asked > 0) Settle(_regex.Value, started, done, asked);
        }
        return done < bytes.Length ? count + CountText(DecodeUtf8(bytes[done..], ref characters), cancellationToken) : count;
    }

    private int CountAll(ReadOnlySpan<byte> bytes, int at)
    {
        for (var count = 1; ; count++)
        {
            bytes = bytes[(at + _led!.Length)..];
            var end = bytes.IndexOf((byte)'\n');
            if (end < 0) return count;
            bytes = bytes[(end + 1)..];
            at = _led.IndexIn(bytes);
            if (at < 0) return count;
        }
    }

    // Goes from place to place; stops at the beginning of a line, `done`, when the places turn out to be too many.
    private int CountPlaces(ReadOnlySpan<byte> bytes, int first, ref char[] characters, ref int asked, out int done, long started, CancellationToken cancellationToken)
    {
        int count = 0, lineStart = 0;
        for (int at = first, next; ; at = next + at)
        {
            next = at + 1;
            var verdict = _led!.At(bytes, at);
            if (verdict != LedLines.Verdict.No)
            {
                lineStart += bytes[lineStart..at].LastIndexOf((byte)'\n') + 1;
                next = bytes[at..].IndexOf((byte)'\n') is var end and >= 0 ? at + end + 1 : bytes.Length;
                if (verdict == LedLines.Verdict.Yes || Asked(bytes[lineStart..next], ref characters)) count++;
                lineStart = done = next;
                if (verdict == LedLines.Verdict.Ask && TooMany(++asked, next, started, cancellationToken)) return count;
            }
            at = _led.IndexIn(bytes[next..]);
            if (at < 0) break;
        }
        done = bytes.Length;
        return count;
    }

    private bool TooMany(int asked, int bytes, long started, CancellationToken cancellationToken)
    {
        if ((asked & 0xF) != 0) return false;
        cancellationToken.ThrowIfCancellationRequested();
        if (Stopwatch.GetElapsedTime(started) > MatchBudget.FileLimit) throw new RegexMatchTimeoutException();
        return asked >= FirstPlaces && _regex!.Value.TakesTexts && asked * MinBytesPerPlace > bytes;
    }

    private bool Asked(ReadOnlySpan<byte> line, ref char[] characters)
    {
        var text = LineRegex.LineFrom(DecodeUtf8(line, ref characters), out _);
        return _regex!.Value.MatchLine(text, out _, out _);
    }

    private void Settle(LineRegex regex, long started, long length, int calls)
    {
        _budget.Charge(started, length);
        regex.Note(_ledToLines ? 0 : length, calls);
        regex.Judge(_budget);
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

    // Bytes lead to its lines as well.
    private static LineRegex MakeLiteralRegex(TextQuery query)
    {
        var pattern = LiteralRegex(query);
        return MakeRegex(pattern, PatternParser.Parse(pattern, query.IgnoresCase), query.IgnoresCase, expectedBytes: 0);
    }

    private static string LiteralRegex(TextQuery query)
    {
        var pattern = Regex.Escape(query.Pattern);
        return query.Kind == PatternKind.Word ? (LedLines.IsWord(query.Pattern[0]) ? @"\b" : "") + pattern + (LedLines.IsWord(query.Pattern[^1]) ? @"\b" : "") : pattern;
    }

    private static TextMatcher CompileRegex(TextQuery query, long expectedBytes)
    {
        try
        {
            var tree = PatternParser.Parse(query.Pattern, query.IgnoresCase);
            var required = tree is null ? null : RequiredText.Of(tree);
            var ledToLines = required?.Text.Length >= MinLeading;
            // Led to lines, it sees few of the bytes: machine code is made when the lines turn out to be many.
            var regex = MakeRegex(query.Pattern, tree, query.IgnoresCase, ledToLines ? 0 : expectedBytes);
            return new(query.Pattern, LedLines.Of(required, PatternKind.Regex), ledToLines, new(regex));
        }
        catch (ArgumentException fault)
        {
            throw new ContextException(ContextFault.BadPattern, $"the pattern is no valid .NET regular expression: {OneLine(fault.Message)}", "Mend it, or search with mode literal.");
        }
    }

    private static LineRegex MakeRegex(string pattern, PatternTree? tree, bool ignoresCase, long expectedBytes)
    {
        var options = RegexOptions.CultureInvariant | (ignoresCase ? RegexOptions.IgnoreCase : RegexOptions.None);
        return LineRegex.Make(pattern, options, tree, expectedBytes);
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").TrimEnd('.');
}
