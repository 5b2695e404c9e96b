using Rlm.Context.Files;

namespace Rlm.Context.Outlines;

/// <summary>A symbol while its provider still works on it: everything but its place in the tree and its path, which <see cref="SymbolTree"/> gives.</summary>
internal sealed class Draft(string kind, string name)
{
    private const int MaxName = 1000;

    public string Kind { get; } = kind;

    public string Name { get; } = Short(name);

    /// <summary>Name as part of a path: as <see cref="Name"/>, generic types with their arity (<c>List`1</c>).</summary>
    public string Segment { get => _segment; init => _segment = Short(value); }

    /// <summary>Type parameters of a method; shown in its path only where overloads need it.</summary>
    public int Arity { get; init; }

    /// <summary>Parameter types as written, with modifiers (<c>ref</c>, <c>out</c>) when asked; null for what cannot be overloaded.</summary>
    public Func<bool, string>? ParameterTypes { get; init; }

    public int Start { get; set; }

    public int End { get; set; }

    public int NameLine { get; init; }

    public int DocStart { get; set; }

    public string Doc { get; set; } = "";

    public string Signature { get; set; } = "";

    public bool Conditional { get; set; }

    public List<Draft> Children { get; } = [];

    public LineRange Range => new(Start, End);

    private readonly string _segment = Short(name);

    private static string Short(string name) => name.Length <= MaxName ? name : string.Concat(name.AsSpan(0, MaxName), "…");
}
