namespace Rlm.Recursion.Programs.Language.Values;

/// <summary>What <c>@dataclass</c> was asked for.</summary>
internal sealed record DataClass(bool Order, bool Frozen);
