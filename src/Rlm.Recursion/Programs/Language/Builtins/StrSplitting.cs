using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Builtins;

/// <summary>The methods that cut strings.</summary>
internal static class StrSplitting
{
    public static object Split(Machine machine, object self, Args args)
    {
        var (text, separator, limit) = Given((string)self, args, "split");
        var parts = new List<object>();
        if (separator is null) Words(machine, text, limit, parts);
        else
        {
            var start = 0;
            while (parts.Count < limit && text.IndexOf(separator, start, StringComparison.Ordinal) is >= 0 and var at)
            {
                Add(machine, parts, text[start..at]);
                start = at + separator.Length;
            }
            Add(machine, parts, text[start..]);
        }
        return new PyList(parts);
    }

    public static object RightSplit(Machine machine, object self, Args args)
    {
        var (text, separator, limit) = Given((string)self, args, "rsplit");
        var parts = new List<object>();
        if (separator is null) RightWords(machine, text, limit, parts);
        else
        {
            var end = text.Length;
            while (parts.Count < limit && end >= separator.Length && text.AsSpan(0, end).LastIndexOf(separator, StringComparison.Ordinal) is >= 0 and var at)
            {
                Add(machine, parts, text[(at + separator.Length)..end]);
                end = at;
            }
            Add(machine, parts, text[..end]);
        }
        parts.Reverse();
        return new PyList(parts);
    }

    public static object Lines(Machine machine, object self, Args args)
    {
        var text = (string)self;
        var keep = args.Bind("splitlines", 0, "keepends")[0] is { } given && Truth.Of(machine, given);
        var parts = new List<object>();
        for (var start = 0; start < text.Length;)
        {
            var end = start;
            while (end < text.Length && !IsLineEnd(text[end])) end++;
            var next = end >= text.Length ? end : text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? end + 2 : end + 1;
            Add(machine, parts, text[start..(keep ? next : end)]);
            start = next;
        }
        return new PyList(parts);
    }

    public static PyTuple Partition(string text, Args args, bool last)
    {
        var separator = StrMethods.Text(args.One(last ? "str.rpartition" : "str.partition"), "must be str, not");
        if (separator.Length == 0) throw Raise.Value("empty separator");
        var at = last ? text.LastIndexOf(separator, StringComparison.Ordinal) : text.IndexOf(separator, StringComparison.Ordinal);
        if (at < 0) return last ? PyTuple.Of("", "", text) : PyTuple.Of(text, "", "");
        return PyTuple.Of(text[..at], separator, text[(at + separator.Length)..]);
    }

    private static bool IsLineEnd(char unit) => unit is '\n' or '\r' or '\v' or '\f' or '\x1c' or '\x1d' or '\x1e' or '\x85' or '\u2028' or '\u2029';

    private static (string Text, string? Separator, long Limit) Given(string text, Args args, string name)
    {
        var given = args.Bind(name, 0, "sep", "maxsplit");
        var separator = given[0] is null or PyNone ? null : given[0] as string ?? throw Raise.Type($"must be str or None, not {Types.NameOf(given[0]!)}");
        if (separator is "") throw Raise.Value("empty separator");
        var limit = given[1] is null ? -1 : Indexes.Of(given[1]!);
        return (text, separator, limit < 0 ? long.MaxValue : limit);
    }

    private static void Words(Machine machine, string text, long limit, List<object> parts)
    {
        for (var at = 0; ;)
        {
            while (at < text.Length && StrTests.IsSpace(text[at])) at++;
            if (at >= text.Length) return;
            if (parts.Count >= limit)
            {
                Add(machine, parts, text[at..]);
                return;
            }
            var start = at;
            while (at < text.Length && !StrTests.IsSpace(text[at])) at++;
            Add(machine, parts, text[start..at]);
        }
    }

    private static void RightWords(Machine machine, string text, long limit, List<object> parts)
    {
        for (var end = text.Length; ;)
        {
            while (end > 0 && StrTests.IsSpace(text[end - 1])) end--;
            if (end == 0) return;
            if (parts.Count >= limit)
            {
                Add(machine, parts, text[..end]);
                return;
            }
            var start = end;
            while (start > 0 && !StrTests.IsSpace(text[start - 1])) start--;
            Add(machine, parts, text[start..end]);
            end = start;
        }
    }

    private static void Add(Machine machine, List<object> parts, string part)
    {
        machine.Tick();
        machine.Charge(PyList.ElementBytes + 32 + 2L * part.Length);
        parts.Add(part);
    }
}
