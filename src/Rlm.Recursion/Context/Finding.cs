using System.Text.Json;

namespace Rlm.Recursion.Context;

/// <summary>One thing found.</summary>
/// <param name="Unit">Handle of the unit that it is about.</param>
/// <param name="Symbol">The unit's symbol path, when it is one.</param>
/// <param name="Value">What was found of it, of the schema's shape where there is one; for evidence its score.</param>
/// <param name="Text">The same for people, or the evidence itself.</param>
/// <param name="Citations">What it rests on.</param>
public sealed record Finding(string Unit, string? Symbol, JsonElement Value, string Text, IReadOnlyList<Citation> Citations)
{
    /// <summary>Handle of the second unit, where the finding is about a pair.</summary>
    public string? With { get; init; }

    /// <summary>Its symbol path, when it is one.</summary>
    public string? WithSymbol { get; init; }

    /// <summary>For people: the symbol, or the handle where it is none; of a pair both.</summary>
    internal string Name => With is null ? Symbol ?? Unit : $"{Symbol ?? Unit} ~ {WithSymbol ?? With}";

    /// <summary>Every citation is false, also after it was asked again: not part of the answer.</summary>
    public bool IsUnsupported { get; init; }
}
