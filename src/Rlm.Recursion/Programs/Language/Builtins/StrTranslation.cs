using System.Text;
using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Builtins;

/// <summary><c>str.maketrans</c> and <c>translate</c>.</summary>
internal static class StrTranslation
{
    public static object MakeTable(Machine machine, Args args)
    {
        var given = args.Between("maketrans", 1, 3);
        var table = new PyDict();
        if (given[1] is null)
        {
            foreach (var (key, value) in (given[0] as PyDict ?? throw Raise.Type("if you give only one argument to maketrans it must be a dict")).Entries)
                table.Set(machine, key is string one ? Box.Of(CodePoints.Count(one) == 1 ? char.ConvertToUtf32(one, 0) : throw Raise.Value("string keys in translate table must be of length 1")) : key, value);
            return table;
        }
        var from = StrMethods.Text(given[0]!, "first maketrans argument").EnumerateRunes().ToArray();
        var to = StrMethods.Text(given[1]!, "second maketrans argument").EnumerateRunes().ToArray();
        if (from.Length != to.Length) throw Raise.Value("the first two maketrans arguments must have equal length");
        for (var index = 0; index < from.Length; index++) table.Set(machine, Box.Of(from[index].Value), Box.Of(to[index].Value));
        if (given[2] is string gone)
            foreach (var rune in gone.EnumerateRunes()) table.Set(machine, Box.Of(rune.Value), PyNone.Value);
        return table;
    }

    public static object Translate(Machine machine, object self, Args args)
    {
        var table = args.One("str.translate") as PyDict ?? throw Refuse.Here(Refusals.Option, "translate with anything but a dict");
        var made = new StringBuilder();
        foreach (var rune in ((string)self).EnumerateRunes())
        {
            machine.Tick();
            if (!table.TryGet(Box.Of(rune.Value), out var by)) made.Append(rune);
            else if (by is string text) made.Append(text);
            else if (by is not PyNone) made.Append(BasicFunctions.Character(Indexes.Of(by)));
            if ((made.Length & 0xFFFFF) == 0) machine.ChargeText(made.Length);
        }
        machine.ChargeText(made.Length);
        return made.ToString();
    }
}
