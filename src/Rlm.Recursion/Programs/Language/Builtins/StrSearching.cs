using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Builtins;

/// <summary>The methods that look for strings in strings, with start and end in code points.</summary>
internal static class StrSearching
{
    public static long Find(Machine machine, string text, Args args, string name, bool last)
    {
        var given = args.Between(name, 1, 3);
        var part = given[0] as string ?? throw Raise.Type($"must be str, not {Types.NameOf(given[0]!)}");
        if (Window(machine, text, given[1], given[2]) is var (start, end) && start > end) return -1;
        machine.Tick((end - start) / 64);
        var window = text.AsSpan(start, end - start);
        var at = last ? window.LastIndexOf(part, StringComparison.Ordinal) : window.IndexOf(part, StringComparison.Ordinal);
        return at < 0 ? -1 : CodePoints.FromUnits(text, start + at);
    }

    public static object Count(Machine machine, object self, Args args)
    {
        var text = (string)self;
        var given = args.Between("count", 1, 3);
        var part = given[0] as string ?? throw Raise.Type($"must be str, not {Types.NameOf(given[0]!)}");
        if (Window(machine, text, given[1], given[2]) is var (start, end) && start > end) return Box.Of(0);
        machine.Tick((end - start) / 64);
        if (part.Length == 0) return Box.Of((long)CodePoints.Count(text[start..end]) + 1);
        var count = 0L;
        while (text.IndexOf(part, start, end - start, StringComparison.Ordinal) is >= 0 and var at)
        {
            count++;
            start = at + part.Length;
        }
        return Box.Of(count);
    }

    public static object Begins(Machine machine, object self, Args args, string name, bool atEnd)
    {
        var text = (string)self;
        var given = args.Between(name, 1, 3);
        if (given[0] is PyTuple several)
        {
            foreach (var one in several.Items)
                if (One(machine, text, one as string ?? throw Raise.Type($"tuple for {name} must only contain str, not {Types.NameOf(one)}"), given, atEnd)) return Box.True;
            return Box.False;
        }
        return Box.Of(One(machine, text, given[0] as string ?? throw Raise.Type($"{name} first arg must be str or a tuple of str, not {Types.NameOf(given[0]!)}"), given, atEnd));
    }

    private static bool One(Machine machine, string text, string part, object?[] given, bool atEnd)
    {
        if (given[1] is null) return atEnd ? text.EndsWith(part, StringComparison.Ordinal) : text.StartsWith(part, StringComparison.Ordinal);
        if (Window(machine, text, given[1], given[2]) is var (start, end) && start > end) return false;
        var window = text.AsSpan(start, end - start);
        return atEnd ? window.EndsWith(part, StringComparison.Ordinal) : window.StartsWith(part, StringComparison.Ordinal);
    }

    // In UTF-16 units; start after end means that nothing, not even the empty string, is found.
    private static (int Start, int End) Window(Machine machine, string text, object? start, object? end)
    {
        if (start is null or PyNone && end is null or PyNone) return (0, text.Length);
        var length = CodePoints.Count(text);
        var first = Bound(machine, start, 0, length);
        var last = Math.Min(Bound(machine, end, length, length), length);
        return first > last ? (1, 0) : (CodePoints.ToUnits(text, (int)first), CodePoints.ToUnits(text, (int)last));
    }

    private static long Bound(Machine machine, object? value, long otherwise, long length)
    {
        if (value is null or PyNone) return otherwise;
        var at = Indexes.Clamped(machine, value, "slice indices must be integers or None or have an __index__ method");
        return at < 0 ? Math.Max(0, at + length) : at;
    }
}
