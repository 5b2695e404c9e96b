using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Modules;

/// <summary>The modules that programs may import.</summary>
internal static class HostModules
{
    /// <summary>Those that are globals without an import.</summary>
    public static readonly string[] Present = ["re", "json", "collections", "math", "itertools"];

    private static readonly Dictionary<string, PyModule> All = new[] { ReModule.Make(), JsonModule.Make(), CollectionsModule.Make(), MathModule.Make(), ItertoolsModule.Make(), FunctoolsModule.Make(), SmallModules.Operator(), SmallModules.String(), SmallModules.TextWrap(), SmallModules.DataClasses(), SmallModules.Typing() }
        .ToDictionary(module => module.Name);

    public static bool Has(string name) => All.ContainsKey(name);

    public static PyModule? Find(string name) => All.GetValueOrDefault(name);
}
