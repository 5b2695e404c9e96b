using System.Globalization;
using System.Text;
using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Builtins;

/// <summary>Methods of str. Places are code points; most work is done on UTF-16 and turned at the end.</summary>
internal static class StrMethods
{
    public static readonly Dictionary<string, Method> All = new()
    {
        ["upper"] = (machine, self, args) => Charged(machine, StrCases.Upper(Plain(self, args, "upper"))),
        ["lower"] = (machine, self, args) => Charged(machine, StrCases.Lower(Plain(self, args, "lower"))),
        ["casefold"] = (machine, self, args) => Charged(machine, StrCases.Fold(Plain(self, args, "casefold"))),
        ["capitalize"] = (machine, self, args) => Charged(machine, StrCases.Capitalize(Plain(self, args, "capitalize"))),
        ["title"] = (machine, self, args) => Charged(machine, StrCases.Title(Plain(self, args, "title"))),
        ["swapcase"] = (machine, self, args) => Charged(machine, StrCases.Swap(Plain(self, args, "swapcase"))),
        ["strip"] = (_, self, args) => Strip((string)self, args, "strip", true, true),
        ["lstrip"] = (_, self, args) => Strip((string)self, args, "lstrip", true, false),
        ["rstrip"] = (_, self, args) => Strip((string)self, args, "rstrip", false, true),
        ["split"] = StrSplitting.Split,
        ["rsplit"] = StrSplitting.RightSplit,
        ["splitlines"] = StrSplitting.Lines,
        ["partition"] = (_, self, args) => StrSplitting.Partition((string)self, args, last: false),
        ["rpartition"] = (_, self, args) => StrSplitting.Partition((string)self, args, last: true),
        ["join"] = Join,
        ["replace"] = Replace,
        ["find"] = (machine, self, args) => Box.Of(StrSearching.Find(machine, (string)self, args, "find", last: false)),
        ["rfind"] = (machine, self, args) => Box.Of(StrSearching.Find(machine, (string)self, args, "rfind", last: true)),
        ["index"] = (machine, self, args) => StrSearching.Find(machine, (string)self, args, "index", last: false) is >= 0 and var at ? Box.Of(at) : throw Raise.Value("substring not found"),
        ["rindex"] = (machine, self, args) => StrSearching.Find(machine, (string)self, args, "rindex", last: true) is >= 0 and var at ? Box.Of(at) : throw Raise.Value("substring not found"),
        ["count"] = StrSearching.Count,
        ["startswith"] = (machine, self, args) => StrSearching.Begins(machine, (string)self, args, "startswith", atEnd: false),
        ["endswith"] = (machine, self, args) => StrSearching.Begins(machine, (string)self, args, "endswith", atEnd: true),
        ["removeprefix"] = (_, self, args) => ((string)self).StartsWith(Text(args.One("removeprefix"), "removeprefix() argument"), StringComparison.Ordinal) ? ((string)self)[((string)args[0]).Length..] : self,
        ["removesuffix"] = (_, self, args) => Text(args.One("removesuffix"), "removesuffix() argument").Length > 0 && ((string)self).EndsWith((string)args[0], StringComparison.Ordinal) ? ((string)self)[..^((string)args[0]).Length] : self,
        ["isalpha"] = (_, self, args) => Box.Of(StrTests.All(Plain(self, args, "isalpha"), StrTests.IsAlpha)),
        ["isdigit"] = (_, self, args) => Box.Of(StrTests.All(Plain(self, args, "isdigit"), StrTests.IsDigit)),
        ["isdecimal"] = (_, self, args) => Box.Of(StrTests.All(Plain(self, args, "isdecimal"), rune => Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber)),
        ["isnumeric"] = (_, self, args) => Box.Of(StrTests.All(Plain(self, args, "isnumeric"), StrTests.IsNumeric)),
        ["isalnum"] = (_, self, args) => Box.Of(StrTests.All(Plain(self, args, "isalnum"), rune => StrTests.IsAlpha(rune) || StrTests.IsNumeric(rune))),
        ["isspace"] = (_, self, args) => Box.Of(StrTests.All(Plain(self, args, "isspace"), rune => rune.IsBmp && StrTests.IsSpace((char)rune.Value))),
        ["isupper"] = (_, self, args) => Box.Of(StrTests.IsCased(Plain(self, args, "isupper"), upper: true)),
        ["islower"] = (_, self, args) => Box.Of(StrTests.IsCased(Plain(self, args, "islower"), upper: false)),
        ["istitle"] = (_, self, args) => Box.Of(StrTests.IsTitle(Plain(self, args, "istitle"))),
        ["isidentifier"] = (_, self, args) => Box.Of(StrTests.IsIdentifier(Plain(self, args, "isidentifier"))),
        ["isascii"] = (_, self, args) => Box.Of(Ascii.IsValid(Plain(self, args, "isascii"))),
        ["isprintable"] = (_, self, args) => Box.Of(Plain(self, args, "isprintable").EnumerateRunes().All(Writing.IsPrintable)),
        ["ljust"] = (machine, self, args) => Justify(machine, (string)self, args, "ljust"),
        ["rjust"] = (machine, self, args) => Justify(machine, (string)self, args, "rjust"),
        ["center"] = (machine, self, args) => Justify(machine, (string)self, args, "center"),
        ["zfill"] = (machine, self, args) => Zeros(machine, (string)self, Indexes.Of(args.One("zfill"))),
        ["expandtabs"] = (machine, self, args) => Tabs(machine, (string)self, args.Bind("expandtabs", 0, "tabsize")[0] is { } size ? Indexes.Of(size) : 8),
        ["format"] = (machine, self, args) => StrFormat.Format(machine, (string)self, args),
        ["format_map"] = (machine, self, args) => StrFormat.Format(machine, (string)self, new Args([.. ((PyDict)args.One("format_map")).Entries.Select(entry => entry.Value)], [.. ((PyDict)args[0]).Entries.Select(entry => entry.Key as string ?? "")])),
        ["translate"] = StrTranslation.Translate,
        ["maketrans"] = (machine, _, args) => StrTranslation.MakeTable(machine, args),
    };

    public static string Text(object value, string what) => value as string ?? throw Raise.Type($"{what} must be str, not {Types.NameOf(value)}");

    private static string Plain(object self, Args args, string name)
    {
        if (args.Items.Length > 0) args.Zero("str." + name);
        return (string)self;
    }

    private static string Charged(Machine machine, string text)
    {
        machine.ChargeText(text.Length);
        machine.Tick(text.Length / 32);
        return text;
    }

    private static string Strip(string text, Args args, string name, bool left, bool right)
    {
        var given = args.Between(name, 0, 1)[0];
        if (given is not (null or PyNone or string)) throw Raise.Type($"{name} arg must be None or str");
        var set = given as string;
        var inSet = set is null ? null : set.EnumerateRunes().Select(rune => rune.Value).ToHashSet();
        int start = 0, end = text.Length;
        while (left && start < end && IsStripped(text, start, inSet, out var width)) start += width;
        while (right && end > start && IsStripped(text, end > start + 1 && char.IsLowSurrogate(text[end - 1]) ? end - 2 : end - 1, inSet, out var width)) end -= width;
        return text[start..end];
    }

    private static bool IsStripped(string text, int at, HashSet<int>? set, out int width)
    {
        width = char.IsHighSurrogate(text[at]) ? 2 : 1;
        return set is null ? width == 1 && StrTests.IsSpace(text[at]) : set.Contains(char.ConvertToUtf32(text, at));
    }

    private static object Join(Machine machine, object self, Args args)
    {
        var items = Iterating.Collect(machine, args.One("str.join") is var source && source is PyList or PyTuple or LazyList or string or PyDict or PySet or PyIterator or PyRange or PyDictView or PyDeque or PyInstance ? source : throw Raise.Type("can only join an iterable"));
        long length = (long)((string)self).Length * Math.Max(0, items.Count - 1);
        for (var index = 0; index < items.Count; index++) length += (items[index] as string ?? throw Raise.Type($"sequence item {index}: expected str instance, {Types.NameOf(items[index])} found")).Length;
        if (length > 1_000_000_000) machine.Charge(long.MaxValue / 4);
        machine.ChargeText(length);
        machine.Tick(length / 64);
        return string.Join((string)self, items.Cast<string>());
    }

    private static object Replace(Machine machine, object self, Args args)
    {
        var given = args.Between("replace", 2, 3);
        var (text, old, by) = ((string)self, Text(given[0]!, "replace() argument 1"), Text(given[1]!, "replace() argument 2"));
        var limit = given[2] is { } count ? Indexes.Of(count) : -1;
        if (limit < 0) limit = long.MaxValue;
        if (limit == 0) return text;
        var places = new List<int>();
        for (var at = 0; places.Count < limit && at <= text.Length;)
        {
            var found = text.IndexOf(old, at, StringComparison.Ordinal);
            if (found < 0) break;
            places.Add(found);
            machine.Tick();
            at = found + Math.Max(1, old.Length);
            if (old.Length == 0 && found < text.Length && char.IsHighSurrogate(text[found])) at++;
        }
        if (places.Count == 0) return text;
        var length = text.Length + (long)places.Count * ((long)by.Length - old.Length);
        if (length > 1_000_000_000) machine.Charge(long.MaxValue / 4);
        machine.ChargeText(length);
        var made = new StringBuilder((int)length);
        var last = 0;
        foreach (var place in places)
        {
            made.Append(text, last, place - last).Append(by);
            last = place + old.Length;
        }
        return made.Append(text, last, text.Length - last).ToString();
    }

    private static string Justify(Machine machine, string text, Args args, string side)
    {
        var given = args.Between(side, 1, 2);
        var fill = given[1] switch { null => " ", string one when CodePoints.Count(one) == 1 => one, string => throw Raise.Type("The fill character must be exactly one character long"), var other => throw Raise.Type($"The fill character must be a unicode character, not {Types.NameOf(other)}") };
        var missing = Indexes.Of(given[0]!) - CodePoints.Count(text);
        if (missing <= 0) return text;
        // CPython puts the odd one of center to the left when both are odd.
        var left = side == "rjust" ? missing : side == "ljust" ? 0 : missing / 2 + (missing & Indexes.Of(given[0]!) & 1);
        return Padded(machine, text, fill, left, missing - left);
    }

    public static string Padded(Machine machine, string text, string fill, long left, long right)
    {
        machine.ChargeText(text.Length + (left + right) * fill.Length);
        return string.Concat((string)Repeating.Times(machine, fill, Box.Of(left)), text, (string)Repeating.Times(machine, fill, Box.Of(right)));
    }

    private static string Zeros(Machine machine, string text, long width)
    {
        var missing = width - CodePoints.Count(text);
        if (missing <= 0) return text;
        var sign = text.Length > 0 && text[0] is '+' or '-' ? text[..1] : "";
        return sign + Padded(machine, text[sign.Length..], "0", missing, 0);
    }

    private static string Tabs(Machine machine, string text, long size)
    {
        var made = new StringBuilder();
        long column = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == '\t')
            {
                var spaces = size > 0 ? size - column % size : 0;
                machine.ChargeText(spaces);
                made.Append(' ', (int)spaces);
                column += spaces;
                continue;
            }
            made.Append(rune);
            column = rune.Value is '\n' or '\r' ? 0 : column + 1;
        }
        return made.ToString();
    }
}
