using System.Text;
using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Modules;

/// <summary>What patterns do to texts.</summary>
internal static class RegexFunctions
{
    public static readonly Dictionary<string, Method> OfPattern = new()
    {
        ["search"] = (machine, self, args) => One(machine, (PyPattern)self, args, RegexAnchoring.Search),
        ["match"] = (machine, self, args) => One(machine, (PyPattern)self, args, RegexAnchoring.Match),
        ["fullmatch"] = (machine, self, args) => One(machine, (PyPattern)self, args, RegexAnchoring.Full),
        ["findall"] = (machine, self, args) => new PyList([.. All(machine, (PyPattern)self, args).Select(match => Charged(machine, Found(match)))]),
        ["finditer"] = (machine, self, args) => IterationFunctions.Lazy("callable_iterator", All(machine, (PyPattern)self, args)),
        ["sub"] = (machine, self, args) => Substitute(machine, (PyPattern)self, args).Text,
        ["subn"] = (machine, self, args) => Substitute(machine, (PyPattern)self, args) is var (text, count) ? PyTuple.Of(text, Box.Of(count)) : PyNone.Value,
        ["split"] = Split,
    };

    private static object One(Machine machine, PyPattern pattern, Args args, RegexAnchoring anchoring)
    {
        var (text, start) = Window(machine, args.Bind("match", 1, "string", "pos", "endpos"));
        return start <= text.Length && pattern.Find(machine, text, start, anchoring) is { } found ? found : PyNone.Value;
    }

    private static (string Text, int Start) Window(Machine machine, object?[] given)
    {
        var text = given[0] as string ?? throw Raise.Type($"expected string or bytes-like object, got '{Types.NameOf(given[0]!)}'");
        var length = CodePoints.Count(text);
        if (given[2] is { } end)
        {
            var stop = (int)Math.Clamp(Indexes.Of(end), 0, length);
            if (stop < length) text = text[..CodePoints.ToUnits(text, stop)];
            length = stop;
        }
        if (given[1] is not { } from) return (text, 0);
        var start = Indexes.Of(from);
        _ = machine;
        return start > length ? (text, text.Length + 1) : (text, CodePoints.ToUnits(text, (int)Math.Max(0, start)));
    }

    private static IEnumerable<PyMatch> All(Machine machine, PyPattern pattern, Args args)
    {
        var (text, start) = Window(machine, args.Bind("findall", 1, "string", "pos", "endpos"));
        return start > text.Length ? [] : pattern.FindAll(machine, text, start);
    }

    private static object Found(PyMatch match) => match.Pattern.Groups.Count switch { 0 => match.Text(0), 1 => match.Text(1) is string text ? text : "", _ => match.All("") };

    private static object Charged(Machine machine, object value)
    {
        machine.Charge(PyList.ElementBytes + (value is string text ? 32 + 2L * text.Length : 64));
        return value;
    }

    private static (string Text, long Count) Substitute(Machine machine, PyPattern pattern, Args args)
    {
        var given = args.Bind("sub", 2, "repl", "string", "count");
        var text = given[1] as string ?? throw Raise.Type($"expected string or bytes-like object, got '{Types.NameOf(given[1]!)}'");
        var limit = given[2] is null ? 0 : Indexes.Of(given[2]!);
        var template = given[0] is string literal ? RegexTemplate.Read(pattern, literal) : null;
        if (template is null && !Calls.IsCallable(given[0]!)) throw Raise.Type($"decoding to str: need a bytes-like object, {Types.NameOf(given[0]!)} found");
        var made = new StringBuilder();
        var (last, count) = (0, 0L);
        foreach (var match in pattern.FindAll(machine, text, 0))
        {
            var (start, end) = match.Units;
            var by = template?.Expand(machine, match) ?? Calls.Call(machine, given[0]!, match) switch { string own => own, PyNone => "", var other => throw Raise.Type($"sequence item {count}: expected str instance, {Types.NameOf(other)} found") };
            machine.Charge(2L * (start - last + by.Length));
            made.Append(text, last, start - last).Append(by);
            last = end;
            if (++count == limit) break;
        }
        machine.ChargeText(made.Length + text.Length - last);
        return (made.Append(text, last, text.Length - last).ToString(), count);
    }

    private static object Split(Machine machine, object self, Args args)
    {
        var pattern = (PyPattern)self;
        var given = args.Bind("split", 1, "string", "maxsplit");
        var text = given[0] as string ?? throw Raise.Type($"expected string or bytes-like object, got '{Types.NameOf(given[0]!)}'");
        var limit = given[1] is null ? 0 : Indexes.Of(given[1]!);
        var parts = new List<object>();
        var (last, count) = (0, 0L);
        foreach (var match in limit < 0 ? [] : pattern.FindAll(machine, text, 0))
        {
            var (start, end) = match.Units;
            parts.Add(Charged(machine, text[last..start]));
            for (var number = 1; number <= pattern.Groups.Count; number++) parts.Add(Charged(machine, match.Text(number)));
            last = end;
            if (++count == limit) break;
        }
        parts.Add(Charged(machine, text[last..]));
        return new PyList(parts);
    }
}
