using System.Globalization;
using System.Numerics;
using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Builtins;

/// <summary>The built-in types, called.</summary>
internal static class Conversions
{
    public static object Int(Machine machine, Args args)
    {
        var given = args.Bind("int", 0, "/x", "base");
        if (given[0] is null) return given[1] is null ? Box.Of(0) : throw Raise.Type("int() missing string argument");
        if (given[1] is not null)
        {
            if (given[0] is not string digits) throw Raise.Type("int() can't convert non-string with explicit base");
            var radix = Indexes.Of(given[1]!);
            if (radix != 0 && radix is < 2 or > 36) throw Raise.Value("int() base must be >= 2 and <= 36, or 0");
            return OfText(machine, digits, (int)radix);
        }
        return given[0] switch
        {
            long or BigInteger => given[0]!,
            bool truth => Box.Of(truth ? 1L : 0L),
            double number => OfFloat(number),
            string text => OfText(machine, text, 10),
            var other => throw Raise.Type($"int() argument must be a string, a bytes-like object or a real number, not '{Types.NameOf(other!)}'"),
        };
    }

    public static object OfFloat(double number)
    {
        if (double.IsNaN(number)) throw Raise.Value("cannot convert float NaN to integer");
        if (double.IsInfinity(number)) throw Raise.Overflow("cannot convert float infinity to integer");
        return Math.Abs(number) < 9e18 ? Box.Of((long)number) : Box.Of(new BigInteger(number));
    }

    public static object Float(Machine machine, Args args)
    {
        var given = args.Between("float", 0, 1)[0];
        return given switch
        {
            null => 0.0,
            string text => OfText(machine, text),
            double or long or bool or BigInteger => Floats.Of(given),
            _ => throw Raise.Type($"float() argument must be a string or a real number, not '{Types.NameOf(given)}'"),
        };
    }

    public static object Bool(Machine machine, Args args) => Box.Of(args.Between("bool", 0, 1)[0] is { } value && Truth.Of(machine, value));

    public static object Str(Machine machine, Args args)
    {
        if (args.Items.Length > 1) throw Refuse.Here(Refusals.Codec);
        if (args.Items.Length == 0) return "";
        var text = Writing.Str(machine, args.Bind("str", 0, "object")[0]!);
        machine.ChargeText(text.Length);
        return text;
    }

    public static object List(Machine machine, Args args) => args.Between("list", 0, 1)[0] is { } source ? new PyList(Iterating.Collect(machine, source)) : new PyList();

    public static object Tuple(Machine machine, Args args) => args.Between("tuple", 0, 1)[0] switch { null => PyTuple.Empty, PyTuple { Type: null } tuple => tuple, var source => new PyTuple([.. Iterating.Collect(machine, source)]) };

    public static object Dict(Machine machine, Args args)
    {
        if (args.Count > 1) throw Raise.Type($"dict expected at most 1 argument, got {args.Count}");
        var made = new PyDict();
        if (args.Count == 1) DictMethods.Update(machine, made, args[0]);
        foreach (var (name, value) in args.Named) made.Set(machine, name, value);
        return made;
    }

    public static object Set(Machine machine, Args args, bool frozen)
    {
        var source = args.Between(frozen ? "frozenset" : "set", 0, 1)[0];
        if (frozen && source is PySet { Frozen: true }) return source;
        var made = new PySet(frozen);
        if (source is not null) SetOps.Update(machine, made, source);
        return made;
    }

    public static object Range(Machine machine, Args args)
    {
        var given = args.Between("range", 1, 3);
        var start = given[1] is null ? 0 : Bound(given[0]!);
        var stop = Bound(given[1] ?? given[0]!);
        var step = given[2] is null ? 1 : Bound(given[2]!);
        if (step == 0) throw Raise.Value("range() arg 3 must not be zero");
        return new PyRange(start, stop, step);
    }

    public static object Slice(Machine machine, Args args)
    {
        var given = args.Between("slice", 1, 3);
        return given[1] is null ? new PySlice(PyNone.Value, given[0]!, PyNone.Value) : new PySlice(given[0]!, given[1]!, given[2] ?? PyNone.Value);
    }

    private static long Bound(object value) => value is BigInteger ? throw Refuse.Here(Refusals.LargeInt, "range beyond 64 bits") : Indexes.Of(value);

    private static object OfText(Machine machine, string text, int radix)
    {
        var digits = Trim(text);
        var negative = digits.StartsWith('-');
        if (digits.Length > 0 && digits[0] is '+' or '-' && digits.Length > 0) digits = digits[1..];
        var marked = digits.Length > 1 && digits[0] == '0' ? char.ToLowerInvariant(digits[1]) switch { 'x' => 16, 'o' => 8, 'b' => 2, _ => 0 } : 0;
        var plain = digits;
        if (marked != 0 && (radix == 0 || radix == marked))
        {
            plain = digits[2..];
            if (plain.StartsWith('_')) plain = plain[1..];
            radix = marked;
        }
        else if (radix == 0)
        {
            radix = 10;
            if (digits.Length > 1 && digits[0] == '0' && digits.Any(digit => digit is not ('0' or '_'))) plain = "";
        }
        var shown = radix;
        if (plain.Length == 0 || plain[0] == '_' || plain[^1] == '_' || plain.Contains("__", StringComparison.Ordinal)) throw Bad(text, shown, marked);
        plain = Ascii(plain.Replace("_", "", StringComparison.Ordinal));
        foreach (var digit in plain)
            if (Numerals.Digit(digit) >= radix) throw Bad(text, shown, marked);
        if (plain.Length > Numerals.MaxDigits && !BitOperations.IsPow2(radix)) throw Raise.Value($"Exceeds the limit ({Numerals.MaxDigits} digits) for integer string conversion: value has {plain.Length} digits; use sys.set_int_max_str_digits() to increase the limit");
        Ints.Room(machine, plain.Length * Math.Log2(radix));
        machine.Tick(plain.Length / 8);
        var value = Numerals.Parse(plain, radix);
        return negative ? Arith.Negative(machine, value) : value;
    }

    private static PyRaise Bad(string text, int radix, int marked)
    {
        _ = marked;
        return Raise.Value($"invalid literal for int() with base {radix}: {Writing.Quoted(text)}");
    }

    // Digits of other scripts count as digits.
    private static string Ascii(string text) => System.Text.Ascii.IsValid(text) ? text : string.Concat(text.Select(unit => char.IsDigit(unit) ? (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(unit)) : unit));

    private static string Trim(string text)
    {
        int start = 0, end = text.Length;
        while (start < end && StrTests.IsSpace(text[start])) start++;
        while (end > start && StrTests.IsSpace(text[end - 1])) end--;
        return text[start..end];
    }

    private static object OfText(Machine machine, string text)
    {
        machine.Tick(text.Length / 8);
        var plain = Ascii(Trim(text));
        var body = plain.TrimStart('+', '-').ToLowerInvariant();
        if (plain.Length - body.Length > 1) throw NotFloat(text);
        var negative = plain.StartsWith('-');
        switch (body)
        {
            case "inf" or "infinity":
                return negative ? double.NegativeInfinity : double.PositiveInfinity;
            case "nan":
                return double.NaN;
        }
        for (var at = 0; at < body.Length; at++)
        {
            if (body[at] == '_' && (at == 0 || at + 1 == body.Length || !char.IsAsciiDigit(body[at - 1]) || !char.IsAsciiDigit(body[at + 1]))) throw NotFloat(text);
            if (!(char.IsAsciiDigit(body[at]) || body[at] is '.' or 'e' or '+' or '-' or '_')) throw NotFloat(text);
        }
        if (!body.Any(char.IsAsciiDigit) || !double.TryParse(body.Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value)) throw NotFloat(text);
        return negative ? -value : value;
    }

    private static PyRaise NotFloat(string text) => Raise.Value($"could not convert string to float: {Writing.Quoted(text)}");
}
