using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Modules;

internal static class SmallModules
{
    public static PyModule Operator() => new("operator", new Dictionary<string, object>());
    public static PyModule String() => new("string", new Dictionary<string, object>());
    public static PyModule TextWrap() => new("textwrap", new Dictionary<string, object>());
    public static PyModule DataClasses() => new("dataclasses", new Dictionary<string, object>());
    public static PyModule Typing() => new("typing", new Dictionary<string, object>());
}
