using System.Text.RegularExpressions;

namespace Rlm.Context.Traces;

/// <summary>Turns the names of frames into names as they stand in sources: what compilers made of methods is undone.</summary>
internal static partial class FrameSymbol
{
    private const int Budget = 100;

    /// <summary>The name in dots, without type arguments; null when nothing is left that could be declared.</summary>
    public static string? Of(string name)
    {
        name = name.Trim();
        if (name is "<module>" or "<anonymous>" or "<lambda>" or "<listcomp>" or "<dictcomp>" or "eval") return null;
        // Go: example.com/app/pkg.(*Server).Run
        name = name[(name.LastIndexOf('/') + 1)..].Replace("(*", "", StringComparison.Ordinal).Replace("(", "", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal);
        // <Method>d__5.MoveNext, <>c.<Method>b__0_0, <Method>g__Local|0_0
        name = LocalFunction().Replace(name, "$1");
        name = StateMachine().Replace(name, "$1");
        name = Closure().Replace(name, "");
        name = Lambda().Replace(name, "$1");
        name = TypeArguments().Replace(name, "");
        name = name.Replace('+', '.').Replace('$', '.').Replace("::", ".", StringComparison.Ordinal);
        if (name.EndsWith("..ctor", StringComparison.Ordinal) || name.EndsWith(".<init>", StringComparison.Ordinal)) name = Constructor(name);
        if (name.EndsWith("..cctor", StringComparison.Ordinal)) name = name[..^"..cctor".Length];
        return Parts().IsMatch(name) ? name : null;
    }

    private static string Constructor(string name)
    {
        var type = name[..name.LastIndexOf('.')].TrimEnd('.');
        return $"{type}.{type[(type.LastIndexOf('.') + 1)..]}";
    }

    [GeneratedRegex(@"<(\w+)>g__\w+\|[0-9_]+", RegexOptions.None, Budget)]
    private static partial Regex LocalFunction();

    [GeneratedRegex(@"<(\w+)>d__[0-9]+(?:`[0-9]+)?(?:\[[^\]]*\])?\.MoveNext", RegexOptions.None, Budget)]
    private static partial Regex StateMachine();

    [GeneratedRegex(@"(?<=[.+])<>c(?:__DisplayClass[0-9_]+)?(?:`[0-9]+)?(?:\[[^\]]*\])?[.+]", RegexOptions.None, Budget)]
    private static partial Regex Closure();

    [GeneratedRegex(@"<(\w+)>b__[0-9_]+", RegexOptions.None, Budget)]
    private static partial Regex Lambda();

    [GeneratedRegex(@"`[0-9]+|\[[^\]]*\]", RegexOptions.None, Budget)]
    private static partial Regex TypeArguments();

    [GeneratedRegex(@"^[\w]+(?:\.[\w]+)*$", RegexOptions.None, Budget)]
    private static partial Regex Parts();
}
