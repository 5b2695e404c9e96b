using System.Diagnostics;
using System.Text.RegularExpressions;
using Rlm.Context.Search.Planning;

namespace Rlm.Context.Search.Matching;

/// <summary>
/// A regular expression over lines, and the choice of the matcher for it. Proven harmless (<see cref="BacktrackingProof"/>): backtracking, which is three times as
/// fast as the rest, and compiled once there is enough to search. Else <see cref="RegexOptions.NonBacktracking"/>, linear in the text; that also takes over for good
/// when backtracking is slower than the proof promises. What only backtracking understands runs under the limits of <see cref="MatchBudget"/>. Safe to use from many threads.
/// </summary>
internal sealed class LineRegex
{
    // Where the time of compiling, 10 to 30 ms, is won back: some milliseconds of interpreting.
    private const long CompileAfterCharacters = 4 << 20;

    // A line costs more than its characters.
    private const int CharactersPerCall = 200;

    // Enough lines that a call costs little, few enough that few are tried one by one around one that matches.
    private const int BlockCharacters = 2_048;

    // The code of a longer pattern takes long to make.
    private const int MaxCompiledLength = 500;

    private static readonly TimeSpan PatienceWithProven = TimeSpan.FromMilliseconds(500);

    private readonly string _pattern;
    private readonly RegexOptions _options;
    private readonly PatternTree? _tree;
    private readonly bool _isProven;
    private readonly Lock _exchange = new();
    private volatile LineEngine _engine;
    private long _searched;

    private LineRegex(string pattern, RegexOptions options, PatternTree? tree, bool isProven, LineEngine engine, long expected) =>
        (_pattern, _options, _tree, _isProven, _engine, _searched) = (pattern, options, tree, isProven, engine, expected >= CompileAfterCharacters * 8 ? CompileAfterCharacters : 0);

    /// <param name="pattern">The pattern.</param>
    /// <param name="options">How it is meant.</param>
    /// <param name="tree">The pattern as it is understood; null when it is not.</param>
    /// <param name="expected">About how many bytes will be searched, 0 when not known; compiles at once when they are many.</param>
    /// <exception cref="ArgumentException">The pattern is invalid.</exception>
    public static LineRegex Make(string pattern, RegexOptions options, PatternTree? tree, long expected)
    {
        var isProven = tree is not null && BacktrackingProof.Holds(tree);
        if (isProven) return new(pattern, options, tree, true, LineEngine.Make(pattern, tree, options, PatienceWithProven), expected);
        return new(pattern, options, tree, false, Linear(pattern, options, tree) ?? LineEngine.Make(pattern, null, options, MatchBudget.FileLimit), expected);
    }

    /// <summary>What is at work, in a word or two; for benchmarks.</summary>
    public string Kind => $"{(_engine.Backtracks ? _isProven ? "proven" : "limited" : "linear")}{(_engine.IsCompiled ? " compiled" : "")}{(_engine.TakesTexts ? "" : " by line")}";

    /// <summary>Whole texts can be searched at once, most of them.</summary>
    public bool TakesTexts => _engine.TakesTexts;

    /// <summary>Compiles the pattern if what was searched so far makes it worth the time.</summary>
    public void Prepare()
    {
        if (Interlocked.Read(ref _searched) < CompileAfterCharacters || _pattern.Length > MaxCompiledLength || !_engine.Backtracks || _engine.IsCompiled) return;
        // One thread compiles, the others go on with what there is.
        if (!_exchange.TryEnter()) return;
        try
        {
            if (_engine is { Backtracks: true, IsCompiled: false })
                _engine = LineEngine.Make(_pattern, _isProven ? _tree : null, _options | RegexOptions.Compiled, _isProven ? PatienceWithProven : MatchBudget.FileLimit);
        }
        finally
        {
            _exchange.Exit();
        }
    }

    /// <summary>Notes work done.</summary>
    public void Note(long characters, long calls) => Interlocked.Add(ref _searched, characters + (calls * CharactersPerCall));

    /// <summary>Lets the linear matcher take over for good when backtracking has cost the search too much time.</summary>
    public void Judge(MatchBudget budget)
    {
        if (_isProven && _engine is { Backtracks: true } engine && budget.Lost > PatienceWithProven) FallBack(engine);
    }

    /// <summary>The first match in a line; false when there is none.</summary>
    /// <exception cref="RegexMatchTimeoutException">It took too long.</exception>
    public bool MatchLine(ReadOnlySpan<char> line, out int at, out int length)
    {
        while (true)
        {
            var engine = _engine;
            try
            {
                return engine.MatchLine(line, out at, out length);
            }
            catch (RegexMatchTimeoutException) when (FallBack(engine))
            {
                // again, with the other matcher
            }
        }
    }

    /// <summary>Tells of each matching line of a text, in order.</summary>
    /// <exception cref="RegexMatchTimeoutException">It took too long.</exception>
    public void Scan(ReadOnlySpan<char> text, TextMatcher.OnLine onLine, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        for (var from = 0; from < text.Length;)
        {
            var engine = _engine;
            try
            {
                if (!engine.Takes(text)) ScanLines(engine, text, ref from, started, onLine, cancellationToken);
                else if (engine.Backtracks) ScanText(engine, text, ref from, started, onLine, cancellationToken);
                else ScanBlocks(engine, text, ref from, started, onLine, cancellationToken);
            }
            catch (RegexMatchTimeoutException) when (FallBack(engine))
            {
                // goes on in the line where it stopped
            }
        }
    }

    private static void ScanText(LineEngine engine, ReadOnlySpan<char> text, ref int from, long started, TextMatcher.OnLine onLine, CancellationToken cancellationToken)
    {
        for (var steps = 1; from < text.Length; steps++)
        {
            CheckNowAndThen(steps, engine, started, cancellationToken);
            if (!engine.MatchText(text, from, out var at, out var length))
            {
                from = text.Length;
                return;
            }
            var start = from + text[from..at].LastIndexOf('\n') + 1;
            onLine(start, at, length);
            from = text[at..].IndexOf('\n') is var end and >= 0 ? at + end + 1 : text.Length;
        }
    }

    private static void ScanBlocks(LineEngine engine, ReadOnlySpan<char> text, ref int from, long started, TextMatcher.OnLine onLine, CancellationToken cancellationToken)
    {
        for (var steps = 1; from < text.Length; steps++)
        {
            CheckNowAndThen(steps, engine, started, cancellationToken);
            var least = Math.Min(from + BlockCharacters, text.Length);
            var end = text[least..].IndexOf('\n') is var behind and >= 0 ? least + behind + 1 : text.Length;
            if (engine.IsMatch(text[from..end])) ScanLines(engine, text[..end], ref from, started, onLine, cancellationToken);
            from = end;
        }
    }

    private static void ScanLines(LineEngine engine, ReadOnlySpan<char> text, ref int from, long started, TextMatcher.OnLine onLine, CancellationToken cancellationToken)
    {
        for (var steps = 1; from < text.Length; steps++)
        {
            CheckNowAndThen(steps, engine, started, cancellationToken);
            var line = LineFrom(text[from..], out var next);
            if (engine.MatchLine(line, out var at, out var length)) onLine(from, from + at, length);
            from += next;
        }
    }

    /// <summary>The line that a text begins with, without its end, and where the next one begins.</summary>
    public static ReadOnlySpan<char> LineFrom(ReadOnlySpan<char> text, out int next)
    {
        var end = text.IndexOf('\n');
        next = end < 0 ? text.Length : end + 1;
        if (end < 0) return text;
        return end > 0 && text[end - 1] == '\r' ? text[..(end - 1)] : text[..end];
    }

    // A call of a matcher that may run away can take most of the limit; others take long only on long lines, of which a file has few.
    private static void CheckNowAndThen(int steps, LineEngine engine, long started, CancellationToken cancellationToken)
    {
        if ((steps & (engine.Backtracks ? 0x3 : 0xFF)) != 0) return;
        cancellationToken.ThrowIfCancellationRequested();
        if (Stopwatch.GetElapsedTime(started) > engine.FileLimit) throw new RegexMatchTimeoutException();
    }

    private static LineEngine? Linear(string pattern, RegexOptions options, PatternTree? tree)
    {
        try
        {
            return LineEngine.Make(pattern, tree, options | RegexOptions.NonBacktracking, MatchBudget.LinearFileLimit);
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    // True when another thread has done it already, too.
    private bool FallBack(LineEngine from)
    {
        if (!_isProven || !from.Backtracks) return false;
        lock (_exchange)
        {
            if (_engine.Backtracks && Linear(_pattern, _options, _tree) is { } linear) _engine = linear;
            return !_engine.Backtracks;
        }
    }
}
