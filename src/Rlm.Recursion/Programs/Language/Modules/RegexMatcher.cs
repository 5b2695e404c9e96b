using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Modules;

/// <summary>
/// Runs a program over a text: all threads side by side, in the order a backtracking engine would try them, so that time is linear in the text and answers are the same (Pike's machine, after R. Cox, "Regular Expression Matching: the
/// Virtual Machine Approach"). Every place is a step.
/// </summary>
internal sealed class RegexMatcher(Machine machine, RegexProgram program, string text)
{
    private readonly int[] _seen = new int[program.Steps.Length];
    private readonly Stack<(int Step, Place? Saved)> _open = new();
    private List<(int Step, Place? Saved)> _now = [], _next = [];
    private int _round;

    /// <summary>The places of groups (0 first; −1 where a group took no part), in UTF-16 units; null without a match.</summary>
    /// <param name="start">Where the match begins, or where the search does.</param>
    /// <param name="anchoring">Whether it must begin at the start, and end at the end.</param>
    /// <param name="mustAdvance">Whether an empty match at the start does not count.</param>
    /// <param name="groups">How many groups there are.</param>
    public int[]? Run(int start, RegexAnchoring anchoring, bool mustAdvance, int groups)
    {
        Place? found = null;
        var hasFound = false;
        _now.Clear();
        for (var at = start; ; )
        {
            if (!hasFound && (at == start || anchoring == RegexAnchoring.Search))
            {
                if (_now.Count == 0 && anchoring == RegexAnchoring.Search)
                {
                    at = Skip(at);
                    if (at < 0) break;
                }
                if (_now.Count == 0) _round++;
                Add(0, new Place(0, at, null), at);
            }
            var (code, width) = Read(at);
            if (_now.Count == 0 && (hasFound || anchoring != RegexAnchoring.Search || code < 0)) break;
            machine.Tick(1 + _now.Count / 8);
            _round++;
            for (var index = 0; index < _now.Count; index++)
            {
                var (step, saved) = _now[index];
                if (program.Steps[step].Operation == RegexOperation.Match)
                {
                    if (anchoring == RegexAnchoring.Full && at != text.Length || mustAdvance && at == start && Begin(saved) == start) continue;
                    (found, hasFound) = (new Place(1, at, saved), true);
                    break;
                }
                if (code >= 0 && program.Steps[step].Set!.Has(code)) AddNext(step + 1, saved, at + width);
            }
            (_now, _next) = (_next, _now);
            _next.Clear();
            if (code < 0) break;
            at += width;
        }
        return hasFound ? Places(found, groups) : null;
    }

    private (int Code, int Width) Read(int at)
    {
        if (at >= text.Length) return (-1, 0);
        return char.IsHighSurrogate(text[at]) && at + 1 < text.Length ? (char.ConvertToUtf32(text[at], text[at + 1]), 2) : (text[at], 1);
    }

    // The next place where a match may begin; −1 when there is none.
    private int Skip(int at)
    {
        if (program.AnyFirst) return at;
        if (program.Prefix.Length > 0)
        {
            var place = text.IndexOf(program.Prefix, at, StringComparison.Ordinal);
            machine.Tick(((place < 0 ? text.Length : place) - at) / 64);
            return place;
        }
        var from = at;
        while (at < text.Length && text[at] < 128 && !program.First[text[at]]) at++;
        machine.Tick((at - from) / 8);
        return at < text.Length ? at : -1;
    }

    private void Add(int step, Place? saved, int at) => Follow(step, saved, at, _now);

    private void AddNext(int step, Place? saved, int at) => Follow(step, saved, at, _next);

    // Everything that is reached without a character, the better way first; a step that was reached already in this round was reached by a better way.
    private void Follow(int first, Place? places, int at, List<(int, Place?)> into)
    {
        _open.Push((first, places));
        while (_open.TryPop(out var open))
        {
            var (step, saved) = open;
            if (step < 0 || _seen[step] == _round) continue;
            _seen[step] = _round;
            var known = program.Steps[step];
            switch (known.Operation)
            {
                case RegexOperation.Split:
                    _open.Push((known.Second, saved));
                    _open.Push((known.First, saved));
                    break;
                case RegexOperation.Save:
                    _open.Push((step + 1, new Place(known.First, at, saved)));
                    break;
                case RegexOperation.Assert:
                    if (Holds(known, at)) _open.Push((step + 1, saved));
                    break;
                default:
                    into.Add((step, saved));
                    break;
            }
        }
    }

    private bool Holds(RegexStep step, int at) => step.Assertion switch
    {
        RegexAssertion.TextStart => at == 0,
        RegexAssertion.TextEnd => at == text.Length,
        RegexAssertion.End => at == text.Length || at == text.Length - 1 && text[at] == '\n',
        RegexAssertion.LineStart => at == 0 || text[at - 1] == '\n',
        RegexAssertion.LineEnd => at == text.Length || text[at] == '\n',
        // In an empty text CPython finds neither boundary nor its opposite.
        RegexAssertion.Boundary => text.Length > 0 && IsBoundary(step.Ascii, at),
        _ => text.Length > 0 && !IsBoundary(step.Ascii, at),
    };

    private bool IsBoundary(bool ascii, int at)
    {
        var before = at > 0 && RegexSet.IsWord(at > 1 && char.IsLowSurrogate(text[at - 1]) ? char.ConvertToUtf32(text[at - 2], text[at - 1]) : text[at - 1], ascii);
        var after = at < text.Length && RegexSet.IsWord(Read(at).Code, ascii);
        return before != after;
    }

    private static int Begin(Place? saved)
    {
        while (saved is not null && saved.Slot != 0) saved = saved.Before;
        return saved?.At ?? -1;
    }

    private static int[] Places(Place? saved, int groups)
    {
        var places = new int[2 * groups + 2];
        Array.Fill(places, -1);
        for (; saved is not null; saved = saved.Before)
            if (places[saved.Slot] < 0) places[saved.Slot] = saved.At;
        return places;
    }

    private sealed record Place(int Slot, int At, Place? Before);
}
