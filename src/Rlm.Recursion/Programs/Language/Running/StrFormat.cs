using System.Text;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Running;

/// <summary><c>str.format</c>.</summary>
internal static class StrFormat
{
    public static string Format(Machine machine, string format, Args args)
    {
        var next = 0;
        var text = Run(machine, format, args, ref next, 2);
        machine.ChargeText(text.Length);
        return text;
    }

    // next is the number of the next automatic field; -1 once numbers were given by hand.
    private static string Run(Machine machine, string format, Args args, ref int next, int depth)
    {
        if (depth < 0) throw Raise.Value("Max string recursion exceeded");
        var made = new StringBuilder();
        for (var at = 0; at < format.Length; at++)
        {
            if (format[at] is not ('{' or '}'))
            {
                made.Append(format[at]);
                continue;
            }
            if (at + 1 < format.Length && format[at + 1] == format[at])
            {
                made.Append(format[at++]);
                continue;
            }
            if (format[at] == '}') throw Raise.Value("Single '}' encountered in format string");
            var end = End(format, at + 1);
            made.Append(Field(machine, format[(at + 1)..end], args, ref next, depth));
            at = end;
        }
        return made.ToString();
    }

    private static int End(string format, int start)
    {
        var open = 1;
        for (var at = start; at < format.Length; at++)
        {
            if (format[at] == '{') open++;
            else if (format[at] == '}' && --open == 0) return at;
        }
        throw Raise.Value(start >= format.Length ? "Single '{' encountered in format string" : "expected '}' before end of string");
    }

    private static string Field(Machine machine, string field, Args args, ref int next, int depth)
    {
        var nameEnd = NameEnd(field);
        var name = field[..nameEnd];
        var conversion = '\0';
        if (nameEnd < field.Length && field[nameEnd] == '!')
        {
            if (nameEnd + 1 >= field.Length) throw Raise.Value("end of string while looking for conversion specifier");
            conversion = field[nameEnd + 1];
            nameEnd += 2;
            if (nameEnd < field.Length && field[nameEnd] != ':') throw Raise.Value("expected ':' after conversion specifier");
        }
        var value = Value(machine, name, args, ref next);
        var spec = nameEnd < field.Length ? Run(machine, field[(nameEnd + 1)..], args, ref next, depth - 1) : "";
        value = conversion switch { '\0' => value, 'r' => Writing.Repr(machine, value), 's' => Writing.Str(machine, value), 'a' => Writing.Ascii(machine, value), _ => throw Raise.Value($"Unknown conversion specifier {conversion}") };
        return Formatting.Format(machine, value, spec);
    }

    private static int NameEnd(string field)
    {
        var inBrackets = false;
        for (var at = 0; at < field.Length; at++)
        {
            if (field[at] == '[') inBrackets = true;
            else if (field[at] == ']') inBrackets = false;
            else if (!inBrackets && field[at] is '!' or ':' && !inBrackets) return at;
        }
        return field.Length;
    }

    private static object Value(Machine machine, string name, Args args, ref int next)
    {
        var at = name.AsSpan().IndexOfAny('.', '[');
        var first = at < 0 ? name : name[..at];
        var value = First(first, args, ref next);
        while (at >= 0 && at < name.Length)
        {
            if (name[at] == '.')
            {
                var end = name.AsSpan(at + 1).IndexOfAny('.', '[');
                end = end < 0 ? name.Length : at + 1 + end;
                if (end == at + 1) throw Raise.Value("Empty attribute in format string");
                value = Attributes.Get(machine, value, name[(at + 1)..end]);
                at = end;
                continue;
            }
            var close = name.IndexOf(']', at);
            if (name[at] != '[' || close < 0) throw Raise.Value(close < 0 ? "Missing ']' in format string" : "Only '.' or '[' may follow ']' in format field specifier");
            var key = name[(at + 1)..close];
            if (key.Length == 0) throw Raise.Value("Empty attribute in format string");
            value = Subscripts.Get(machine, value, key.All(char.IsAsciiDigit) ? Numerals.Parse(key, 10) : key);
            at = close + 1;
        }
        return value;
    }

    private static object First(string name, Args args, ref int next)
    {
        if (name.Length == 0)
        {
            if (next < 0) throw Raise.Value("cannot switch from manual field specification to automatic field numbering");
            return next < args.Count ? args[next++] : throw Raise.Index($"Replacement index {next} out of range for positional args tuple");
        }
        if (name.All(char.IsAsciiDigit))
        {
            if (next > 0) throw Raise.Value("cannot switch from automatic field numbering to manual field specification");
            next = -1;
            var place = name.Length < 9 ? int.Parse(name, System.Globalization.CultureInfo.InvariantCulture) : int.MaxValue;
            return place < args.Count ? args[place] : throw Raise.Index($"Replacement index {place} out of range for positional args tuple");
        }
        foreach (var (known, value) in args.Named)
            if (known == name) return value;
        throw Raise.Key(name);
    }
}
