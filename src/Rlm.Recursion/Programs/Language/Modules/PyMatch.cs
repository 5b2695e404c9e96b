using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Modules;

/// <summary>A match; <paramref name="places"/> are begin and end of each group in UTF-16 units, −1 where it took no part. Programs see code points.</summary>
internal sealed class PyMatch(PyPattern pattern, string text, int[] places)
{
    public static readonly Dictionary<string, Method> Methods = new()
    {
        ["group"] = (_, self, args) => args.Count switch { 0 => ((PyMatch)self).Text(0), 1 => ((PyMatch)self).Group(args[0]), _ => new PyTuple([.. args.Items.Select(((PyMatch)self).Group)]) },
        ["groups"] = (_, self, args) => ((PyMatch)self).All(args.Bind("groups", 0, "default")[0] ?? PyNone.Value),
        ["groupdict"] = (machine, self, args) => ((PyMatch)self).Named(machine, args.Bind("groupdict", 0, "default")[0] ?? PyNone.Value),
        ["start"] = (_, self, args) => ((PyMatch)self).Span(args.Between("start", 0, 1)[0]).Items[0],
        ["end"] = (_, self, args) => ((PyMatch)self).Span(args.Between("end", 0, 1)[0]).Items[1],
        ["span"] = (_, self, args) => ((PyMatch)self).Span(args.Between("span", 0, 1)[0]),
        ["expand"] = (machine, self, args) => RegexTemplate.Read(((PyMatch)self).Pattern, StrMethods.Text(args.One("expand"), "template")).Expand(machine, (PyMatch)self),
    };

    public PyPattern Pattern { get; } = pattern;

    /// <summary>Where it begins and ends, in UTF-16 units.</summary>
    public (int Start, int End) Units => (places[0], places[1]);

    public object Group(object index) => Text(Pattern.GroupNumber(index));

    /// <summary>A group's text; None when it took no part.</summary>
    public object Text(int number) => places[2 * number + 1] >= 0 ? text[places[2 * number]..places[2 * number + 1]] : PyNone.Value;

    public PyTuple All(object otherwise) => new([.. Enumerable.Range(1, Pattern.Groups.Count).Select(number => Text(number) is PyNone ? otherwise : Text(number))]);

    public object? Field(string name) => name switch
    {
        "string" => text,
        "re" => Pattern,
        "pos" => Box.Of(0),
        "endpos" => Box.Of(CodePoints.Count(text)),
        "lastindex" or "lastgroup" or "regs" => throw Refuse.Here(Refusals.Method, $"match.{name}"),
        _ => null,
    };

    public string Repr(Machine machine)
    {
        var span = Span(null);
        return $"<re.Match object; span=({span.Items[0]}, {span.Items[1]}), match={Writing.Repr(machine, Text(0))}>";
    }

    private PyTuple Span(object? key)
    {
        var number = key is null ? 0 : Pattern.GroupNumber(key);
        return places[2 * number + 1] < 0 ? PyTuple.Of(Box.Of(-1), Box.Of(-1)) : PyTuple.Of(Box.Of(CodePoints.FromUnits(text, places[2 * number])), Box.Of(CodePoints.FromUnits(text, places[2 * number + 1])));
    }

    private PyDict Named(Machine machine, object otherwise)
    {
        var made = new PyDict();
        for (var index = 0; index < Pattern.Groups.Count; index++)
            if (Pattern.Groups[index] is { } name) made.Set(machine, name, Text(index + 1) is PyNone ? otherwise : Text(index + 1));
        return made;
    }
}
