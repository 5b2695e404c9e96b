using System.Numerics;
using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Modules;

/// <summary><c>math</c>. Functions of the C library are those of this machine, which are CPython's as well.</summary>
internal static class MathModule
{
    public static PyModule Make()
    {
        var members = new Dictionary<string, object> { ["pi"] = Math.PI, ["e"] = Math.E, ["tau"] = Math.Tau, ["inf"] = double.PositiveInfinity, ["nan"] = double.NaN };
        foreach (var (name, function) in Plain) members[name] = new PyNative(name, (_, args) => Real(function, Floats.Of(args.One("math." + name))));
        foreach (var (name, body) in Others) members[name] = new PyNative(name, body);
        foreach (var (name, body) in WholeMath.All) members[name] = new PyNative(name, body);
        return new PyModule("math", members);
    }

    private static readonly Dictionary<string, Func<double, double>> Plain = new()
    {
        ["sin"] = Math.Sin, ["cos"] = Math.Cos, ["tan"] = Math.Tan, ["asin"] = Math.Asin, ["acos"] = Math.Acos, ["atan"] = Math.Atan, ["sinh"] = Math.Sinh, ["cosh"] = Math.Cosh, ["tanh"] = Math.Tanh,
        ["asinh"] = Math.Asinh, ["acosh"] = Math.Acosh, ["atanh"] = Math.Atanh, ["exp"] = Math.Exp, ["sqrt"] = Math.Sqrt, ["cbrt"] = Math.Cbrt, ["fabs"] = Math.Abs, ["degrees"] = value => value * (180 / Math.PI), ["radians"] = value => value * (Math.PI / 180),
    };

    private static readonly Dictionary<string, Native> Others = new()
    {
        ["log"] = Log,
        ["log2"] = (_, args) => LogOf(args.One("math.log2"), Math.Log2),
        ["log10"] = (_, args) => LogOf(args.One("math.log10"), Math.Log10),
        ["log1p"] = (_, args) => Floats.Of(args.One("math.log1p")) is > -1 and var value ? (value == 0 ? value : Math.Abs(value) < 1e-5 ? throw Refuse.Here(Refusals.Option, "log1p near 0") : Math.Log(1 + value)) : throw Raise.Value("math domain error"),
        ["pow"] = Pow,
        ["atan2"] = (_, args) => args.Between("atan2", 2, 2) is [{ } y, { } x] ? Math.Atan2(Floats.Of(y), Floats.Of(x)) : 0.0,
        ["fmod"] = (_, args) => args.Between("fmod", 2, 2) is [{ } x, { } y] && Floats.Of(y) != 0 && double.IsFinite(Floats.Of(x)) ? Floats.Of(x) % Floats.Of(y) : throw Raise.Value("math domain error"),
        ["hypot"] = (_, args) => args.Count == 2 ? double.Hypot(Floats.Of(args[0]), Floats.Of(args[1])) : throw Refuse.Here(Refusals.Option, "hypot with other than two arguments"),
        ["copysign"] = (_, args) => args.Between("copysign", 2, 2) is [{ } x, { } y] ? Math.CopySign(Floats.Of(x), Floats.Of(y)) : 0.0,
        ["isnan"] = (_, args) => Box.Of(double.IsNaN(Floats.Of(args.One("math.isnan")))),
        ["isinf"] = (_, args) => Box.Of(double.IsInfinity(Floats.Of(args.One("math.isinf")))),
        ["isfinite"] = (_, args) => Box.Of(double.IsFinite(Floats.Of(args.One("math.isfinite")))),
        ["isclose"] = IsClose,
        ["modf"] = (_, args) => Floats.Of(args.One("math.modf")) is var value && double.IsInfinity(value) ? PyTuple.Of(Math.CopySign(0.0, value), value) : PyTuple.Of(Math.CopySign(value - Math.Truncate(value), value), Math.CopySign(Math.Truncate(value), value)),
        ["frexp"] = (_, args) => Frexp(Floats.Of(args.One("math.frexp"))),
        ["ldexp"] = (_, args) => args.Between("ldexp", 2, 2) is [{ } x, { } i] ? Math.ScaleB(Floats.Of(x), (int)Math.Clamp(Indexes.Of(i), -100_000, 100_000)) is var value && double.IsInfinity(value) && !double.IsInfinity(Floats.Of(x)) ? throw Raise.Overflow("math range error") : value : 0.0,
        ["fsum"] = (_, _) => throw Refuse.Here(Refusals.Method, "math.fsum"),
        ["dist"] = (_, _) => throw Refuse.Here(Refusals.Method, "math.dist"),
    };

    private static object Real(Func<double, double> function, double value)
    {
        var result = function(value);
        if (double.IsNaN(result) && !double.IsNaN(value)) throw Raise.Value("math domain error");
        if (double.IsInfinity(result) && double.IsFinite(value)) throw function == Math.Atanh ? Raise.Value("math domain error") : Raise.Overflow("math range error");
        return result;
    }

    private static object Log(Machine machine, Args args)
    {
        var given = args.Between("log", 1, 2);
        var value = LogOf(given[0]!, Math.Log);
        if (given[1] is null) return value;
        var divisor = LogOf(given[1]!, Math.Log);
        return divisor == 0 ? throw Raise.ZeroDivision("float division by zero") : value / divisor;
    }

    private static double LogOf(object value, Func<double, double> function)
    {
        if (value is BigInteger { Sign: > 0 } big && double.IsInfinity(Ints.Rounded(big, false, 0)))
        {
            // CPython's loghelper: what is too large for a float goes as fraction and exponent.
            var bits = (int)big.GetBitLength();
            return function(Ints.Rounded(big, false, -bits)) + function(2.0) * bits;
        }
        if (value is BigInteger { Sign: < 0 }) throw Raise.Value("math domain error");
        var number = Floats.Of(value);
        return number > 0 || double.IsNaN(number) ? function(number) : throw Raise.Value("math domain error");
    }

    private static object Pow(Machine machine, Args args)
    {
        var given = args.Between("pow", 2, 2);
        var (a, b) = (Floats.Of(given[0]!), Floats.Of(given[1]!));
        var result = Math.Pow(a, b);
        if (double.IsNaN(result) && !double.IsNaN(a) && !double.IsNaN(b)) throw Raise.Value("math domain error");
        if (double.IsInfinity(result) && double.IsFinite(a) && double.IsFinite(b)) throw a == 0 ? Raise.Value("math domain error") : Raise.Overflow("math range error");
        return result;
    }

    private static object IsClose(Machine machine, Args args)
    {
        var given = args.Bind("isclose", 2, "a", "b", "*rel_tol", "*abs_tol");
        var (a, b) = (Floats.Of(given[0]!), Floats.Of(given[1]!));
        var (relative, absolute) = (given[2] is null ? 1e-9 : Floats.Of(given[2]!), given[3] is null ? 0 : Floats.Of(given[3]!));
        if (relative < 0 || absolute < 0) throw Raise.Value("tolerances must be non-negative");
        if (a == b) return Box.True;
        if (double.IsInfinity(a) || double.IsInfinity(b)) return Box.False;
        var difference = Math.Abs(b - a);
        return Box.Of(difference <= Math.Abs(relative * b) || difference <= Math.Abs(relative * a) || difference <= absolute);
    }

    private static PyTuple Frexp(double value)
    {
        if (value == 0 || !double.IsFinite(value)) return PyTuple.Of(value, Box.Of(0));
        var exponent = Math.ILogB(value) + 1;
        return PyTuple.Of(Math.ScaleB(value, -exponent), Box.Of(exponent));
    }
}
