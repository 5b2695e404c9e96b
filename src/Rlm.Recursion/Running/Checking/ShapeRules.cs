using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rlm.Recursion.Running.Checking;

/// <summary>One schema object, read. What is null is not asked for.</summary>
internal sealed record ShapeRules
{
    /// <summary>The schema <c>false</c>: nothing fits.</summary>
    public bool IsNever { get; init; }

    public IReadOnlyList<string>? Types { get; init; }

    public IReadOnlyList<JsonElement>? OneOfValues { get; init; }

    public IReadOnlyList<string> Required { get; init; } = [];

    public IReadOnlyDictionary<string, ShapeRules> Properties { get; init; } = new Dictionary<string, ShapeRules>();

    public ShapeRules? OtherProperties { get; init; }

    public ShapeRules? Items { get; init; }

    public bool HasUniqueItems { get; init; }

    /// <summary>Limits by keyword, such as <c>minLength</c>.</summary>
    public IReadOnlyDictionary<string, double> Limits { get; init; } = new Dictionary<string, double>();

    public Regex? Pattern { get; init; }

    public IReadOnlyList<ShapeRules>? AnyOf { get; init; }

    public IReadOnlyList<ShapeRules>? OneOf { get; init; }

    public IReadOnlyList<ShapeRules> AllOf { get; init; } = [];

    public ShapeRules? Not { get; init; }
}
