namespace Rlm.Recursion.Programs.Language.Values;

/// <summary>A host module; its members cannot be changed.</summary>
internal sealed class PyModule(string name, IReadOnlyDictionary<string, object> members)
{
    public string Name { get; } = name;

    public IReadOnlyDictionary<string, object> Members { get; } = members;
}
