namespace Rlm.Context.Relations;

/// <summary>A place where a name stands in a text.</summary>
/// <param name="Name">The name, as it was looked for.</param>
/// <param name="Offset">UTF-16 offset from 0 in the decoded text.</param>
/// <param name="Kind">One of <see cref="SiteKinds"/>.</param>
/// <param name="Certainty">How sure it is. Whoever binds uses gives the same ones back with another certainty, or leaves out what proves to be something else.</param>
internal readonly record struct NameUse(string Name, int Offset, string Kind, Certainty Certainty)
{
    /// <summary>True for a write that reads the old value too (<c>+=</c>, <c>++</c>, <c>ref</c>).</summary>
    public bool AlsoReads { get; init; }
}
