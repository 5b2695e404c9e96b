using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Modules;

/// <summary><c>re</c>, on a machine of our own that takes time linear in the text: .NET's engine without backtracking misses matches (<c>a?\sa</c> in <c>abc aab 12 a1</c>, .NET 10.0.12).</summary>
internal static class ReModule
{
    private static readonly (string Short, string Long, RegexFlags Flag)[] Flags =
    [
        ("I", "IGNORECASE", RegexFlags.IgnoreCase), ("M", "MULTILINE", RegexFlags.MultiLine), ("S", "DOTALL", RegexFlags.DotAll), ("X", "VERBOSE", RegexFlags.Verbose), ("A", "ASCII", RegexFlags.Ascii), ("U", "UNICODE", RegexFlags.Unicode), ("L", "LOCALE", RegexFlags.Locale),
    ];

    public static PyModule Make()
    {
        var members = new Dictionary<string, object> { ["error"] = ExceptionTypes.ByName["re.error"], ["Pattern"] = Types.Pattern, ["Match"] = Types.Match, ["escape"] = new PyNative("escape", (_, args) => Escape(StrMethods.Text(args.One("escape"), "pattern"))) };
        foreach (var (name, other, flag) in Flags) members[name] = members[other] = Box.Of((long)flag);
        members["compile"] = new PyNative("compile", (machine, args) => Compiled(machine, args.Bind("compile", 1, "pattern", "flags") is var given ? given[0]! : "", given[1]));
        members["purge"] = new PyNative("purge", (_, _) => PyNone.Value);
        foreach (var name in RegexFunctions.OfPattern.Keys) members[name] = new PyNative(name, (machine, args) => Call(machine, name, args));
        return new PyModule("re", members);
    }

    // re.sub(pattern, repl, string, count, flags) and its like: the pattern first, the flags last.
    private static object Call(Machine machine, string name, Args args)
    {
        var given = name switch
        {
            "sub" or "subn" => args.Bind(name, 3, "pattern", "repl", "string", "count", "flags"),
            "split" => args.Bind(name, 2, "pattern", "string", "maxsplit", "flags"),
            _ => args.Bind(name, 2, "pattern", "string", "flags"),
        };
        var pattern = Compiled(machine, given[0]!, given[^1]);
        return RegexFunctions.OfPattern[name](machine, pattern, new Args([.. given[1..^1].TakeWhile(value => value is not null).Select(value => value!)]));
    }

    private static PyPattern Compiled(Machine machine, object pattern, object? flags)
    {
        var given = flags is null ? 0 : (RegexFlags)Indexes.Of(flags);
        if (pattern is PyPattern known) return given == 0 ? known : throw Raise.Value("cannot process flags argument with a compiled pattern");
        return PyPattern.Of(machine, pattern as string ?? throw Raise.Type("first argument must be string or compiled pattern"), given);
    }

    private static string Escape(string text)
    {
        var made = new System.Text.StringBuilder();
        foreach (var unit in text)
        {
            if ("()[]{}?*+-|^$\\.&~# \t\n\r\v\f".Contains(unit, StringComparison.Ordinal)) made.Append('\\');
            made.Append(unit);
        }
        return made.ToString();
    }
}
